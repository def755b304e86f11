import { isDeepStrictEqual } from 'node:util';
import type { Fact } from '../calls/facts.ts';
import type { FactSource } from './ports.ts';

/** A fact, and how we came to know of it. */
export interface SourcedFact<Kept extends Fact = Fact> {
  readonly fact: Kept;
  readonly source: FactSource;
}

/** What a fact changed in what is known: what was said before under its id, and what is said now. */
export interface Change {
  readonly before: Fact | undefined;
  readonly after: Fact;
}

const RANKS: Readonly<Record<FactSource, number>> = { seen: 2, backfilled: 1, imported: 0 };

/**
 * Which of two that say something under one id stands (design.md: a merge that needs no order): the known one over
 * the unknown, what was seen over what was brought in afterwards, and of two alike the one told of the earlier
 * instant. Says `kept` itself where nothing changes.
 */
export function merge<Kept extends Fact>(
  kept: SourcedFact<Kept>,
  told: SourcedFact<Kept>,
): SourcedFact<Kept> {
  const byKnown = Number(isKnown(told.fact)) - Number(isKnown(kept.fact));
  const bySource = RANKS[told.source] - RANKS[kept.source];
  const byTime = kept.fact.atMs - told.fact.atMs;
  const better = byKnown || bySource || byTime;
  if (better !== 0) return better > 0 ? told : kept;
  if (isDeepStrictEqual(kept.fact, told.fact)) return kept;
  // Any order will do, as long as it is always the same one.
  return JSON.stringify(told.fact) < JSON.stringify(kept.fact) ? told : kept;
}

/** Whether a fact says what happened, or only that it could not be seen. */
export function isKnown(fact: Fact): boolean {
  switch (fact.type) {
    case 'call-closed':
      return fact.record.outcome !== 'unknown';
    case 'scored':
      return fact.result !== 'unknown';
    case 'queue-ended':
      return fact.end !== 'unknown' && fact.blind !== true;
    case 'talk-ended':
      return fact.endedBy !== 'unknown';
    case 'seat-interval':
      return fact.state !== 'unknown';
    default:
      return true;
  }
}
