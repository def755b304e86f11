import type { SeatState } from '../calls/facts.ts';
import type { Period, PeriodUnit } from '../hotlines/hours.ts';
import { CoveredTime, type Cursor } from './covered-time.ts';
import type { KeptPeriod } from './kept-sums.ts';
import { holds, KEPT_BEFORE } from './period.ts';
import { WINDOWS, type Window } from './report.ts';
import { isRolling, ROLLING_MS, type Calendar } from './series.ts';
import { share } from './share.ts';

/** A stretch of one seat's time; a running one is as long as the look at it. */
export interface Stretch {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly busy: boolean;
}

/**
 * What a seat's time is to occupancy. Dialling is busy: whoever dials works and can take no call, and the talk that
 * comes of it is busy too. Undefined is in neither part of the ratio.
 */
const LOAD: Readonly<Record<SeatState, 'busy' | 'free' | undefined>> = {
  talking: 'busy',
  'on-hold': 'busy',
  'wrap-up': 'busy',
  dialling: 'busy',
  idle: 'free',
  ringing: 'free',
  paused: undefined,
  offline: undefined,
  unknown: undefined,
};

export const isCounted = (state: SeatState): boolean => LOAD[state] !== undefined;
export const isBusy = (state: SeatState): boolean => LOAD[state] === 'busy';

/** The queues in whose occupancy a seat's time counts: busy in each of its own, free where it is not paused. */
export function countedIn(
  state: SeatState,
  { queues, pausedIn }: { readonly queues: readonly string[]; readonly pausedIn: readonly string[] },
): readonly string[] {
  const load = LOAD[state];
  if (load === undefined) return [];
  return load === 'busy' || pausedIn.length === 0
    ? queues
    : queues.filter((queue) => !pausedIn.includes(queue));
}

const LONGEST_MS = Math.max(...Object.values(ROLLING_MS));
const SECOND_MS = 1000;

/** One window: it began at its cursor, wherever that is now. */
interface Begun {
  readonly cursor: Cursor;
  busyMs: number;
  observedMs: number;
}
interface Rolling extends Begun {
  readonly widthMs: number;
}
/** Of a period the cursor stays at its first instant; those before it are kept for a clock that is put back. */
interface OfPeriod extends Begun {
  readonly period: Period;
  /** Of stretches that were over before the first that is known one by one. */
  readonly earlier: { busyMs: number; observedMs: number };
}

/**
 * The time of the seats of a queue, or of a hotline, over every window, each stretch in a window for as long as it lies
 * in it. As of the last whole second: a ratio that moves with every ms would make every row a new one at every look.
 */
export class SeatTime {
  private readonly calendar: Calendar;
  /** Of the stretches that are over, perhaps only since the instant of the figures. */
  private readonly covered = new CoveredTime();
  private readonly head: Cursor = this.covered.begin();
  private readonly rolling: readonly Rolling[];
  private readonly longest: Rolling;
  private readonly periods: Record<PeriodUnit, readonly OfPeriod[]> = { shift: [], day: [], month: [] };
  /** In the order of WINDOWS; nothing before the first `moveTo`. */
  private windows: readonly (Rolling | OfPeriod)[] = [];
  private running: readonly Stretch[] = [];
  private asOfMs = -Infinity;
  /** Something came since the windows were summed up. */
  private isStale = true;

  constructor(calendar: Calendar) {
    this.calendar = calendar;
    this.longest = this.rollingOf(LONGEST_MS);
    this.rolling = Object.values(ROLLING_MS).map((widthMs) =>
      widthMs === LONGEST_MS ? this.longest : this.rollingOf(widthMs),
    );
  }

  /** A stretch that is over; each once. */
  add({ fromMs, untilMs, busy }: Stretch): void {
    this.isStale = true;
    this.covered.add(Math.round(fromMs), Math.round(untilMs), busy);
    // Where nobody looks, what is over must not be kept one by one for ever.
    if (untilMs - this.asOfMs > LONGEST_MS) this.moveTo(untilMs);
  }

  /** The stretches that run now, instead of those said before. */
  run(stretches: readonly Stretch[]): void {
    if (stretches.length > 0 || this.running.length > 0) this.isStale = true;
    this.running = stretches;
  }

  /** Puts the time of a whole shift, day or month in the place of its own; not where it has other bounds by now. */
  keep({ unit, span, sums }: KeptPeriod): void {
    const ofPeriod = this.periodAt(unit, span.fromMs);
    const { cursor, earlier, period } = ofPeriod;
    if (period.fromMs !== span.fromMs || period.untilMs !== span.untilMs) return;
    const end = this.covered.copy(this.head);
    this.covered.move(end, period.untilMs);
    earlier.busyMs = (sums['busyMs'] ?? 0) - (end.busyMs - cursor.busyMs);
    earlier.observedMs = (sums['observedMs'] ?? 0) - (end.allMs - cursor.allMs);
    this.covered.drop(end);
    this.isStale = true;
  }

  moveTo(nowMs: number): void {
    const asOfMs = Math.floor(nowMs / SECOND_MS) * SECOND_MS;
    if (asOfMs === this.asOfMs) return;
    this.asOfMs = asOfMs;
    this.isStale = true;
    const begun = WINDOWS.map((window) => (isRolling(window) ? undefined : this.periodAt(window, asOfMs)));
    this.covered.move(this.head, asOfMs);
    for (const { cursor, widthMs } of this.rolling) this.covered.move(cursor, asOfMs - widthMs);
    this.covered.forgetBefore(this.longest.cursor);
    this.windows = begun.map((ofPeriod, index) => ofPeriod ?? this.rolling[index] ?? this.longest);
  }

  /** busy / (busy + free), as of the whole second of the last `moveTo`; null where no such time was seen. */
  occupancy(window: Window): number | null {
    return this.occupancyAt(WINDOWS.indexOf(window));
  }

  /** The same of a window by its position in WINDOWS. */
  occupancyAt(window: number): number | null {
    const { busyMs, observedMs } = this.begunAt(window);
    return share(busyMs, observedMs);
  }

  /** Both parts of the ratio in seat-ms: whole numbers. */
  over(window: Window): { readonly busyMs: number; readonly observedMs: number } {
    const { busyMs, observedMs } = this.begunAt(WINDOWS.indexOf(window));
    return { busyMs, observedMs };
  }

  private begunAt(window: number): Pick<Begun, 'busyMs' | 'observedMs'> {
    if (this.isStale) this.sumUp();
    return this.windows[window] ?? NOTHING;
  }

  private sumUp(): void {
    this.isStale = false;
    const { head, asOfMs } = this;
    for (const window of this.windows) {
      const { cursor } = window;
      const earlier = 'earlier' in window ? window.earlier : NOTHING;
      window.busyMs = earlier.busyMs + head.busyMs - cursor.busyMs;
      window.observedMs = earlier.observedMs + head.allMs - cursor.allMs;
    }
    for (const { fromMs, untilMs, busy } of this.running) {
      const endMs = Math.min(Math.round(untilMs), asOfMs);
      const beganMs = Math.round(fromMs);
      for (const window of this.windows) {
        const insideMs = endMs - Math.max(beganMs, window.cursor.atMs);
        if (insideMs <= 0) continue;
        window.observedMs += insideMs;
        if (busy) window.busyMs += insideMs;
      }
    }
  }

  private rollingOf(widthMs: number): Rolling {
    return { widthMs, cursor: this.covered.begin(), busyMs: 0, observedMs: 0 };
  }

  /** The period that an instant lies in; a new one begins where the cursor of the head has not been yet. */
  private periodAt(unit: PeriodUnit, atMs: number): OfPeriod {
    const kept = this.periods[unit];
    const known = kept.find(({ period }) => holds(period, atMs));
    if (known !== undefined) return known;
    const period = this.calendar(unit, atMs);
    const cursor = this.covered.copy(this.head);
    this.covered.move(cursor, period.fromMs);
    const made: OfPeriod = {
      period,
      cursor,
      busyMs: 0,
      observedMs: 0,
      earlier: { busyMs: 0, observedMs: 0 },
    };
    for (const { cursor: gone } of kept.slice(KEPT_BEFORE)) this.covered.drop(gone);
    this.periods[unit] = [made, ...kept.slice(0, KEPT_BEFORE)];
    return made;
  }
}

const NOTHING = { busyMs: 0, observedMs: 0 };
