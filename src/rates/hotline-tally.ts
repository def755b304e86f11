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

/** Everything counted of one hotline since the daemon knows. Mutated in place by the tally that owns it. */
export class HotlineTally {
  private hotline: HotlineDefinition;
  /** Rises with every change that can be read. */
  version = 0;
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
    this.version++;
  }

  open(fact: CallOpened): void {
    this.opened++;
    if (fact.test) this.testCalls++;
    else if (fact.takenUp) this.takenUp++;
    else this.reached++;
    this.version++;
  }

  close({ record }: CallClosed): void {
    this.closed++;
    if (!record.test) {
      this.outcomes[record.outcome]++;
      if (record.lostAfterAnswer) this.lostAfterAnswer++;
    }
    this.addFigures(shareOfClosed(record, this.hotline.setAsideShort));
    this.version++;
  }

  score(fact: Scored): void {
    this.scored.get(fact.target)?.add({
      scoredAtMs: fact.atMs,
      reachedAtMs: fact.reachedAtMs,
      add: { [fact.result]: 1 },
    });
    if (fact.target === personTargetOf(this.hotline)) {
      this.addFigures(shareOfScored(fact, this.hotline.serviceLevelS));
    }
    this.version++;
  }

  breach(breach: Breach): void {
    this.breaches[breach]++;
    this.version++;
  }

  transferIn(): void {
    this.transferredIn++;
    this.version++;
  }

  addFigures(share: Share<FigureColumn> | undefined): void {
    if (share === undefined) return;
    this.figures.add(share);
    this.version++;
  }

  moveTo(nowMs: number): void {
    let changed = false;
    for (const series of this.scored.values()) {
      if (series.isDue(nowMs)) changed = series.moveTo(nowMs) || changed;
    }
    if (this.figures.isDue(nowMs)) changed = this.figures.moveTo(nowMs) || changed;
    if (changed) this.version++;
    this.seatTime.moveTo(nowMs);
  }
}
