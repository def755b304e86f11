import { setTimeout as sleep } from 'node:timers/promises';
import type { Fact } from '../../src/calls/facts.ts';
import type { Journal } from '../../src/store/journal.ts';
import { tenths } from './table.ts';

const FACTS_AT_ONCE = 250;
/** The writer always has its next batch waiting, and no more than some. */
const MOST_PENDING = 8_000;
const LOOK_EVERY_MS = 1;

export interface Commits {
  readonly factsPerS: number;
  /** Every commit's length, from handing the batch over to hearing that it is kept. */
  readonly commitMs: readonly number[];
}

/** Tells a journal so many facts a second, Infinity for as many as it takes; throws where it gave one up. */
export async function commit(
  journal: Journal,
  facts: readonly Fact[],
  factsPerS: number,
  halfway = (): void => undefined,
): Promise<Commits> {
  const commitMs: number[] = [];
  const before = journal.status().committedFacts;
  let committed = before;
  const look = (): number => {
    const status = journal.status();
    if (status.committedFacts > committed) commitMs.push(status.commitMs);
    committed = status.committedFacts;
    return status.pendingFacts;
  };
  const fromMs = performance.now();
  let isHalfway = false;
  for (let from = 0; from < facts.length; from += FACTS_AT_ONCE) {
    for (const fact of facts.slice(from, from + FACTS_AT_ONCE)) journal.append(fact);
    const dueMs = fromMs + ((from + FACTS_AT_ONCE) / factsPerS) * 1_000;
    do {
      // Not by turning round and round: the writer's thread needs the processor.
      await sleep(LOOK_EVERY_MS);
    } while (look() > MOST_PENDING || performance.now() < dueMs);
    if (isHalfway || from <= facts.length / 2) continue;
    isHalfway = true;
    halfway();
  }
  await journal.flush();
  const tookMs = performance.now() - fromMs;
  look();
  const { droppedFacts } = journal.status();
  if (droppedFacts > 0 || committed - before !== facts.length)
    throw new Error(`${droppedFacts} facts were given up`);
  return { factsPerS: (facts.length / tookMs) * 1_000, commitMs };
}

/** Median, p99 and longest, as they stand in a table. */
export function commitCells(commitMs: readonly number[]): readonly string[] {
  return [0.5, 0.99, 1].map((share) => tenths(quantile(commitMs, share)));
}
export const COMMIT_HEADS = ['commit p50 ms', 'p99 ms', 'longest ms'] as const;

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
