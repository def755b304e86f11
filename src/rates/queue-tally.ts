import { STAGE_ENDS, type QueueEnded, type QueueEntered, type StageEnd } from '../calls/facts.ts';
import type { HoursDefinition } from '../hotlines/definition.ts';
import { periodOf } from '../hotlines/hours.ts';
import { FIGURE_COLUMNS, shareOfQueueEnded, type FigureColumn } from './figure-shares.ts';
import { SeatTime } from './seat-time.ts';
import { Series, type Calendar, type Share } from './series.ts';
import { zeros } from './zeros.ts';

/** A queue has no hours and no service level of its own: it borrows them from the first hotline that uses it. */
export interface QueueTerms {
  readonly hours: HoursDefinition;
  readonly serviceLevelS: number;
}

/** Everything counted of one queue since the daemon knows, callers from inside too, so that its sums close. */
export class QueueTally {
  readonly queue: string;
  private terms: QueueTerms;
  joined = 0;
  refused = 0;
  takenUp = 0;
  /** By how the stage ended, the refused among them; one not seen to end is here as `unknown`. */
  readonly left: Record<StageEnd, number> = zeros(STAGE_ENDS);
  readonly figures: Series<FigureColumn>;
  readonly seatTime: SeatTime;

  constructor(queue: string, terms: QueueTerms) {
    this.queue = queue;
    this.terms = terms;
    const calendar: Calendar = (unit, atMs) => periodOf(this.terms.hours, unit, atMs);
    this.figures = new Series(FIGURE_COLUMNS, calendar);
    this.seatTime = new SeatTime(calendar);
  }

  redefine(terms: QueueTerms): void {
    this.terms = terms;
  }

  enter(fact: QueueEntered): void {
    if (fact.refused) this.refused++;
    else if (fact.takenUp) this.takenUp++;
    else this.joined++;
  }

  end(fact: QueueEnded): void {
    this.left[fact.end]++;
    this.addFigures(shareOfQueueEnded(fact, this.terms.serviceLevelS));
  }

  addFigures(share: Share | undefined): void {
    if (share !== undefined) this.figures.add(share);
  }

  moveTo(nowMs: number): void {
    this.figures.moveTo(nowMs);
    this.seatTime.moveTo(nowMs);
  }

  /** Callers in, less those of whom it is known how they left: what should be in line now, or on its way to a member. */
  get unsettled(): number {
    const ended = Object.values(this.left).reduce((total, count) => total + count, 0);
    return this.joined + this.refused + this.takenUp - ended;
  }
}
