import type { DatabaseSync } from 'node:sqlite';
import type { Fact } from '../calls/facts.ts';
import type { SumChange } from './sum-book.ts';
import { replay } from './sqlite-replay.ts';
import type { SumTable } from './sqlite-sums.ts';
import type { SumShare, SumUnit } from './sums.ts';

/** A fact's instant lies at most so long from the one its share counts at: no call and no interval lasts longer. */
const FARTHEST_MS = 86_400_000;
/** A month's longest is its days', all time's its months': both would take long to read fact by fact. */
const MADE_OF: Readonly<Record<SumUnit, SumUnit | 'facts'>> = {
  hour: 'facts',
  shift: 'facts',
  day: 'facts',
  month: 'day',
  ever: 'month',
};

/** Finds the longest again, the shortest periods first, where the one that was it has been taken back. */
export function correctLongest(
  database: DatabaseSync,
  table: SumTable,
  uncertain: readonly SumChange[],
  sharesOf: (fact: Fact) => readonly SumShare[],
): void {
  for (const [unit, part] of Object.entries(MADE_OF)) {
    for (const change of uncertain) {
      if (change.unit !== unit) continue;
      const longestMs =
        part === 'facts' ? longestOfFacts(database, change, sharesOf) : longestOfRows(database, change, part);
      table.setLongest(change, longestMs);
    }
  }
}

function longestOfFacts(
  database: DatabaseSync,
  change: SumChange,
  sharesOf: (fact: Fact) => readonly SumShare[],
): number | null {
  const { pbx, subject, name, series, fromMs, untilMs } = change;
  let longestMs: number | null = null;
  const stretch = { fromMs: fromMs - FARTHEST_MS, untilMs: untilMs + FARTHEST_MS };
  for (const { fact } of replay(database, stretch)) {
    for (const share of sharesOf(fact)) {
      const isOfIt =
        share.pbx === pbx &&
        share.subject === subject &&
        share.name === name &&
        share.series === series &&
        share.atMs >= fromMs &&
        share.atMs < untilMs;
      if (isOfIt && share.lengthMs !== undefined) longestMs = Math.max(longestMs ?? 0, share.lengthMs);
    }
  }
  return longestMs;
}

function longestOfRows(database: DatabaseSync, change: SumChange, part: SumUnit): number | null {
  const { pbx, subject, name, series, fromMs, untilMs } = change;
  const longest = database
    .prepare(
      `SELECT max(longest_ms) AS longest FROM sums WHERE unit = ? AND from_ms >= ? AND from_ms < ?
        AND pbx = ? AND subject = ? AND name = ? AND series = ?`,
    )
    .get(part, fromMs, untilMs, pbx, subject, name, series)?.['longest'];
  return typeof longest === 'number' ? longest : null;
}
