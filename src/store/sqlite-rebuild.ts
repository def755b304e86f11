import type { DatabaseSync } from 'node:sqlite';
import { withChange, type SumBook } from './sum-book.ts';
import type { SumRow } from './sums.ts';

type Book = Pick<SumBook, 'changes'>;
/** What the counters once told beyond the sums is in no fact (told-shares.ts). */
const OF_FACTS = `series NOT GLOB 'told-*'`;

type Totals = Pick<SumRow, 'sums' | 'longestMs'>;

/**
 * Makes sums anew of the facts that are kept since `keptSinceMs` (0: of all). Those of periods that began before it
 * stay: some of their facts are destroyed. Of all time only what the months since then said is exchanged. `write`
 * enters what it is handed books of, each of other facts.
 */
export function renewSums(
  database: DatabaseSync,
  keptSinceMs: number,
  write: (enter: (book: Book) => Book) => void,
): void {
  if (keptSinceMs === 0) {
    database.exec(`DELETE FROM sums WHERE ${OF_FACTS}`);
    write((book) => book);
    return;
  }
  addMonths(database, keptSinceMs, -1);
  database.prepare(`DELETE FROM sums WHERE unit <> 'ever' AND from_ms >= ? AND ${OF_FACTS}`).run(keptSinceMs);
  write((book) => ({
    changes: [...book.changes].filter(({ unit, fromMs }) => unit !== 'ever' && fromMs >= keptSinceMs),
  }));
  addMonths(database, keptSinceMs, 1);
  database.exec(`DELETE FROM sums WHERE unit = 'ever' AND sums = '{}' AND longest_ms IS NULL`);
}

/** Adds what the months since an instant say to all time, or takes it back. The longest of all is never less than it was. */
function addMonths(database: DatabaseSync, sinceMs: number, sign: 1 | -1): void {
  const of = `unit = 'ever' AND from_ms = 0 AND pbx = ? AND subject = ? AND name = ? AND series = ?`;
  const find = database.prepare(`SELECT sums, longest_ms FROM sums WHERE ${of}`);
  const put = database.prepare(
    `INSERT INTO sums(unit, from_ms, pbx, subject, name, series, until_ms, sums, longest_ms)
      VALUES ('ever', 0, ?, ?, ?, ?, NULL, ?, ?)
      ON CONFLICT DO UPDATE SET sums = excluded.sums, longest_ms = excluded.longest_ms`,
  );
  for (const row of database
    .prepare(`SELECT * FROM sums WHERE unit = 'month' AND from_ms >= ? AND ${OF_FACTS}`)
    .all(sinceMs)) {
    const key = ['pbx', 'subject', 'name', 'series'].map((column) => String(row[column]));
    const said = totalsOf(row);
    const add = Object.fromEntries(
      Object.entries(said.sums).map(([column, value]) => [column, sign * value]),
    );
    const { sums, longestMs } = withChange(totalsOf(find.get(...key)), { add, longestMs: said.longestMs });
    put.run(...(key as [string, string, string, string]), JSON.stringify(sums), longestMs);
  }
}

function totalsOf(row: Record<string, unknown> | undefined): Totals {
  if (row === undefined) return { sums: {}, longestMs: null };
  const longestMs = row['longest_ms'] === null ? null : Number(row['longest_ms']);
  return { sums: JSON.parse(String(row['sums'])) as SumRow['sums'], longestMs };
}
