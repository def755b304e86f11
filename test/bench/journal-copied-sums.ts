import type { DatabaseSync } from 'node:sqlite';
import type { HoursDefinition } from '../../src/hotlines/definition.ts';
import { SumTable } from '../../src/store/sqlite-sums.ts';
import { type SumChange, withChange } from '../../src/store/sum-book.ts';
import { sumPeriodOf } from '../../src/store/sum-periods.ts';
import type { SumKey, SumRow, SumUnit } from '../../src/store/sums.ts';

/** So near to its ends a stretch may share an hour with its neighbour: calls go on beyond them. */
const EDGE_MS = 3 * 3_600_000;
const COLUMNS = 'unit, from_ms, pbx, subject, name, series, until_ms, sums, longest_ms';

/** The sums of a stretch of whole weeks, copied with its calls: hours, shifts and days as they are, months made of the days. */
export class CopiedSums {
  readonly #database: DatabaseSync;
  readonly #hoursOf: (key: SumKey) => HoursDefinition;
  readonly #days: readonly SumRow[];
  readonly #edges: readonly SumRow[];
  readonly #months = new Map<string, SumRow>();

  constructor(
    database: DatabaseSync,
    span: { readonly fromMs: number; readonly untilMs: number },
    hoursOf: (key: SumKey) => HoursDefinition,
  ) {
    this.#database = database;
    this.#hoursOf = hoursOf;
    const edges = `unit IN ('hour', 'shift', 'day') AND NOT (from_ms >= ? AND until_ms < ?)`;
    const [fromMs, untilMs] = [span.fromMs + EDGE_MS, span.untilMs - EDGE_MS];
    this.#days = database.prepare(`SELECT * FROM sums WHERE unit = 'day'`).all().map(rowOf);
    this.#edges = database.prepare(`SELECT * FROM sums WHERE ${edges}`).all(fromMs, untilMs).map(rowOf);
    database
      .prepare(
        `CREATE TABLE block.sums AS SELECT ${COLUMNS} FROM main.sums
          WHERE unit IN ('hour', 'shift', 'day') AND from_ms >= ? AND until_ms < ? ORDER BY from_ms`,
      )
      .run(fromMs, untilMs);
  }

  copy(byMs: number): void {
    this.#database
      .prepare(
        `INSERT INTO main.sums(${COLUMNS}) SELECT unit, from_ms + :byMs, pbx, subject, name, series,
          until_ms + :byMs, sums, longest_ms FROM block.sums ORDER BY rowid`,
      )
      .run({ byMs });
    this.#apply(
      this.#edges.map((row) => ({ ...row, fromMs: row.fromMs + byMs, untilMs: row.untilMs + byMs })),
    );
    for (const day of this.#days) {
      this.#gather(day, 'month', day.fromMs + byMs);
      this.#gather(day, 'ever', day.fromMs + byMs);
    }
  }

  /** Writes what months and all time have of the copies. */
  finish(): void {
    this.#apply([...this.#months.values()]);
  }

  #gather(day: SumRow, unit: SumUnit, atMs: number): void {
    const { pbx, subject, name, series, sums, longestMs } = day;
    const span = sumPeriodOf(this.#hoursOf(day), unit, atMs);
    const key = [unit, span.fromMs, pbx, subject, name, series].join('\n');
    const known = this.#months.get(key) ?? { sums: {}, longestMs: null };
    const totals = withChange(known, { add: sums, longestMs });
    this.#months.set(key, { pbx, subject, name, series, unit, ...span, ...totals });
  }

  #apply(rows: readonly SumRow[]): void {
    const changes = rows.map(({ sums, ...row }): SumChange => ({ ...row, add: { ...sums }, takenMs: null }));
    new SumTable(this.#database).apply({ changes });
  }
}

/** A row that a journal wrote. */
function rowOf(row: Record<string, unknown>): SumRow {
  return {
    unit: row['unit'] as SumUnit,
    fromMs: Number(row['from_ms']),
    untilMs: Number(row['until_ms']),
    pbx: String(row['pbx']),
    subject: row['subject'] as SumKey['subject'],
    name: String(row['name']),
    series: String(row['series']),
    sums: JSON.parse(String(row['sums'])) as SumRow['sums'],
    longestMs: row['longest_ms'] === null ? null : Number(row['longest_ms']),
  };
}
