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
import { SeatTime } from './seat-time.ts';
import { Series, type Calendar, type Share } from './series.ts';
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
const ONE_MORE: Readonly<Record<Result, readonly number[]>> = {
  hit: [1, 0, 0, 0],
  miss: [0, 1, 0, 0],
  set_aside: [0, 0, 1, 0],
  unknown: [0, 0, 0, 1],
};

/** Everything counted of one hotline since the daemon knows. Mutated in place by the tally that owns it. */
export class HotlineTally {
  private hotline: HotlineDefinition;
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
  readonly figures: Series<FigureColumn>;
  /** Of the members of its queues, each seat once. */
  readonly seatTime: SeatTime;

  constructor(hotline: HotlineDefinition) {
    this.hotline = hotline;
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

  open(fact: CallOpened): void {
    this.opened++;
    if (fact.test) this.testCalls++;
    else if (fact.takenUp) this.takenUp++;
    else this.reached++;
  }

  close({ record }: CallClosed): void {
    this.closed++;
    if (!record.test) {
      this.outcomes[record.outcome]++;
      if (record.lostAfterAnswer) this.lostAfterAnswer++;
    }
    this.addFigures(shareOfClosed(record, this.hotline.setAsideShort));
  }

  score(fact: Scored): void {
    const { atMs: scoredAtMs, reachedAtMs } = fact;
    const values = ONE_MORE[fact.result];
    this.scored.get(fact.target)?.add({ scoredAtMs, reachedAtMs, values, lengthMs: undefined });
    if (fact.target === personTargetOf(this.hotline)) {
      this.addFigures(shareOfScored(fact, this.hotline.serviceLevelS));
    }
  }

  breach(breach: Breach): void {
    this.breaches[breach]++;
  }

  transferIn(): void {
    this.transferredIn++;
  }

  addFigures(share: Share | undefined): void {
    if (share !== undefined) this.figures.add(share);
  }

  moveTo(nowMs: number): void {
    for (const series of this.scored.values()) series.moveTo(nowMs);
    this.figures.moveTo(nowMs);
    this.seatTime.moveTo(nowMs);
  }
}
