import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { numberFormSchema } from '../../src/attempts/number-settings.ts';
import type { Fact } from '../../src/calls/facts.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { openJournal } from '../../src/store/journal.ts';
import { COMMIT_HEADS, commit, commitCells, type Commits } from './journal-commits.ts';
import { factOf, liveWeek } from './journal-days.ts';
import { putKeyFile, removeFolder, someFolder, VAULT } from './journal-folder.ts';
import { grouped, median, megabytes, printTable } from './table.ts';

const ROUNDS = 5;
/** Two working days of the company, the second until its busiest hour. */
const HOURS = 36;
/** Some fifty times what the company tells in its busiest hour. */
const PACED_FACTS_A_S = 1_000;
const PACED_S = 10;
const BYTES = 4e9;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Kept extends Commits {
  readonly heldBytes: number;
}

/** How many facts a second the journal takes for long, how long a commit takes, and what it holds on the main thread. */
export async function journalAppend(): Promise<void> {
  const { told, definition } = await liveWeek(HOURS);
  const facts = told.map(factOf);
  const calls = facts.filter(({ type }) => type === 'call-closed').length;
  const runs = { flatOut: [] as Kept[], paced: [] as Kept[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.flatOut.push(await keep(definition, facts, Infinity));
    runs.paced.push(await keep(definition, facts.slice(0, PACED_FACTS_A_S * PACED_S), PACED_FACTS_A_S));
  }
  printTable(
    `journal written: ${grouped(facts.length)} facts of ${grouped(calls)} simulated calls, numbers sealed, every commit synced; medians of ${ROUNDS}`,
    ['', 'facts/s', ...COMMIT_HEADS, 'held on the main thread MB'],
    [
      rowOf('as fast as it can be written', runs.flatOut),
      rowOf(`at ${grouped(PACED_FACTS_A_S)} facts/s`, runs.paced),
    ],
  );
}

/** Every commit of all rounds is looked at: of one round the 99th of a hundred would be its longest. */
function rowOf(name: string, kept: readonly Kept[]): string[] {
  return [
    name,
    grouped(median(kept.map(({ factsPerS }) => factsPerS))),
    ...commitCells(kept.flatMap(({ commitMs }) => commitMs)),
    megabytes(median(kept.map(({ heldBytes }) => heldBytes))),
  ];
}

async function keep(definition: WatchDefinition, facts: readonly Fact[], factsPerS: number): Promise<Kept> {
  const folder = someFolder(BYTES);
  const vault = {
    module: VAULT,
    options: { keyFile: putKeyFile(folder), numbers: numberFormSchema.parse(undefined) },
  };
  const usedBefore = usedBytes();
  const file = join(folder, 'journal.db');
  const journal = await openJournal({ file, definition, clock: systemClock, log: SILENT, vault });
  let heldBytes = 0;
  const committed = await commit(journal, facts, factsPerS, () => (heldBytes = usedBytes() - usedBefore));
  await journal.stop();
  removeFolder(folder);
  return { ...committed, heldBytes };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Of this thread alone. */
function usedBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
