import {
  BREACHES,
  OUTCOMES,
  RESULTS,
  type Breach,
  type CallClosed,
  type CallOpened,
  type Outcome,
  type Result,
  type Scored,
  type Target,
} from '../calls/facts.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import { periodOf } from '../hotlines/hours.ts';
import { FIGURE_COLUMNS, shareOfClosed, shareOfScored, type FigureColumn } from './figure-shares.ts';
import type { KeptSubject } from './kept-sums.ts';
import { SeatTime } from './seat-time.ts';
import { enter, Series, type Calendar, type Share, type Sign } from './series.ts';
import { Trend } from './trend.ts';
import { zeros } from './zeros.ts';

/** The rates a hotline has: closed hours exist only where it is not open at all hours. */
export function targetsOf(hotline: HotlineDefinition): readonly Target[] {
  const own: readonly Target[] = hotline.kind === 'attendant' ? ['auto', 'transfer'] : ['direct'];
  return hotline.emergency ? own : [...own, 'after-hours'];
}

/** The rate that says whether a person answered. */
export function personTargetOf(hotline: HotlineDefinition): Target {
  return hotline.kind === 'attendant' ? 'transfer' : 'direct';
}

/** One call by its result, in the columns of a target's series. */
export const ONE_MORE: Readonly<Record<Result, readonly number[]>> = {
  hit: [1, 0, 0, 0],
  miss: [0, 1, 0, 0],
  set_aside: [0, 0, 1, 0],
  unknown: [0, 0, 0, 1],
};

/** Everything counted of one hotline since the daemon knows. Mutated in place by the tally that owns it. */
export class HotlineTally {
  private hotline: HotlineDefinition;
  /** Windows that began before this miss calls: since when it is watched without a break, -Infinity as long as its exchange. */
  countsSinceMs: number;
  /** Test callers apart, in all of these but `testCalls`, `opened` and `closed`. */
  reached = 0;
  takenUp = 0;
  transferredIn = 0;
  testCalls = 0;
  lostAfterAnswer = 0;
  readonly outcomes: Record<Outcome, number> = zeros(OUTCOMES);
  readonly breaches: Record<Breach, number> = zeros(BREACHES);
  /** All calls, test callers too: what the standing equation is checked with. */
  opened = 0;
  closed = 0;
  readonly scored: ReadonlyMap<Target, Series<Result>>;
  readonly trend = new Trend();
  readonly figures: Series<FigureColumn>;
  /** Of the members of its queues, each seat once. */
  readonly seatTime: SeatTime;

  constructor(hotline: HotlineDefinition, countsSinceMs: number) {
    this.hotline = hotline;
    this.countsSinceMs = countsSinceMs;
    const calendar: Calendar = (unit, atMs) => periodOf(this.hotline.hours, unit, atMs);
    // Every target, so that a figure scored under an earlier definition has its place.
    const targets: readonly Target[] = ['auto', 'transfer', 'direct', 'after-hours'];
    this.scored = new Map(targets.map((target) => [target, new Series(RESULTS, calendar)]));
    this.figures = new Series(FIGURE_COLUMNS, calendar);
    this.seatTime = new SeatTime(calendar);
  }

  get definition(): HotlineDefinition {
    return this.hotline;
  }

  /** After a reload; what was scored stays as it was scored. */
  redefine(hotline: HotlineDefinition): void {
    this.hotline = hotline;
  }

  /** Goes on from what the journal kept: totals and whole periods are put in the place of what came of single facts. */
  seed(kept: KeptSubject): void {
    const volume = kept.ever('volume');
    this.reached = (volume['reached-open'] ?? 0) + (volume['reached-closed'] ?? 0);
    this.takenUp = volume['takenUp'] ?? 0;
    this.testCalls = volume['test'] ?? 0;
    this.transferredIn = volume['transferredIn'] ?? 0;
    this.lostAfterAnswer = volume['lostAfterAnswer'] ?? 0;
    this.opened = this.reached + this.takenUp + this.testCalls;
    this.closed = volume['testClosed'] ?? 0;
    const [open, closed] = [kept.ever('outcomes-open'), kept.ever('outcomes-closed')];
    for (const outcome of OUTCOMES) {
      this.outcomes[outcome] = (open[outcome] ?? 0) + (closed[outcome] ?? 0);
      this.closed += this.outcomes[outcome];
    }
    const breaches = kept.ever('breaches');
    for (const breach of BREACHES) this.breaches[breach] = breaches[breach] ?? 0;
    for (const [target, series] of this.scored) kept.periods(target).forEach((period) => series.keep(period));
    for (const period of kept.periods('figures')) this.figures.keep(period);
    for (const period of kept.periods('seat-time')) this.seatTime.keep(period);
  }

  open(fact: CallOpened, sign: Sign): void {
    this.opened += sign;
    if (fact.test) this.testCalls += sign;
    else if (fact.takenUp) this.takenUp += sign;
    else this.reached += sign;
  }

  close({ record }: CallClosed, sign: Sign): void {
    this.closed += sign;
    if (!record.test) {
      this.outcomes[record.outcome] += sign;
      if (record.lostAfterAnswer) this.lostAfterAnswer += sign;
    }
    this.addFigures(shareOfClosed(record, this.hotline.setAsideShort), sign);
  }

  /** A call that began under it ended while nobody watched: no figure has it, and it is not there any more. */
  closeAway(sign: Sign): void {
    this.closed += sign;
  }

  score(fact: Scored, sign: Sign): void {
    const { atMs: scoredAtMs, reachedAtMs } = fact;
    const series = this.scored.get(fact.target);
    const share = { scoredAtMs, reachedAtMs, values: ONE_MORE[fact.result], lengthMs: undefined };
    if (series !== undefined) enter(series, share, sign);
    this.trend.enter(fact, sign);
    if (fact.target === personTargetOf(this.hotline)) {
      this.addFigures(shareOfScored(fact, this.hotline.serviceLevelS), sign);
    }
  }

  breach(breach: Breach, sign: Sign): void {
    this.breaches[breach] += sign;
  }

  transferIn(sign: Sign): void {
    this.transferredIn += sign;
  }

  addFigures(share: Share | undefined, sign: Sign): void {
    if (share !== undefined) enter(this.figures, share, sign);
  }

  moveTo(nowMs: number): void {
    for (const series of this.scored.values()) series.moveTo(nowMs);
    this.figures.moveTo(nowMs);
    this.seatTime.moveTo(nowMs);
  }
}
