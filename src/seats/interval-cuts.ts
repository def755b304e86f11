import { Deadlines } from '../lib/deadlines.ts';
import type { Seat } from './seat.ts';

/** A kill leaves untold what ran: at most so much of it. */
const UNTOLD_MS = 300_000;
/**
 * What lies so far back does not change any more: that the exchange is silent is noticed after 15 s at most
 * (ami/heartbeat.ts), and then a seat is unknown from when it was last heard.
 */
const SETTLED_MS = 30_000;

/** What is to be told of a seat: its running interval, up to an instant. */
export interface Cut {
  readonly seat: Seat;
  readonly untilMs: number;
}

/**
 * When the running interval of a seat is told up to now though nothing changed. Constant work for a change of state,
 * none for an event: a seat waits for one instant at most, and whether it is too early is seen when that has come.
 */
export class IntervalCuts {
  readonly #deadlines = new Deadlines<Seat>();

  /** After a state, or what is untold of it, began. */
  watch(seat: Seat): void {
    if (seat.cut === undefined && isCut(seat)) this.#wait(seat, seat.intervalFromMs + UNTOLD_MS);
  }

  forget(seat: Seat): void {
    if (seat.cut !== undefined) this.#deadlines.cancel(seat.cut);
    seat.cut = undefined;
  }

  nextDueMs(): number {
    return this.#deadlines.nextDueMs() ?? Infinity;
  }

  /**
   * Takes the earliest that is due, time passing to `atMs`; undefined where it is not to be cut now. Where time leaps
   * (this machine slept, nothing was read) it is not known yet whether the exchange was heard in between: that is
   * waited for.
   */
  takeDue(atMs: number): Cut | undefined {
    const due = this.#deadlines.takeDue(atMs);
    if (due === undefined) return undefined;
    const { item: seat, dueMs } = due;
    seat.cut = undefined;
    if (!isCut(seat)) return undefined;
    if (dueMs < seat.intervalFromMs + UNTOLD_MS) this.#wait(seat, seat.intervalFromMs + UNTOLD_MS);
    else if (atMs - dueMs > SETTLED_MS) this.#wait(seat, atMs + SETTLED_MS);
    else return { seat, untilMs: dueMs - SETTLED_MS };
    return undefined;
  }

  #wait(seat: Seat, dueMs: number): void {
    seat.cut = this.#deadlines.set(dueMs, seat);
  }
}

/** What is unknown is no less so where nobody tells it; handle time goes by the instant a wrap-up ended, as a whole. */
const isCut = ({ state }: Seat): boolean => state !== 'unknown' && state !== 'wrap-up';
