import { SEAT_STATES, type SeatInterval, type SeatState } from '../calls/facts.ts';
import { ByPbx } from '../rates/by-pbx.ts';
import { zeros } from '../rates/zeros.ts';
import { ReadCounter, type Families } from './families.ts';

/** A seat as it is now; its state's running interval began at `intervalFromMs`. */
export interface SeatNow {
  readonly pbx: string;
  readonly interface: string;
  readonly state: SeatState;
  readonly intervalFromMs: number;
}

/**
 * Time of all seats of an exchange by their state, each seat once. What runs is counted at each scrape up to that
 * instant, so that a talk of an hour is not told at its end in one leap; facts count only what no scrape has counted
 * before. Every ms of a seat is thus counted once, and no total ever falls: where a state is found to have begun before
 * a scrape that did not know it, the time up to that scrape stays where it was counted.
 */
export class SeatSeconds {
  private readonly counter: ReadCounter<'pbx' | 'state'>;
  private totals = new Map<string, Record<SeatState, number>>();
  /** By exchange and seat: up to where its time is counted. */
  private countedUntil = new ByPbx<number>();

  constructor(families: Families) {
    this.counter = new ReadCounter(
      families,
      'ringside_seat_seconds_total',
      'Time of the seats of an exchange by their state, each seat once; what runs is counted up to the scrape.',
      ['pbx', 'state'],
    );
  }

  /** The exchanges that are watched; totals of those that stay go on. */
  redefine(pbxs: Iterable<string>): void {
    const before = this.totals;
    this.totals = new Map([...pbxs].map((pbx) => [pbx, before.get(pbx) ?? zeros(SEAT_STATES)]));
  }

  record(fact: SeatInterval): void {
    this.count(fact.pbx, fact.seat, fact);
  }

  fill(seats: Iterable<SeatNow>, nowMs: number): void {
    const before = this.countedUntil;
    this.countedUntil = new ByPbx();
    for (const { pbx, interface: seat, state, intervalFromMs } of seats) {
      const known = before.get(pbx, seat);
      if (known !== undefined) this.countedUntil.set(pbx, seat, known);
      this.count(pbx, seat, { state, fromMs: intervalFromMs, atMs: nowMs });
    }
    this.counter.empty();
    for (const [pbx, byState] of this.totals) {
      for (const state of SEAT_STATES) this.counter.set({ pbx, state }, byState[state] / 1000);
    }
  }

  private count(
    pbx: string,
    seat: string,
    { state, fromMs, atMs }: Pick<SeatInterval, 'state' | 'fromMs' | 'atMs'>,
  ): void {
    const byState = this.totals.get(pbx);
    if (byState === undefined) return;
    const newMs = atMs - Math.max(fromMs, this.countedUntil.get(pbx, seat) ?? -Infinity);
    if (newMs <= 0) return;
    byState[state] += newMs;
    this.countedUntil.set(pbx, seat, atMs);
  }
}
