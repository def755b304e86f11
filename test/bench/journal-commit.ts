import { systemClock } from '../../src/lib/clock.ts';
import { numberFormSchema } from '../../src/attempts/number-settings.ts';
import { openJournal } from '../../src/store/journal.ts';
import { COMMIT_HEADS, commit, commitCells } from './journal-commits.ts';
import { factAfter, firstHours } from './journal-days.ts';
import { filledJournal, rememberGrown } from './journal-fill.ts';
import { VAULT } from './journal-folder.ts';
import { grouped, printTable } from './table.ts';

const HOURS = 10;
/** A hundred times what the company tells in its busiest hour. */
const PACED_FACTS_A_S = 2_000;
const PACED_S = 20;
/** Until what is needed of the file is in memory, as after a day. */
const WARM_UP_S = 5;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** How long a commit takes at the end of a journal of years. It grows by what is written: the calls that come next. */
export async function journalCommit(): Promise<void> {
  const filled = await filledJournal();
  const { file, keyFile, definition, untilMs, untilWeek, grown } = filled;
  const { told } = await firstHours(HOURS);
  const [warm, paced] = [WARM_UP_S * PACED_FACTS_A_S, (WARM_UP_S + PACED_S) * PACED_FACTS_A_S];
  // Whoever measures again goes on where this ends, after the last of these hours with those of the week after.
  const facts = Array.from({ length: 2 * paced }, (_, place) => {
    const [week, at] = [Math.floor((grown + place) / told.length), (grown + place) % told.length];
    return factAfter(told[at] as (typeof told)[number], week - untilWeek);
  });
  const startMs = performance.now();
  const clock = { ...systemClock, nowMs: () => untilMs + performance.now() - startMs };
  const vault = { module: VAULT, options: { keyFile, numbers: numberFormSchema.parse(undefined) } };
  const journal = await openJournal({ file, definition, clock, log: SILENT, vault });
  await commit(journal, facts.slice(0, warm), PACED_FACTS_A_S);
  const atPace = await commit(journal, facts.slice(warm, paced), PACED_FACTS_A_S);
  const flatOut = await commit(journal, facts.slice(paced), Infinity);
  await journal.stop();
  rememberGrown(filled, {
    facts: facts.length,
    calls: facts.filter(({ type }) => type === 'call-opened').length,
    untilMs: Math.max(untilMs, facts.at(-1)?.atMs ?? untilMs),
  });
  printTable(
    `journal of ${grouped(filled.calls)} calls written on, numbers sealed, every commit synced`,
    ['', 'facts/s', 'commits', ...COMMIT_HEADS],
    [
      [`at ${grouped(PACED_FACTS_A_S)} facts/s`, atPace] as const,
      ['as fast as it can be written', flatOut] as const,
    ].map(([name, { factsPerS, commitMs }]) => [
      name,
      grouped(factsPerS),
      grouped(commitMs.length),
      ...commitCells(commitMs),
    ]),
  );
}
