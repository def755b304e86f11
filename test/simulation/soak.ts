import { parseArgs } from 'node:util';
import { practiceDefinition } from './day-definition.ts';
import { runLong } from './long-run.ts';

/** `npm run soak`: 30 days and nights, some 1,700 calls each, ten incidents a day; as fast as it goes. */
const { values } = parseArgs({
  options: { days: { type: 'string', default: '30' }, seed: { type: 'string', default: '1' } },
});
/** From the end of the second day on: the windows of the first are full then, a month's rates grow by little. */
const GROWTH_MB = 4;

const startedMs = performance.now();
const run = await runLong({
  definition: await practiceDefinition(),
  days: Number(values.days),
  callsPerHour: 150,
  seed: Number(values.seed),
  incidentsADay: 10,
});
const round = (value: number): number => Math.round(value * 10) / 10;
console.table(
  run.levels.map((level) => ({
    ...level,
    heapMb: round(level.heapMb),
    delayP50Ms: round(level.delayP50Ms),
    delayP99Ms: round(level.delayP99Ms),
  })),
);
const [, second] = run.levels;
const last = run.levels.at(-1);
if (!second || !last) throw new Error('a soak takes two days at least');
const grownMb = last.heapMb - second.heapMb;
const handles = last.handles - second.handles;
console.log(
  `${run.calls} calls, ${last.events} events, ${run.gaps} gaps in ${round((performance.now() - startedMs) / 1000)} s; ` +
    `heap ${round(grownMb)} MB over day 2 (bound ${GROWTH_MB}), handles ${handles >= 0 ? '+' : ''}${handles}`,
);
for (const one of run.differences.slice(0, 20)) console.log(`wrong: ${one}`);
if (grownMb > GROWTH_MB || handles > 0 || run.differences.length > 0) process.exitCode = 1;
