import type { SeatState } from '../calls/facts.ts';
import type { PeriodUnit } from '../hotlines/hours.ts';
import { PeriodSums } from './period.ts';
import type { Window } from './report.ts';
import { isRolling, ROLLING_MS, type Calendar } from './series.ts';
import { share } from './share.ts';
import { RollingSums } from './window.ts';

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

const UNITS: readonly PeriodUnit[] = ['shift', 'day', 'month'];
const ROLLING = Object.keys(ROLLING_MS);
const LONGEST_MS = Math.max(...Object.values(ROLLING_MS));
const SECOND_MS = 1000;

/**
 * The time of the seats of a queue, or of a hotline, over every window, each stretch in a window for as long as it lies
 * in it. As of the last whole second: a ratio that moves with every ms would make every row a new one at every look.
 */
export class SeatTime {
  private readonly calendar: Calendar;
  /** Of the stretches that are over, by their bounds: see `boundsOf`. */
  private readonly rolling = new RollingSums(4, Object.values(ROLLING_MS));
  private readonly periods: Readonly<Record<PeriodUnit, PeriodSums>>;
  /** Over, but perhaps only since the instant of the figures. */
  private recent: Stretch[] = [];
  private running: readonly Stretch[] = [];
  private asOfMs = -Infinity;
  /** Instants are summed as distances from this one: whole numbers, and small enough to stay exact. */
  private originMs: number | undefined;

  constructor(calendar: Calendar) {
    this.calendar = calendar;
    const period = (unit: PeriodUnit) => new PeriodSums(2, (atMs) => calendar(unit, atMs));
    this.periods = { shift: period('shift'), day: period('day'), month: period('month') };
  }

  /** A stretch that is over; each once. */
  add(stretch: Stretch): void {
    this.recent.push(inWholeMs(stretch));
    // Where nobody looks, what is over must not be kept one by one for ever.
    if (stretch.untilMs - this.asOfMs > LONGEST_MS) this.moveTo(stretch.untilMs);
  }

  /** The stretches that run now, instead of those said before. */
  run(stretches: readonly Stretch[]): void {
    this.running = stretches.map(inWholeMs);
  }

  moveTo(nowMs: number): void {
    this.asOfMs = Math.floor(nowMs / SECOND_MS) * SECOND_MS;
    this.originMs ??= this.asOfMs;
    this.rolling.moveTo(this.asOfMs);
    for (const unit of UNITS) this.periods[unit].moveTo(this.asOfMs);
    for (const stretch of this.recent) if (stretch.untilMs <= this.asOfMs) this.take(stretch);
    this.recent = this.recent.filter(({ untilMs }) => untilMs > this.asOfMs);
  }

  /** busy / (busy + free), as of the whole second of the last `moveTo`; null where no such time was seen. */
  occupancy(window: Window): number | null {
    const { busyMs, observedMs } = this.over(window);
    return share(busyMs, observedMs);
  }

  /** Both parts of the ratio in seat-ms: whole numbers. */
  over(window: Window): { readonly busyMs: number; readonly observedMs: number } {
    const fromMs = isRolling(window)
      ? this.asOfMs - ROLLING_MS[window]
      : (this.periods[window].period?.fromMs ?? Infinity);
    let [busyMs, observedMs] = isRolling(window)
      ? [this.rollingMs(window, BUSY), this.rollingMs(window, OBSERVED)]
      : [this.periods[window].sum(0), this.periods[window].sum(1)];
    for (const stretch of [...this.recent, ...this.running]) {
      const insideMs = Math.min(stretch.untilMs, this.asOfMs) - Math.max(stretch.fromMs, fromMs);
      if (insideMs <= 0) continue;
      observedMs += insideMs;
      if (stretch.busy) busyMs += insideMs;
    }
    return { busyMs, observedMs };
  }

  private take(stretch: Stretch): void {
    const { fromMs, untilMs, busy } = stretch;
    for (const [atMs, sign] of [[fromMs, 1] as const, [untilMs, -1] as const]) {
      const placed = sign * (atMs - (this.originMs ?? 0));
      this.rolling.add(atMs, [busy ? sign : 0, busy ? placed : 0, sign, placed]);
    }
    for (const unit of UNITS) {
      for (let atMs = Math.max(fromMs, untilMs - KEPT_MS); atMs < untilMs;) {
        const endMs = Math.min(untilMs, this.calendar(unit, atMs).untilMs);
        const lengthMs = endMs - atMs;
        this.periods[unit].add(atMs, [busy ? lengthMs : 0, lengthMs], undefined);
        atMs = endMs;
      }
    }
  }

  /**
   * What ended stretches have in (now - width, now], out of their bounds alone. A bound at x is worth the time since x,
   * cut to 0..width; a stretch is its beginning (+1) less its end (-1). Inside the window the worths sum up to
   * signs * now - placed; each bound before it is worth the width, and all signs together are 0.
   */
  private rollingMs(window: keyof typeof ROLLING_MS, column: number): number {
    const index = ROLLING.indexOf(window);
    const signs = this.rolling.sum(index, column);
    const placed = this.rolling.sum(index, column + 1);
    const signsBefore = -(signs + this.rolling.sumAhead(column));
    const nowMs = this.asOfMs - (this.originMs ?? 0);
    return signsBefore * ROLLING_MS[window] + signs * nowMs - placed;
  }
}

/**
 * What is longer over than this lies in no period that is kept (the month and two before it): a seat whose event is
 * stamped decades away must not be counted day by day.
 */
const KEPT_MS = 124 * 86_400_000;

/** Columns of the rolling sums: signs of the bounds, and beside them their signed places. */
const BUSY = 0;
const OBSERVED = 2;

const inWholeMs = ({ fromMs, untilMs, busy }: Stretch): Stretch => ({
  fromMs: Math.round(fromMs),
  untilMs: Math.round(untilMs),
  busy,
});
