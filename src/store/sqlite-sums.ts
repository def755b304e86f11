import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SumsAsk } from './report-reads.ts';
import type { SumBook, SumChange } from './sum-book.ts';
import { withChange } from './sum-book.ts';
import type { SumRow, SumSubject, SumUnit } from './sums.ts';

const KEY = 'unit = ? AND from_ms = ? AND pbx = ? AND subject = ? AND name = ? AND series = ?';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No period of a unit is longer: what holds an instant began at most so long before it. */
const LONGEST_MS: Readonly<Record<SumUnit, number>> = {
  hour: 2 * HOUR_MS,
  shift: 2 * DAY_MS,
  day: 2 * DAY_MS,
  month: 33 * DAY_MS,
  ever: Infinity,
};

type Totals = Pick<SumRow, 'sums' | 'longestMs'>;

/** Rows of running periods are written batch after batch; a few days' of a company are no more than these. */
const MOST_KNOWN = 10_000;

/** The projection's table: written with the facts it is made of, in their transaction. */
export class SumTable {
  /** Totals as they were last written; in use from `recall` to `keep` or `forget`, and as nobody else wrote since. */
  readonly #known = new Map<string, Totals>();
  #isRecalled = false;
  readonly #version: StatementSync;
  #knownAt = '';
  readonly #find: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;
  readonly #setLongest: StatementSync;

  constructor(database: DatabaseSync) {
    this.#version = database.prepare(
      'SELECT total_changes() AS changes, data_version AS version FROM pragma_data_version',
    );
    this.#find = database.prepare(`SELECT sums, longest_ms FROM sums WHERE ${KEY}`);
    this.#put = database.prepare(
      `INSERT INTO sums(unit, from_ms, pbx, subject, name, series, until_ms, sums, longest_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET until_ms = excluded.until_ms, sums = excluded.sums, longest_ms = excluded.longest_ms`,
    );
    this.#remove = database.prepare(`DELETE FROM sums WHERE ${KEY}`);
    this.#setLongest = database.prepare(`UPDATE sums SET longest_ms = ? WHERE ${KEY}`);
  }

  /** Returns what had its longest taken away: those must be looked up among the facts (`correctLongest`). */
  apply(book: Pick<SumBook, 'changes'>): readonly SumChange[] {
    const uncertain: SumChange[] = [];
    if (!this.#isRecalled) this.forget();
    for (const change of book.changes) {
      const after = withChange(this.#totalsOf(change), change);
      const { sums, longestMs } = after;
      if (Object.keys(sums).length === 0 && (longestMs === null || change.takenMs !== null)) {
        this.#drop(change);
        continue;
      }
      const untilMs = change.untilMs === Infinity ? null : change.untilMs;
      this.#put.run(...keyOf(change), untilMs, JSON.stringify(sums), longestMs);
      if (this.#isRecalled) this.#known.set(textOf(change), after);
      if (change.takenMs !== null && longestMs !== null && change.takenMs >= longestMs) {
        uncertain.push(change);
      }
    }
    return uncertain;
  }

  /** Puts whole sums in the place of those that stand there. */
  replace(changes: readonly SumChange[]): void {
    for (const change of changes) this.#drop(change);
    this.apply({ changes });
  }

  setLongest(change: SumChange, longestMs: number | null): void {
    this.#setLongest.run(longestMs, ...keyOf(change));
    this.#known.delete(textOf(change));
  }

  /** At the beginning of a transaction in which nobody else writes sums: rows of the one before are not read again. */
  recall(): void {
    if (this.#known.size > MOST_KNOWN || this.#knownAt !== this.#versionNow()) this.forget();
    this.#isRecalled = true;
  }

  /** When it was committed, with nothing written since by this connection. */
  keep(): void {
    this.#isRecalled = false;
    this.#knownAt = this.#versionNow();
  }

  /** When it failed. */
  forget(): void {
    this.#isRecalled = false;
    this.#known.clear();
  }

  #totalsOf(change: SumChange): Totals {
    const known = this.#known.get(textOf(change));
    if (known !== undefined) return known;
    const found = this.#find.get(...keyOf(change));
    if (found === undefined) return { sums: {}, longestMs: null };
    return {
      sums: JSON.parse(String(found['sums'])) as SumRow['sums'],
      longestMs: found['longest_ms'] as number | null,
    };
  }

  #drop(change: SumChange): void {
    this.#remove.run(...keyOf(change));
    this.#known.delete(textOf(change));
  }

  /** Rows that this connection has written, and how often others have. */
  #versionNow(): string {
    const row = this.#version.get();
    return `${Number(row?.['changes'])}-${Number(row?.['version'])}`;
  }
}

/** No name holds a line break. */
const textOf = (change: SumChange): string => keyOf(change).join('\n');

type Key = [string, number, string, string, string, string];
const keyOf = ({ unit, fromMs, pbx, subject, name, series }: SumChange): Key => [
  unit,
  fromMs,
  pbx,
  subject,
  name,
  series,
];

/** Every sum whose period holds `nowMs`. */
export function sumsAt(database: DatabaseSync, nowMs: number): readonly SumRow[] {
  const find = database.prepare(
    `SELECT * FROM sums WHERE unit = ? AND from_ms > ? AND from_ms <= ? AND (until_ms > ? OR until_ms IS NULL)`,
  );
  return Object.entries(LONGEST_MS).flatMap(([unit, lengthMs]) =>
    find.all(unit, lengthMs === Infinity ? -1 : nowMs - lengthMs, nowMs, nowMs).map(sumRowOf),
  );
}

/** Every sum of a unit whose period begins in [fromMs, untilMs). */
export function sumsBetween(
  database: DatabaseSync,
  { unit, fromMs, untilMs, series }: SumsAsk,
): readonly SumRow[] {
  const isWanted = series === undefined ? '' : 'AND series IN (SELECT value FROM json_each(?))';
  return database
    .prepare(`SELECT * FROM sums WHERE unit = ? AND from_ms >= ? AND from_ms < ? ${isWanted}`)
    .all(unit, fromMs, untilMs, ...(series === undefined ? [] : [JSON.stringify(series)]))
    .map(sumRowOf);
}

/** A row of the table, which only we write to. */
function sumRowOf(row: Record<string, unknown>): SumRow {
  const untilMs = row['until_ms'];
  return {
    unit: row['unit'] as SumUnit,
    fromMs: Number(row['from_ms']),
    untilMs: untilMs === null ? Infinity : Number(untilMs),
    pbx: String(row['pbx']),
    subject: row['subject'] as SumSubject,
    name: String(row['name']),
    series: String(row['series']),
    sums: JSON.parse(String(row['sums'])) as SumRow['sums'],
    longestMs: row['longest_ms'] === null ? null : Number(row['longest_ms']),
  };
}
