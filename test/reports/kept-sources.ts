import type { Fact } from '../../src/calls/facts.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import type { ReportSources } from '../../src/reports/report-sources.ts';
import { SumBook, withChange } from '../../src/store/sum-book.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import type { SumRow, SumShare } from '../../src/store/sums.ts';

/** Sums as the journal keeps them, of facts (and of shares that no fact of these makes). */
export function sumsOf(
  definition: WatchDefinition,
  facts: readonly Fact[],
  more: readonly SumShare[] = [],
): readonly SumRow[] {
  const shares = new SumShares(definition);
  const book = new SumBook((key) => shares.hoursOf(key));
  for (const fact of facts) for (const share of shares.of(fact)) book.add(share);
  for (const share of more) book.add(share);
  return [...book.changes].map(({ pbx, subject, name, series, unit, fromMs, untilMs, ...change }) => {
    const kept = withChange({ sums: {}, longestMs: null }, change);
    return { pbx, subject, name, series, unit, fromMs, untilMs, ...kept };
  });
}

/** A journal that answers out of sums, and knows nothing else unless told. */
export function keptSources(sums: readonly SumRow[], changes: Partial<ReportSources> = {}): ReportSources {
  return {
    knownSinceMs: async () => 0,
    seenUntil: async () => new Map([['north', Infinity]]),
    sums: async ({ unit, fromMs, untilMs, series }) =>
      sums.filter(
        (row) =>
          row.unit === unit &&
          row.fromMs >= fromMs &&
          row.fromMs < untilMs &&
          (series === undefined || series.includes(row.series)),
      ),
    blindTimes: async () => [],
    lostFacts: async () => [],
    breachedCalls: async () => [],
    backfills: async () => [],
    lostCallers: async () => [],
    openCallBacks: async () => [],
    seatSpans: async () => [],
    definitionChanges: async () => [],
    ...changes,
  };
}
