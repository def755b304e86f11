import type { Period, PeriodUnit } from '../hotlines/hours.ts';
import type { KeptPeriod } from './kept-sums.ts';
import { RollingLongest } from './longest.ts';
import { PeriodSums } from './period.ts';
import { WINDOWS, type Window } from './report.ts';
import { RollingSums } from './window.ts';

const MINUTE_MS = 60_000;
export const ROLLING_MS = {
  '5m': 5 * MINUTE_MS,
  '10m': 10 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '1h': 60 * MINUTE_MS,
  '2h': 120 * MINUTE_MS,
} as const satisfies Partial<Record<Window, number>>;
type RollingWindow = keyof typeof ROLLING_MS;
const ROLLING_WIDTHS_MS = Object.values(ROLLING_MS);
/** The other windows. */
const PERIODS: readonly PeriodUnit[] = ['shift', 'day', 'month'];
const LONGEST_MS = Math.max(...ROLLING_WIDTHS_MS);

/** The period of a unit that an instant lies in, in the zone of whom the figures are about. */
export type Calendar = (unit: PeriodUnit, atMs: number) => Period;

/** One fact's share in the sums. */
export interface Share {
  /** Rolling windows go by this instant, */
  readonly scoredAtMs: number;
  /** shift, day and month by this one (norm.md section 1). */
  readonly reachedAtMs: number;
  /** Whole numbers, one for each column of the series. */
  readonly values: readonly number[];
  /** A length of time of which the longest is kept. */
  readonly lengthMs: number | undefined;
}

/** A fact is counted, or taken back where another has replaced it. */
export type Sign = 1 | -1;

export function enter<Column extends string>(series: Series<Column>, share: Share, sign: Sign): void {
  if (sign === 1) series.add(share);
  else series.takeBack(share);
}

export function isRolling(window: Window): window is RollingWindow {
  return window in ROLLING_MS;
}

/**
 * Named sums over every window there is: the rolling ones, the shift, the day and the month. Windows and columns are told
 * by their position in WINDOWS and in the columns to who reads them by the thousand.
 */
export class Series<Column extends string> {
  private readonly columns: readonly Column[];
  private readonly rolling: RollingSums;
  private readonly rollingLongest = new RollingLongest(LONGEST_MS);
  /** In the order of WINDOWS, after the rolling ones. */
  private readonly periods: readonly PeriodSums[];
  /** Rises with every change that can be read. */
  version = 0;
  private movedToMs = -Infinity;
  /** The next instant at which time alone, or a fact not yet taken in, changes a sum. */
  private dueMs = -Infinity;

  constructor(columns: readonly Column[], calendar: Calendar) {
    this.columns = columns;
    this.rolling = new RollingSums(columns.length, ROLLING_WIDTHS_MS);
    this.periods = PERIODS.map((unit) => new PeriodSums(columns.length, (atMs) => calendar(unit, atMs)));
  }

  add({ scoredAtMs, reachedAtMs, values, lengthMs }: Share): void {
    // Where nobody looks, what has left every window must be forgotten all the same.
    if (scoredAtMs - this.movedToMs > LONGEST_MS) this.moveTo(scoredAtMs);
    this.version++;
    this.rolling.add(scoredAtMs, values);
    if (lengthMs !== undefined) this.rollingLongest.add(scoredAtMs, lengthMs);
    for (const sums of this.periods) sums.add(reachedAtMs, values, lengthMs);
    if (scoredAtMs < this.dueMs) this.dueMs = scoredAtMs;
  }

  /** Takes back a share that was added. A longest stays what it was: which was the next to it is not known. */
  takeBack({ values, ...where }: Share): void {
    this.add({ ...where, values: values.map((value) => -value), lengthMs: undefined });
  }

  /** Puts the sums of a whole shift, day or month in the place of its own. */
  keep(period: KeptPeriod): void {
    this.version++;
    const values = this.columns.map((column) => period.sums[column] ?? 0);
    this.periods[PERIODS.indexOf(period.unit)]?.keep(period, values);
  }

  /** Whether the sums of `nowMs` may be others than those of the last `moveTo`: time went on, or the clock was put back. */
  isDue(nowMs: number): boolean {
    return nowMs >= this.dueMs || nowMs < this.movedToMs;
  }

  /** Brings every window to `nowMs`, where that may change what can be read. */
  moveTo(nowMs: number): void {
    if (!this.isDue(nowMs)) return;
    this.movedToMs = nowMs;
    let changed = this.rolling.moveTo(nowMs);
    this.rollingLongest.moveTo(nowMs);
    this.dueMs = this.rolling.nextDueMs();
    for (const sums of this.periods) {
      changed = sums.moveTo(nowMs) || changed;
      this.dueMs = Math.min(this.dueMs, sums.nextDueMs());
    }
    if (changed) this.version++;
  }

  /** Facts remembered, for the bound on memory. */
  get size(): number {
    return this.rolling.size;
  }

  sum(window: Window, column: Column): number {
    return this.sumAt(WINDOWS.indexOf(window), this.columns.indexOf(column));
  }

  sumAt(window: number, column: number): number {
    if (window < ROLLING_WIDTHS_MS.length) return this.rolling.sum(window, column);
    return this.period(window)?.sum(column) ?? 0;
  }

  longestMs(window: Window): number | undefined {
    return this.longestMsAt(WINDOWS.indexOf(window));
  }

  longestMsAt(window: number): number | undefined {
    const widthMs = ROLLING_WIDTHS_MS[window];
    return widthMs === undefined ? this.period(window)?.longest() : this.rollingLongest.longest(widthMs);
  }

  /** Where the window begins: of a rolling one the instant itself is outside, of a period inside. */
  fromMsAt(window: number, nowMs: number): number {
    const widthMs = ROLLING_WIDTHS_MS[window];
    return widthMs === undefined ? (this.period(window)?.period?.fromMs ?? nowMs) : nowMs - widthMs;
  }

  private period(window: number): PeriodSums | undefined {
    return this.periods[window - ROLLING_WIDTHS_MS.length];
  }
}
