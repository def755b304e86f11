import { SEATS } from './company.ts';
import type { AbsencePlan } from './plan.ts';

interface Booking {
  freeAtMs: number;
  offeredMs: number;
  /** Absences that are not over yet, in order. */
  absences: AbsencePlan[];
}

/**
 * Who is booked until when: the calendar from which plans take their seats, so that a plan made now stays true.
 * A seat's bookings only ever move forward.
 */
export class Roster {
  readonly #bookings = new Map<string, Booking>();

  constructor() {
    for (const seat of SEATS) {
      this.#bookings.set(seat.interface, { freeAtMs: 0, offeredMs: 0, absences: [] });
    }
  }

  #booking(seat: string): Booking {
    const booking = this.#bookings.get(seat);
    if (!booking) throw new Error(`no practice seat ${seat}`);
    return booking;
  }

  /** The first instant from `atMs` on at which the seat is free. */
  freeFromMs(seat: string, atMs: number): number {
    return Math.max(this.#booking(seat).freeAtMs, atMs);
  }

  isFree(seat: string, atMs: number): boolean {
    return this.#booking(seat).freeAtMs <= atMs;
  }

  book(seat: string, untilMs: number): void {
    const booking = this.#booking(seat);
    booking.freeAtMs = Math.max(booking.freeAtMs, untilMs);
  }

  /** The seat that is free first; of several the one that was offered a call longest ago (`rrmemory`). */
  nextSeat(
    seats: readonly string[],
    atMs: number,
  ): { readonly seat: string; readonly atMs: number } | undefined {
    let best: { seat: string; atMs: number; offeredMs: number } | undefined;
    for (const seat of seats) {
      const freeMs = this.freeFromMs(seat, atMs);
      const { offeredMs } = this.#booking(seat);
      if (best && (freeMs > best.atMs || (freeMs === best.atMs && offeredMs >= best.offeredMs))) continue;
      best = { seat, atMs: freeMs, offeredMs };
    }
    return best;
  }

  noteOffer(seat: string, atMs: number): void {
    this.#booking(seat).offeredMs = atMs;
  }

  addAbsence(absence: AbsencePlan): void {
    const booking = this.#booking(absence.seat);
    booking.absences = booking.absences.filter((one) => one.untilMs > absence.atMs - 3_600_000);
    booking.absences.push(absence);
    // Not the same instant: the end of one absence would undo the beginning of the next.
    this.book(absence.seat, absence.untilMs + 1000);
  }

  isAway(seat: string, atMs: number): boolean {
    return this.#booking(seat).absences.some((one) => one.atMs <= atMs && atMs < one.untilMs);
  }
}
