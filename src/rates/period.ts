import type { Period } from '../hotlines/hours.ts';
import type { KeptPeriod } from './kept-sums.ts';

/** A call may end long after its shift has: that many periods before the current one still take facts. */
export const KEPT_BEFORE = 2;

interface Bucket {
  readonly period: Period;
  sums: number[];
  longest: number | undefined;
}

/**
 * Sums by calendar period (shift, day or month), each fact in the period that its own instant lies in: one that
 * comes after the boundary, about a call that reached the hotline before it, goes to the period before.
 */
export class PeriodSums {
  private readonly columns: number;
  private readonly periodAt: (atMs: number) => Period;
  private buckets: Bucket[] = [];
  private current: Bucket | undefined;

  constructor(columns: number, periodAt: (atMs: number) => Period) {
    this.columns = columns;
    this.periodAt = periodAt;
  }

  /** Adds `values` (one a column), and `length` to the longest, at the instant `atMs`. */
  add(atMs: number, values: readonly number[], length: number | undefined): void {
    const bucket = this.bucketAt(atMs);
    for (let column = 0; column < this.columns; column++) {
      const value = values[column] ?? 0;
      // Most are 0.
      if (value !== 0) bucket.sums[column] = (bucket.sums[column] ?? 0) + value;
    }
    if (length !== undefined && length > (bucket.longest ?? -Infinity)) bucket.longest = length;
  }

  /** Puts the sums of a whole period in the place of its own; not where it has other bounds by now. */
  keep({ span, longestMs }: Pick<KeptPeriod, 'span' | 'longestMs'>, values: readonly number[]): void {
    const bucket = this.bucketAt(span.fromMs);
    const { fromMs, untilMs } = bucket.period;
    if (fromMs !== span.fromMs || untilMs !== span.untilMs) return;
    bucket.sums = [...values];
    bucket.longest = longestMs;
  }

  /** Makes the period of `nowMs` the one that is reported; true if it is another one than before. */
  moveTo(nowMs: number): boolean {
    if (this.current !== undefined && holds(this.current.period, nowMs)) return false;
    this.current = this.bucketAt(nowMs);
    this.forget(this.current.period);
    return true;
  }

  /** When the reported period ends; -Infinity before the first `moveTo`. */
  nextDueMs(): number {
    return this.current?.period.untilMs ?? -Infinity;
  }

  /** The reported period; undefined before the first `moveTo`. */
  get period(): Period | undefined {
    return this.current?.period;
  }

  sum(column: number): number {
    return this.current?.sums[column] ?? 0;
  }

  longest(): number | undefined {
    return this.current?.longest;
  }

  private bucketAt(atMs: number): Bucket {
    if (this.current !== undefined && holds(this.current.period, atMs)) return this.current;
    const known = this.buckets.find((bucket) => holds(bucket.period, atMs));
    if (known !== undefined) return known;
    const made = {
      period: this.periodAt(atMs),
      sums: Array.from({ length: this.columns }, () => 0),
      longest: undefined,
    };
    this.buckets = [...this.buckets, made].sort((a, b) => a.period.fromMs - b.period.fromMs);
    // What is filled in long afterwards must not be kept for ever.
    if (this.current !== undefined) this.forget(this.current.period);
    return made;
  }

  private forget(current: Period): void {
    const before = this.buckets.filter((bucket) => bucket.period.untilMs <= current.fromMs);
    const gone = new Set(before.slice(0, -KEPT_BEFORE));
    this.buckets = this.buckets.filter((bucket) => !gone.has(bucket));
  }
}

export function holds(period: Period, atMs: number): boolean {
  return atMs >= period.fromMs && atMs < period.untilMs;
}
