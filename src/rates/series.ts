import type { Period, PeriodUnit } from '../hotlines/hours.ts';
import { RollingLongest } from './longest.ts';
import { PeriodSums } from './period.ts';
import type { Window } from './report.ts';
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
const ROLLING = Object.keys(ROLLING_MS) as readonly RollingWindow[];
const ROLLING_WIDTHS_MS = ROLLING.map((window) => ROLLING_MS[window]);
const LONGEST_MS = Math.max(...ROLLING_WIDTHS_MS);

/** The period of a unit that an instant lies in, in the zone of whom the figures are about. */
export type Calendar = (unit: PeriodUnit, atMs: number) => Period;

/** One fact's share in the sums. */
export interface Share<Column extends string> {
  /** Rolling windows go by this instant, */
  readonly scoredAtMs: number;
  /** shift, day and month by this one (norm.md section 1). */
  readonly reachedAtMs: number;
  /** Whole numbers; what is not named is 0. */
  readonly add: Partial<Record<Column, number>>;
  /** A length of time of which the longest is kept. */
  readonly lengthMs?: number | undefined;
}

export function isRolling(window: Window): window is RollingWindow {
  return window in ROLLING_MS;
}

/** Named sums over every window there is: the rolling ones, the shift, the day and the month. */
export class Series<Column extends string> {
  private readonly columns: readonly Column[];
  private readonly rolling: RollingSums;
  private readonly rollingLongest = new RollingLongest(LONGEST_MS);
  private readonly periods: Readonly<Record<PeriodUnit, PeriodSums>>;
  private readonly eachPeriod: readonly PeriodSums[];
  private movedToMs = -Infinity;
  /** The next instant at which time alone, or a fact not yet taken in, changes a sum. */
  private dueMs = -Infinity;

  constructor(columns: readonly Column[], calendar: Calendar) {
    this.columns = columns;
    this.rolling = new RollingSums(columns.length, ROLLING_WIDTHS_MS);
    const period = (unit: PeriodUnit) => new PeriodSums(columns.length, (atMs) => calendar(unit, atMs));
    this.periods = { shift: period('shift'), day: period('day'), month: period('month') };
    this.eachPeriod = Object.values(this.periods);
  }

  add({ scoredAtMs, reachedAtMs, add, lengthMs }: Share<Column>): void {
    // Where nobody looks, what has left every window must be forgotten all the same.
    if (scoredAtMs - this.movedToMs > LONGEST_MS) this.moveTo(scoredAtMs);
    const values: number[] = [];
    for (const column of this.columns) values.push(add[column] ?? 0);
    this.rolling.add(scoredAtMs, values);
    if (lengthMs !== undefined) this.rollingLongest.add(scoredAtMs, lengthMs);
    for (const sums of this.eachPeriod) sums.add(reachedAtMs, values, lengthMs);
    this.dueMs = Math.min(this.dueMs, scoredAtMs);
  }

  /** Whether the sums of `nowMs` may be others than those of the last `moveTo`: time went on, or the clock was put back. */
  isDue(nowMs: number): boolean {
    return nowMs >= this.dueMs || nowMs < this.movedToMs;
  }

  /** Brings every window to `nowMs`; true if what can be read may have changed by it. */
  moveTo(nowMs: number): boolean {
    this.movedToMs = nowMs;
    let changed = this.rolling.moveTo(nowMs);
    this.rollingLongest.moveTo(nowMs);
    for (const sums of this.eachPeriod) changed = sums.moveTo(nowMs) || changed;
    this.dueMs = this.rolling.nextDueMs();
    for (const sums of this.eachPeriod) this.dueMs = Math.min(this.dueMs, sums.nextDueMs());
    return changed;
  }

  /** Facts remembered, for the bound on memory. */
  get size(): number {
    return this.rolling.size;
  }

  sum(window: Window, column: Column): number {
    const index = this.columns.indexOf(column);
    if (isRolling(window)) return this.rolling.sum(ROLLING.indexOf(window), index);
    return this.periods[window].sum(index);
  }

  longestMs(window: Window): number | undefined {
    if (isRolling(window)) return this.rollingLongest.longest(ROLLING_MS[window]);
    return this.periods[window].longest();
  }

  /** Where the window begins: of a rolling one the instant itself is outside, of a period inside. */
  fromMs(window: Window, nowMs: number): number {
    if (isRolling(window)) return nowMs - ROLLING_MS[window];
    return this.periods[window].period?.fromMs ?? nowMs;
  }
}
