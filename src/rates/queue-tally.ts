import { STAGE_ENDS, type QueueEnded, type QueueEntered, type StageEnd } from '../calls/facts.ts';
import type { HoursDefinition } from '../hotlines/definition.ts';
import { periodOf } from '../hotlines/hours.ts';
import { FIGURE_COLUMNS, shareOfQueueEnded, type FigureColumn } from './figure-shares.ts';
import type { KeptSubject } from './kept-sums.ts';
import { Patience } from './patience.ts';
import { SeatTime } from './seat-time.ts';
import { enter, Series, type Calendar, type Share, type Sign } from './series.ts';
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
  /** Callers in, less those out, while nobody watched it. */
  private away = 0;
  readonly figures: Series<FigureColumn>;
  readonly seatTime: SeatTime;
  /** How long its callers have been willing to wait. */
  readonly patience = new Patience();

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

  /** Goes on from what the journal kept: totals and whole periods are put in the place of what came of single facts. */
  seed(kept: KeptSubject): void {
    const [volume, left] = [kept.ever('volume'), kept.ever('left')];
    this.joined = volume['joined'] ?? 0;
    this.refused = volume['refused'] ?? 0;
    this.takenUp = volume['takenUp'] ?? 0;
    for (const end of STAGE_ENDS) this.left[end] = left[end] ?? 0;
    for (const period of kept.periods('figures')) this.figures.keep(period);
    for (const period of kept.periods('seat-time')) this.seatTime.keep(period);
    this.patience.seed(kept.ever('patience'));
  }

  enter(fact: QueueEntered, sign: Sign): void {
    if (fact.refused) this.refused += sign;
    else if (fact.takenUp) this.takenUp += sign;
    else this.joined += sign;
  }

  end(fact: QueueEnded, sign: Sign): void {
    this.left[fact.end] += sign;
    this.patience.enter(fact, sign);
    this.addFigures(shareOfQueueEnded(fact, this.terms.serviceLevelS), sign);
  }

  /** Of what comes and goes while nobody watches it only who is in it is kept: no figure has it. */
  passAway(fact: QueueEntered | QueueEnded, sign: Sign): void {
    this.away += fact.type === 'queue-entered' ? sign : -sign;
  }

  addFigures(share: Share | undefined, sign: Sign): void {
    if (share !== undefined) enter(this.figures, share, sign);
  }

  moveTo(nowMs: number): void {
    this.figures.moveTo(nowMs);
    this.seatTime.moveTo(nowMs);
  }

  /** Callers in, less those of whom it is known how they left: what should be in line now, or on its way to a member. */
  get unsettled(): number {
    const ended = Object.values(this.left).reduce((total, count) => total + count, 0);
    return this.joined + this.refused + this.takenUp + this.away - ended;
  }
}
