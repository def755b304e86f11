import { wilson95, type Guard } from './binomial.ts';
import type { Verdict } from './report.ts';

/** Below this many calls a rate is shown without a judgement (norm.md section 1). */
export const FEWEST_CALLS = 5;

/** The scored calls of one window. */
export interface WindowCounts {
  readonly hits: number;
  readonly misses: number;
  /** Were to be decided while we were blind; never in the rate. */
  readonly unknown: number;
}

export interface Judgement {
  readonly targetRatio: number;
  readonly guard: Guard;
  /** We do not see now. */
  readonly blindNow: boolean;
  /** The window began before the daemon could know. */
  readonly beganBeforeKnown: boolean;
}

/** norm.md section 1: the first that holds, in its order. */
export function verdictOf(counts: WindowCounts, judgement: Judgement): Verdict {
  if (judgement.blindNow || unknownCouldChangeIt(counts, judgement)) return 'blind';
  if (judgement.beganBeforeKnown) return 'since';
  return verdictOfKnown(counts.hits, counts.misses, judgement);
}

function unknownCouldChangeIt({ hits, misses, unknown }: WindowCounts, judgement: Judgement): boolean {
  if (unknown === 0) return false;
  return (
    verdictOfKnown(hits + unknown, misses, judgement) !== verdictOfKnown(hits, misses + unknown, judgement)
  );
}

function verdictOfKnown(hits: number, misses: number, { targetRatio, guard }: Judgement): Verdict {
  const n = hits + misses;
  if (n === 0) return 'no-data';
  if (n < FEWEST_CALLS) return 'too-few-calls';
  const fewestSignificant = guard(n);
  if (fewestSignificant !== null && misses >= fewestSignificant) return 'missing';
  if (wilson95(hits, n).low >= targetRatio) return 'meeting';
  return hits / n >= targetRatio ? 'on-track' : 'at-risk';
}
