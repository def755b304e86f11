import type { Channel, Channels } from '../calls/channels.ts';
import type { Fact } from '../calls/facts.ts';
import { Deadlines } from '../lib/deadlines.ts';
import { type Leg, legDueMs, type LegSurroundings, newLeg, readLeg } from './leg.ts';
import { areSamePosts, postsOf } from './memberships.ts';
import { judge, leadingLeg, newSeat, type Seat, type Verdict } from './seat.ts';

/**
 * The seats of one exchange with the legs that are theirs: reads them, keeps state and interval, says what changed.
 * Time is what events and deadlines said last; it never runs backwards.
 */
export class SeatBook {
  readonly #pbx: string;
  readonly #seats = new Map<string, Seat>();
  /** Uniqueid of a leg's channel -> its seat. */
  readonly #owners = new Map<string, Seat>();
  /** Bridge -> seats whose talk goes through it. */
  readonly #watchers = new Map<string, Set<Seat>>();
  readonly #deadlines = new Deadlines<Seat>();
  readonly #channels: Channels;
  readonly #around: LegSurroundings;
  readonly #emit: (fact: Fact) => void;
  #dirty = new Set<Seat>();
  #nowMs: number;
  #reading: Seat | undefined;
  /** Nothing is heard of the exchange: what is known of it is not shown as known. */
  stale = false;

  constructor(options: {
    readonly pbx: string;
    readonly channels: Channels;
    readonly around: Omit<LegSurroundings, 'channels' | 'isOwn'>;
    readonly emit: (fact: Fact) => void;
    readonly startedAtMs: number;
  }) {
    this.#pbx = options.pbx;
    this.#channels = options.channels;
    this.#emit = options.emit;
    this.#nowMs = options.startedAtMs;
    const { around } = options;
    this.#around = {
      channels: options.channels,
      busy: (uniqueid) => around.busy(uniqueid),
      isTrunk: (channelInterface) => around.isTrunk(channelInterface),
      isCompany: (channel) => around.isCompany(channel),
      isOwn: (channel) => this.#owners.get(channel.uniqueid) === this.#reading,
      get goingId() {
        return around.goingId;
      },
    };
  }

  all(): IterableIterator<Seat> {
    return this.#seats.values();
  }
  get(key: string): Seat | undefined {
    return this.#seats.get(key);
  }
  ownerOf(uniqueid: string): Seat | undefined {
    return this.#owners.get(uniqueid);
  }
  /** A copy: reading a seat changes who watches what. */
  watchersOf(bridge: string): readonly Seat[] {
    const seats = this.#watchers.get(bridge);
    return seats ? [...seats] : [];
  }

  add(key: string, agent: string): Seat {
    const seat = newSeat(this.#pbx, key, agent, this.#nowMs);
    this.#seats.set(key, seat);
    for (const channel of this.#channels.ofInterface(key)) this.own(seat, channel);
    this.#dirty.add(seat);
    return seat;
  }

  /** The seat is no more: its interval ends, its channels are nobody's. */
  remove(seat: Seat, atMs: number): void {
    this.#forward(atMs);
    for (const uniqueid of seat.legs.keys()) this.#owners.delete(uniqueid);
    seat.legs.clear();
    this.#watch(seat, []);
    if (seat.due) this.#deadlines.cancel(seat.due);
    seat.due = undefined;
    this.#closeInterval(seat, this.#nowMs);
    this.#seats.delete(seat.interface);
    this.#dirty.delete(seat);
  }

  /** Makes a channel a leg of this seat; a channel is a leg of one seat only. */
  own(seat: Seat, channel: Channel): Leg {
    const known = seat.legs.get(channel.uniqueid);
    if (known) return known;
    this.#owners.get(channel.uniqueid)?.legs.delete(channel.uniqueid);
    const leg = newLeg(channel);
    seat.legs.set(channel.uniqueid, leg);
    this.#owners.set(channel.uniqueid, seat);
    return leg;
  }
  disown(seat: Seat, leg: Leg, atMs: number): void {
    seat.legs.delete(leg.channel.uniqueid);
    this.#owners.delete(leg.channel.uniqueid);
    seat.lastLegMs = atMs;
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
    return this.#deadlines.nextDueMs();
  }
  /** Lets everything that is due by `atMs` happen, each at its own instant. */
  advance(atMs: number): void {
    for (let due = this.#deadlines.takeDue(atMs); due; due = this.#deadlines.takeDue(atMs)) {
      due.item.due = undefined;
      this.review(due.item, due.dueMs, TIME_PASSED);
    }
    this.#forward(atMs);
  }

  /** Reads a seat's legs and puts it into the state that they and all else show; `cause` is the event in words. */
  review(seat: Seat, atMs: number, cause: string): void {
    this.#forward(atMs);
    const nowMs = this.#nowMs;
    this.#reading = seat;
    const bridges: string[] = [];
    let dueMs = Infinity;
    for (const leg of seat.legs.values()) {
      leg.sinceMs = readLeg(leg, nowMs, this.#around);
      if (leg.phase !== 'none') seat.reached = true;
      dueMs = Math.min(dueMs, legDueMs(leg) ?? Infinity);
      bridgesOf(leg.channel, this.#channels, bridges);
    }
    this.#watch(seat, bridges);
    const verdict = judge(seat, nowMs, cause);
    const leading = leadingLeg(seat);
    if (leading) verdict.sinceMs = leading.sinceMs;
    dueMs = Math.min(dueMs, verdict.dueMs ?? Infinity);
    this.#schedule(seat, dueMs);
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
      dueMs: undefined,
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
  }

  /** A state that lasted no time at all is no interval; so every id is said once. */
  #closeInterval(seat: Seat, untilMs: number): void {
    const fromMs = seat.intervalFromMs;
    if (untilMs <= fromMs) return;
    seat.intervalFromMs = untilMs;
    const { agent, state, busyWith, reason, posts } = seat;
    const id = `${this.#pbx}/${seat.interface}/${fromMs}`;
    this.#emit(
      Object.freeze({
        type: 'seat-interval',
        id,
        pbx: this.#pbx,
        atMs: untilMs,
        seat: seat.interface,
        agent,
        state,
        busyWith,
        reason,
        fromMs,
        queues: Object.freeze(posts.queues),
        pausedIn: Object.freeze(posts.pausedIn),
      }),
    );
  }

  #schedule(seat: Seat, dueMs: number): void {
    if (seat.due?.dueMs === dueMs) return;
    if (seat.due) this.#deadlines.cancel(seat.due);
    // What is due already was read just now: a deadline in the past would come for ever.
    seat.due = dueMs === Infinity || dueMs <= this.#nowMs ? undefined : this.#deadlines.set(dueMs, seat);
  }

  #watch(seat: Seat, bridges: readonly string[]): void {
    for (const id of seat.bridges) {
      if (bridges.includes(id)) continue;
      seat.bridges.delete(id);
      const watchers = this.#watchers.get(id);
      watchers?.delete(seat);
      if (watchers?.size === 0) this.#watchers.delete(id);
    }
    for (const id of bridges) {
      if (seat.bridges.has(id)) continue;
      seat.bridges.add(id);
      const watchers = this.#watchers.get(id);
      if (watchers) watchers.add(seat);
      else this.#watchers.set(id, new Set([seat]));
    }
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

const TIME_PASSED = 'nothing more came';

/** The bridges that a channel's talk goes through, Local halves between them, added to `found`. */
function bridgesOf(channel: Channel, channels: Channels, found: string[]): void {
  const open = channel.bridge ? [channel.bridge] : [];
  for (let bridge = open.pop(); bridge; bridge = open.pop()) {
    if (found.includes(bridge.id)) continue;
    found.push(bridge.id);
    for (const member of bridge.members.values()) {
      const beyond = member.isLocal ? channels.otherHalfOf(member)?.bridge : undefined;
      if (beyond) open.push(beyond);
    }
  }
}
