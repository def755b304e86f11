import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { numberFormSchema } from '../../src/attempts/number-settings.ts';
import type { Fact } from '../../src/calls/facts.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { type Journal, openJournal } from '../../src/store/journal.ts';
import { factOf, liveWeek } from './journal-days.ts';
import { putKeyFile, removeFolder, someFolder } from './journal-folder.ts';
import { grouped, median, megabytes, printTable, tenths } from './table.ts';

const ROUNDS = 5;
/** Two working days of the company, the second until its busiest hour. */
const HOURS = 36;
const FACTS_AT_ONCE = 250;
/** The writer always has its next batch waiting, and no more than some. */
const MOST_PENDING = 8_000;
/** Some fifty times what the company tells in its busiest hour. */
const PACED_FACTS_A_S = 1_000;
const PACED_S = 10;
const LOOK_EVERY_MS = 1;
const BYTES = 4e9;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const VAULT = new URL('../../src/store/number-vault.ts', import.meta.url).href;

interface Kept {
  readonly factsPerS: number;
  readonly commitMs: readonly number[];
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
    ['', 'facts/s', 'commit p50 ms', 'p99 ms', 'longest ms', 'held on the main thread MB'],
    [
      rowOf('as fast as it can be written', runs.flatOut),
      rowOf(`at ${grouped(PACED_FACTS_A_S)} facts/s`, runs.paced),
    ],
  );
}

function rowOf(name: string, kept: readonly Kept[]): string[] {
  const commit = (share: number): string =>
    tenths(median(kept.map(({ commitMs }) => quantile(commitMs, share))));
  return [
    name,
    grouped(median(kept.map(({ factsPerS }) => factsPerS))),
    commit(0.5),
    commit(0.99),
    commit(1),
    megabytes(median(kept.map(({ heldBytes }) => heldBytes))),
  ];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function keep(definition: WatchDefinition, facts: readonly Fact[], factsPerS: number): Promise<Kept> {
  const folder = someFolder(BYTES);
  const vault = {
    module: VAULT,
    options: { keyFile: putKeyFile(folder), numbers: numberFormSchema.parse(undefined) },
  };
  const usedBefore = usedBytes();
  const journal = await openJournal({
    file: join(folder, 'journal.db'),
    definition,
    clock: systemClock,
    log: SILENT,
    vault,
  });
  const commits = new Commits(journal);
  const fromMs = performance.now();
  let heldBytes = 0;
  for (let from = 0; from < facts.length; from += FACTS_AT_ONCE) {
    for (const fact of facts.slice(from, from + FACTS_AT_ONCE)) journal.append(fact);
    const dueMs = fromMs + ((from + FACTS_AT_ONCE) / factsPerS) * 1_000;
    do {
      // Not by turning round and round: the writer's thread needs the processor.
      await sleep(LOOK_EVERY_MS);
    } while (commits.look() > MOST_PENDING || performance.now() < dueMs);
    if (heldBytes === 0 && from > facts.length / 2) heldBytes = usedBytes() - usedBefore;
  }
  await journal.flush();
  const tookMs = performance.now() - fromMs;
  const { droppedFacts, committedFacts } = journal.status();
  await journal.stop();
  removeFolder(folder);
  if (droppedFacts > 0 || committedFacts !== facts.length)
    throw new Error(`${droppedFacts} facts were given up`);
  return { factsPerS: (facts.length / tookMs) * 1_000, commitMs: commits.tookMs, heldBytes };
}

/** Every commit's length, from handing the batch over to hearing that it is kept. */
class Commits {
  readonly tookMs: number[] = [];
  readonly #journal: Journal;
  #committed = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Facts that wait. */
  look(): number {
    const { committedFacts, commitMs, pendingFacts } = this.#journal.status();
    if (committedFacts > this.#committed) this.tookMs.push(commitMs);
    this.#committed = committedFacts;
    return pendingFacts;
  }
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Of this thread alone. */
function usedBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
