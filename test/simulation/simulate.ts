import { parseArgs } from 'node:util';
import { liveDay } from './day.ts';
import { practiceDefinition } from './day-definition.ts';

/** `npm run simulate -- --days 1000 --calls 100 --seed 1 --faults`: as many days as wanted, one after the other. */
const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '100' },
    calls: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    faults: { type: 'boolean', default: false },
  },
});
const [days, calls, first] = [values.days, values.calls, values.seed].map(Number) as [number, number, number];
if (![days, calls, first].every(Number.isSafeInteger))
  throw new Error('--days, --calls and --seed are whole numbers');

const definition = await practiceDefinition();
const sum = { days: 0, calls: 0, events: 0, gaps: 0, unknown: 0, daysWrong: 0 };
const startedMs = performance.now();
for (let seed = first; seed < first + days; seed += 1) {
  const day = liveDay(definition, { seed, calls, faults: values.faults });
  sum.days += 1;
  sum.calls += day.calls;
  sum.events += day.events;
  sum.gaps += day.gaps;
  sum.unknown += day.unknown;
  if (day.differences.length === 0) continue;
  sum.daysWrong += 1;
  console.log(againText(seed, calls, values.faults));
  for (const one of day.differences.slice(0, 20)) console.log(`  ${one}`);
}
const seconds = (performance.now() - startedMs) / 1000;
console.log({ ...sum, seconds: Number(seconds.toFixed(1)) });
process.exitCode = sum.daysWrong > 0 ? 1 : 0;

function againText(seed: number, callsADay: number, faults: boolean): string {
  return `npm run simulate -- --days 1 --calls ${callsADay} --seed ${seed}${faults ? ' --faults' : ''}`;
}
