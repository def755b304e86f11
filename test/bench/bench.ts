import { loopDelay } from './delay.ts';
import { growth } from './growth.ts';
import { journalAppend } from './journal-append.ts';
import { journalCommit } from './journal-commit.ts';
import { journalDelay } from './journal-delay.ts';
import { journalReads } from './journal-reads.ts';
import { memoryOfCalls, memoryOverTime } from './memory.ts';
import { scrape } from './scrape.ts';
import { speed } from './speed.ts';
import { readyAfterStart, resync } from './start.ts';

/** `npm run bench -- NAME …`: the measures by name; where none is named, all but those that fill a journal first, for a quarter of an hour. */
const MEASURES: Readonly<Record<string, () => Promise<void>>> = {
  speed: () => speed('filtered'),
  'speed-every-class': () => speed('every-class'),
  growth,
  delay: loopDelay,
  scrape,
  memory: memoryOfCalls,
  ready: readyAfterStart,
  resync,
  flat: memoryOverTime,
  'journal-append': journalAppend,
};
/** Of one journal of `RINGSIDE_BENCH_CALLS` calls, 10 million where nothing is said. */
const FILLED: typeof MEASURES = {
  'journal-reads': journalReads,
  'journal-commit': journalCommit,
  'journal-delay': journalDelay,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in MEASURES || name in FILLED));
if (unknown.length > 0) {
  process.stderr.write(
    `unknown: ${unknown.join(', ')}; there are ${Object.keys({ ...MEASURES, ...FILLED }).join(', ')}\n`,
  );
  process.exitCode = 2;
} else {
  for (const [name, measure] of Object.entries(asked.length === 0 ? MEASURES : { ...MEASURES, ...FILLED })) {
    if (asked.length === 0 || asked.includes(name)) await measure();
  }
}
