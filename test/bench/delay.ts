import { ReaderProcess } from './reader-process.ts';
import { pouredOf, pourTo } from './speed.ts';
import { grouped, median, printTable, printVerdict, tenths } from './table.ts';

const ROUNDS = 5;
const MOST_P99_MS = 20;
/** So many seconds at half the rate. */
const LONG_S = 5;

/** How late the event loop is when the stream comes at half the rate at which it could be read at most. */
export async function loopDelay(): Promise<void> {
  const reader = new ReaderProcess();
  const whole = pouredOf('filtered');
  // What is written is read in one go, so the first rounds show the top rate.
  const topMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    topMs.push((await pourTo(reader, 'ringside', whole)).wallMs);
  const bytesPerS = (whole.bytes * 1_000) / median(topMs.slice(1)) / 2;
  const eventsPerS = (whole.stream.events * 1_000) / median(topMs.slice(1)) / 2;
  const half = pouredOf('filtered', Math.round(eventsPerS * LONG_S));
  const p99: number[] = [];
  const max: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { delayP99Ms, delayMaxMs } = await pourTo(reader, 'ringside', half, bytesPerS);
    p99.push(delayP99Ms);
    max.push(delayMaxMs);
  }
  await reader.end();
  printTable(
    `event-loop delay at half the top rate (${grouped(eventsPerS)} events/s), a Report 4 times and a page once a second, ms`,
    ['', 'p99', 'longest'],
    [['median of 5', tenths(median(p99)), tenths(median(max))]],
  );
  printVerdict('p99 under 20 ms', median(p99) < MOST_P99_MS);
}
