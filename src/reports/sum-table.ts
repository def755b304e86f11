import type { Period } from '../hotlines/hours.ts';
import type { SumKey, SumRow } from '../store/sums.ts';

export type Sums = Readonly<Record<string, number>>;

/** A stretch's sums taken together. */
export interface Total {
  readonly sums: Sums;
  readonly longestMs: number | null;
}

/** Sums of one unit, found by what they are of and by the period they are for. */
export class SumTable {
  readonly #rows = new Map<string, SumRow>();
  readonly #subjects = new Map<string, Pick<SumRow, 'pbx' | 'subject' | 'name'>>();

  constructor(rows: readonly SumRow[]) {
    for (const row of rows) {
      const { pbx, subject, name } = row;
      this.#rows.set(keyOf(row, row.fromMs), row);
      this.#subjects.set(JSON.stringify([pbx, subject, name]), { pbx, subject, name });
    }
  }

  /** Whoever has sums, by exchange and name. */
  subjects(subject: SumRow['subject']): readonly Pick<SumRow, 'pbx' | 'subject' | 'name'>[] {
    return [...this.#subjects.values()]
      .filter((one) => one.subject === subject)
      .toSorted((a, b) => a.pbx.localeCompare(b.pbx, 'en') || a.name.localeCompare(b.name, 'en'));
  }

  /** A column that is not there is 0. */
  sumsOf(key: SumKey, period: Pick<Period, 'fromMs'>): Sums {
    return this.#rows.get(keyOf(key, period.fromMs))?.sums ?? NOTHING;
  }

  /** Of the three months of a quarter: added up, and the longest of the longest. */
  totalOf(key: SumKey, periods: readonly Pick<Period, 'fromMs'>[]): Total {
    const sums: Record<string, number> = {};
    let longestMs: number | null = null;
    for (const { fromMs } of periods) {
      const row = this.#rows.get(keyOf(key, fromMs));
      if (row === undefined) continue;
      for (const [column, value] of Object.entries(row.sums)) sums[column] = (sums[column] ?? 0) + value;
      if (row.longestMs !== null) longestMs = Math.max(longestMs ?? 0, row.longestMs);
    }
    return { sums, longestMs };
  }
}

const NOTHING: Sums = {};

const keyOf = ({ pbx, subject, name, series }: SumKey, fromMs: number): string =>
  [pbx, subject, name, series, fromMs].join('\n');

/** A count of a total: never below 0, whatever a journal in the middle of taking back says. */
export const countOf = (sums: Sums, column: string): number => Math.max(0, sums[column] ?? 0);
