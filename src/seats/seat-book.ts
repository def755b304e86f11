import type { Channel } from '../calls/channels.ts';
import type { Fact } from '../calls/facts.ts';
import { Deadlines } from '../lib/deadlines.ts';
import { IntervalCuts } from './interval-cuts.ts';
import { type Leg, legDueMs, newLeg, readLeg } from './leg.ts';
import { areSamePosts, postsOf } from './memberships.ts';
import { judge, leads, newSeat, type Seat, shows, type Verdict } from './seat.ts';
import type { Surroundings } from './surroundings.ts';
import { type Cause, WHY } from './why.ts';

/**
 * The seats of one exchange with the legs that are theirs: reads them, keeps state and interval, says what changed.
 * Time is what events and deadlines said last; it never runs backwards.
 */
export class SeatBook {
  readonly #pbx: string;
  readonly #seats = new Map<string, Seat>();
  /** By the uniqueid of their channel, of all seats. */
  readonly #legs = new Map<string, Leg>();
  readonly #deadlines = new Deadlines<Seat>();
  readonly #cuts = new IntervalCuts();
  readonly #around: Surroundings;
  readonly #emit: (fact: Fact) => void;
  #dirty = new Set<Seat>();
  #nowMs: number;
  /** Nothing is heard of the exchange: what is known of it is not shown as known. */
  stale = false;

  constructor(options: {
    readonly pbx: string;
    readonly around: Surroundings;
    readonly emit: (fact: Fact) => void;
    readonly startedAtMs: number;
  }) {
    this.#pbx = options.pbx;
    this.#around = options.around;
    this.#emit = options.emit;
    this.#nowMs = options.startedAtMs;
  }

  all(): IterableIterator<Seat> {
    return this.#seats.values();
  }
  get(key: string): Seat | undefined {
    return this.#seats.get(key);
  }
  /** The leg that a channel is, as far as it is known for one. */
  legOf(uniqueid: string): Leg | undefined {
    return this.#legs.get(uniqueid);
  }

  add(key: string, agent: string): Seat {
    const seat = newSeat(this.#pbx, key, agent, this.#nowMs);
    this.#seats.set(key, seat);
    for (const channel of this.#around.channels.ofInterface(key)) this.own(seat, channel);
    this.#dirty.add(seat);
    return seat;
  }

  /** The seat is no more: its interval ends, its channels are nobody's. */
  remove(seat: Seat, atMs: number): void {
    this.#forward(atMs);
    for (const { channel } of seat.legs) this.#legs.delete(channel.uniqueid);
    seat.legs.length = 0;
    if (seat.due) this.#deadlines.cancel(seat.due);
    seat.due = undefined;
    this.#cuts.forget(seat);
    this.#closeInterval(seat, this.#nowMs);
    this.#seats.delete(seat.interface);
    this.#dirty.delete(seat);
  }

  /** Makes a channel a leg of this seat; a channel is a leg of one seat only. */
  own(seat: Seat, channel: Channel): Leg {
    const known = this.#legs.get(channel.uniqueid);
    if (known?.seat === seat) return known;
    if (known) dropLeg(known);
    const leg = newLeg(seat, channel);
    seat.legs.push(leg);
    this.#legs.set(channel.uniqueid, leg);
    return leg;
  }
  disown(leg: Leg, atMs: number): void {
    dropLeg(leg);
    this.#legs.delete(leg.channel.uniqueid);
    leg.seat.lastLegMs = atMs;
  }

  markDirty(seat: Seat): void {
    this.#dirty.add(seat);
  }
  /** Seats that changed since the last time this was asked. */
  takeDirty(): ReadonlySet<Seat> {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    return dirty;
  }

  nextDueMs(): number | undefined {
    const dueMs = Math.min(this.#deadlines.nextDueMs() ?? Infinity, this.#cuts.nextDueMs());
    return dueMs === Infinity ? undefined : dueMs;
  }
  /** Lets everything that is due by `atMs` happen, each at its own instant. */
  advance(atMs: number): void {
    for (let cutMs = this.#cuts.nextDueMs(); cutMs <= atMs; cutMs = this.#cuts.nextDueMs()) {
      this.#reviewDue(cutMs);
      this.#cutDue(atMs);
    }
    this.#reviewDue(atMs);
    this.#forward(atMs);
  }

  #reviewDue(atMs: number): void {
    for (let due = this.#deadlines.takeDue(atMs); due; due = this.#deadlines.takeDue(atMs)) {
      due.item.due = undefined;
      this.review(due.item, due.dueMs, WHY['cause.time']);
    }
  }

  /** The state goes on. */
  #cutDue(atMs: number): void {
    const cut = this.#cuts.takeDue(atMs);
    if (cut === undefined) return;
    this.#closeInterval(cut.seat, cut.untilMs);
    this.#cuts.watch(cut.seat);
  }

  /** Nothing more will be heard: what runs is told up to `atMs`. What is not seen stays open: the next run tells it. */
  pause(atMs: number): void {
    this.advance(atMs);
    if (this.stale) return;
    for (const seat of this.#seats.values()) this.#closeInterval(seat, this.#nowMs);
  }

  /** Before the first event of another run: nothing is known since `sinceMs`, and what was told of a seat stands. */
  resume(sinceMs: number, facts: readonly Fact[]): void {
    for (const seat of this.#seats.values()) seat.sinceMs = seat.intervalFromMs = sinceMs;
    for (const fact of facts) {
      if (fact.type !== 'seat-interval' || fact.pbx !== this.#pbx) continue;
      const seat = this.#seats.get(fact.seat);
      if (seat && fact.atMs > seat.intervalFromMs) seat.sinceMs = seat.intervalFromMs = fact.atMs;
    }
  }

  /** Reads a seat's legs and puts it into the state that they and all else show; `cause` is the event in words. */
  review(seat: Seat, atMs: number, cause: Cause): void {
    this.#forward(atMs);
    const nowMs = this.#nowMs;
    let dueMs = Infinity;
    let leading: Leg | undefined;
    for (const leg of seat.legs) {
      leg.sinceMs = readLeg(leg, nowMs, this.#around);
      if (leg.phase !== 'none') seat.reached = true;
      if (leads(leg, leading)) leading = leg;
      const legDue = legDueMs(leg);
      if (legDue < dueMs) dueMs = legDue;
    }
    // Most of what is said of a seat's channels changes nothing of it.
    if (leading !== undefined && shows(seat, leading)) {
      this.#schedule(seat, dueMs);
      return;
    }
    const verdict = judge(seat, leading, nowMs, cause);
    this.#schedule(seat, Math.min(dueMs, verdict.dueMs));
    if (!this.stale) this.#become(seat, verdict);
  }

  /** Nothing is known of this seat since `sinceMs`. */
  lose(seat: Seat, sinceMs: number, why: string, atMs: number): void {
    this.#forward(atMs);
    this.#become(seat, {
      state: 'unknown',
      busyWith: undefined,
      on: '',
      reason: '',
      why,
      sinceMs,
      dueMs: Infinity,
    });
  }

  /**
   * Another person sits there, or its memberships (already read) are others than before: figures of people are by
   * agent, occupancy is by queue, so that the interval is split. The state goes on.
   */
  repost(seat: Seat, agent: string, atMs: number): void {
    const posts = postsOf(seat.memberships);
    if (seat.agent === agent && areSamePosts(seat.posts, posts)) return;
    this.#forward(atMs);
    this.#closeInterval(seat, this.#nowMs);
    seat.agent = agent;
    // Every interval's fact carries them.
    Object.freeze(posts.queues);
    Object.freeze(posts.pausedIn);
    seat.posts = posts;
    this.#dirty.add(seat);
  }

  #become(seat: Seat, verdict: Verdict): void {
    const same =
      seat.state === verdict.state &&
      seat.busyWith === verdict.busyWith &&
      seat.on === verdict.on &&
      seat.reason === verdict.reason;
    if (same) {
      // Still unknown, and now for another reason.
      if (seat.state === 'unknown') seat.why = verdict.why;
      return;
    }
    this.#dirty.add(seat);
    if (isKnownBetter(seat, verdict)) {
      seat.busyWith = verdict.busyWith;
      seat.on = verdict.on;
      seat.why = verdict.why;
      return;
    }
    const sinceMs = Math.min(Math.max(verdict.sinceMs, seat.sinceMs, seat.intervalFromMs), this.#nowMs);
    this.#closeInterval(seat, sinceMs);
    seat.state = verdict.state;
    seat.busyWith = verdict.busyWith;
    seat.on = verdict.on;
    seat.reason = verdict.reason;
    seat.why = verdict.why;
    seat.sinceMs = sinceMs;
    this.#cuts.watch(seat);
  }

  /** A state that lasted no time at all is no interval; so every id is said once. */
  #closeInterval(seat: Seat, untilMs: number): void {
    const fromMs = seat.intervalFromMs;
    if (untilMs <= fromMs) return;
    seat.intervalFromMs = untilMs;
    const { agent, state, busyWith, reason, posts } = seat;
    this.#emit({
      type: 'seat-interval',
      id: `${this.#pbx}/${seat.interface}/${fromMs}`,
      pbx: this.#pbx,
      atMs: untilMs,
      seat: seat.interface,
      agent,
      state,
      busyWith,
      reason,
      fromMs,
      queues: posts.queues,
      pausedIn: posts.pausedIn,
    });
  }

  #schedule(seat: Seat, dueMs: number): void {
    if (seat.due?.dueMs === dueMs) return;
    if (seat.due) this.#deadlines.cancel(seat.due);
    // What is due already was read just now: a deadline in the past would come for ever.
    seat.due = dueMs === Infinity || dueMs <= this.#nowMs ? undefined : this.#deadlines.set(dueMs, seat);
  }

  #forward(atMs: number): void {
    if (atMs > this.#nowMs) this.#nowMs = atMs;
  }
}

/** It rings or dials as before, and now it is known for what: the same state, told better. */
const isKnownBetter = (seat: Seat, { state, busyWith }: Verdict): boolean =>
  seat.state === state &&
  (state === 'ringing' || state === 'dialling') &&
  seat.busyWith === undefined &&
  busyWith !== undefined;

function dropLeg(leg: Leg): void {
  const { legs } = leg.seat;
  const index = legs.indexOf(leg);
  if (index >= 0) legs.splice(index, 1);
}
