import { STAGE_ENDS, type QueueEnded, type QueueEntered, type StageEnd } from '../calls/facts.ts';
import type { HoursDefinition } from '../hotlines/definition.ts';
import { periodOf } from '../hotlines/hours.ts';
import { FIGURE_COLUMNS, shareOfQueueEnded, type FigureColumn } from './figure-shares.ts';
import { SeatTime } from './seat-time.ts';
import { Series, type Calendar, type Share } from './series.ts';

/** A queue has no hours and no service level of its own: it borrows them from the first hotline that uses it. */
export interface QueueTerms {
  readonly hours: HoursDefinition;
  readonly serviceLevelS: number;
}

/** Everything counted of one queue since the daemon knows, callers from inside too, so that its sums close. */
export class QueueTally {
  readonly queue: string;
  private terms: QueueTerms;
  /** Rises with every change that can be read. */
  version = 0;
  joined = 0;
  refused = 0;
  takenUp = 0;
  /** By how the stage ended, the refused among them; one not seen to end is here as `unknown`. */
  readonly left = new Map<StageEnd, number>(STAGE_ENDS.map((end) => [end, 0]));
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
    this.version++;
  }

  enter(fact: QueueEntered): void {
    if (fact.refused) this.refused++;
    else if (fact.takenUp) this.takenUp++;
    else this.joined++;
    this.version++;
  }

  end(fact: QueueEnded): void {
    this.left.set(fact.end, (this.left.get(fact.end) ?? 0) + 1);
    this.addFigures(shareOfQueueEnded(fact, this.terms.serviceLevelS));
    this.version++;
  }

  addFigures(share: Share<FigureColumn> | undefined): void {
    if (share === undefined) return;
    this.figures.add(share);
    this.version++;
  }

  moveTo(nowMs: number): void {
    if (this.figures.isDue(nowMs) && this.figures.moveTo(nowMs)) this.version++;
    this.seatTime.moveTo(nowMs);
  }

  /** Callers in, less those of whom it is known how they left: what should be in line now, or on its way to a member. */
  get unsettled(): number {
    const ended = [...this.left.values()].reduce((total, count) => total + count, 0);
    return this.joined + this.refused + this.takenUp - ended;
  }
}
