import { parseArgs } from 'node:util';
import { type Level, runLong } from './long-run.ts';

/**
 * `npm run soak`: 30 days and nights over real sockets, some 1,700 calls each, ten incidents a day, a scrape every half
 * hour; as fast as it goes: two minutes of a processor.
 */
const { values } = parseArgs({
  options: { days: { type: 'string', default: '30' }, seed: { type: 'string', default: '1' } },
});
/** From the end of the second day on: the windows of the first are full then, a month's rates grow by little. */
const GROWTH_MB = 4;

const days = Number(values.days);
if (!Number.isSafeInteger(days) || days < 2) throw new Error('a soak takes two days at least');
const round = (value: number): number => Math.round(value * 10) / 10;
const startedMs = performance.now();
const run = await runLong({
  days,
  callsPerHour: 150,
  seed: Number(values.seed),
  incidentsADay: 10,
  onDay: ({ day }) => void process.stderr.write(`day ${day} of ${days}\n`),
});
const rounded = (level: Level): Level => ({
  ...level,
  heapMb: round(level.heapMb),
  delayP50Ms: round(level.delayP50Ms),
  delayP99Ms: round(level.delayP99Ms),
});
console.table(run.levels.map(rounded));
const [, second] = run.levels;
const last = run.levels.at(-1);
if (!second || !last) throw new Error('no day was lived');
const grownMb = last.heapMb - second.heapMb;
const handles = last.handles - second.handles;
const files = last.files - second.files;
const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value}`;
console.log(
  `${run.calls} calls, ${run.gaps} gaps, ${last.connections} connections, ${run.scrapes} scrapes ` +
    `in ${round((performance.now() - startedMs) / 1000)} s; since day 2: heap ${signed(round(grownMb))} MB ` +
    `(bound ${GROWTH_MB}), handles ${signed(handles)}, open files ${signed(files)}`,
);
for (const one of run.differences.slice(0, 20)) console.log(`wrong: ${one}`);
if (grownMb > GROWTH_MB || handles > 0 || files > 0 || run.differences.length > 0) process.exitCode = 1;
