import type {
  AgentCompleted,
  AgentOffer,
  BridgeEntered,
  BridgeLeft,
  ChannelGone,
  ChannelRef,
  DeviceStateChanged,
  DialBegun,
  HangupRequested,
  HoldChanged,
  LinkLost,
  MemberChanged,
  PbxEvent,
  Snapshot,
  SpyChanged,
  Stamp,
} from '../ami/pbx-event.ts';
import type { Channel, Channels } from '../calls/channels.ts';
import type { Fact } from '../calls/facts.ts';
import type { PbxDefinition } from '../hotlines/definition.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import type { BusyLookup } from './busy-lookup.ts';
import { deviceFactOfStatus, deviceFactOfWord } from './device-state.ts';
import type { Leg } from './leg.ts';
import { LegFinder } from './leg-finder.ts';
import { Listening } from './listening.ts';
import type { LiveSeat } from './live.ts';
import { isBound, Members, type Membership } from './members.ts';
import { readMemberships } from './memberships.ts';
import { learnDials, reconcileMembers, reconcileSeats } from './reconcile.ts';
import { SeatBook } from './seat-book.ts';
import { callOf, type SeatCall } from './seat-call.ts';
import { hearDevice, type Seat } from './seat.ts';
import { Surroundings } from './surroundings.ts';
import { type QueueWrapUps, queueWrapUpsOf, wrapUpAfterComplete, wrapUpAfterLeg } from './wrap-up.ts';
import { type Cause, MEMBER_CAUSE, WHY } from './why.ts';

export interface SeatsOptions {
  readonly pbx: PbxDefinition;
  /** Shared with the calls; every event is applied to it before `reduce` hears of it. */
  readonly channels: Channels;
  readonly busy: BusyLookup;
  /** Takes each fact at once, in order, frozen by the pipeline. */
  readonly emit: (fact: Fact) => void;
  /** When this began to watch (our clock): configured seats are `unknown` from then on. */
  readonly startedAtMs: number;
}

type EventOf<K> = PbxEvent & { readonly type: K };
type Handlers = { readonly [K in PbxEvent['type']]?: (event: EventOf<K>) => void };

/**
 * The seats of one exchange: one state each, since when and why. An event costs what the seats cost that it is
 * about, however many there are; only a snapshot and a lost link look at all of them.
 */
export class Seats {
  /** Who sits where; the calls name seats and agents by it. */
  readonly members: Members;
  readonly #channels: Channels;
  readonly #book: SeatBook;
  readonly #legs: LegFinder;
  readonly #around: Surroundings;
  readonly listening: Listening;
  #queueWrapUps: QueueWrapUps;
  #corrected = 0;
  #learned: { readonly snapshot: Snapshot; readonly touched: ReadonlySet<string> } | undefined;

  constructor(options: SeatsOptions) {
    const { pbx, channels, busy, emit, startedAtMs } = options;
    this.members = new Members(pbx);
    this.#channels = channels;
    this.#queueWrapUps = queueWrapUpsOf(pbx);
    this.#around = new Surroundings(pbx, channels, busy);
    this.#book = new SeatBook({ pbx: pbx.name, around: this.#around, emit, startedAtMs });
    this.listening = new Listening({ pbx: pbx.name, book: this.#book, channels, emit });
    this.#legs = new LegFinder(this.#book, this.members, this.#around);
    for (const seat of pbx.seats) this.#book.add(seat.interface, this.members.agentOf(seat.interface));
  }

  /** After a reload of the configuration: seats and names by the new one, their states as they are. */
  redefine(pbx: PbxDefinition): void {
    const before = [...this.#book.all()].map((seat) => seat.interface);
    this.members.redefine(pbx);
    this.#around.redefine(pbx);
    this.#queueWrapUps = queueWrapUpsOf(pbx);
    for (const key of new Set([...before, ...pbx.seats.map((seat) => seat.interface)])) {
      this.#refresh(key, -Infinity, 'the configuration changed');
    }
  }

  /**
   * Takes one event, after `advance` to its instant, and after `channels` took it; facts go to `emit`. An event that
   * says nothing of seats costs nothing.
   */
  reduce(event: PbxEvent): void {
    const handler = this.#handlers[event.type] as ((event: PbxEvent) => void) | undefined;
    handler?.(event);
  }

  /** Lets time pass up to `atMs` (our clock): wrap-ups end, each at its own instant. */
  advance(atMs: number): void {
    this.#book.advance(atMs);
  }
  /** Before this stops, nothing being heard any more: what runs is told up to `atMs` (our clock). */
  pause(atMs: number): void {
    this.#book.pause(atMs);
  }
  /** Before the first event: the last run saw the exchange until `seenUntilMs`, and told `facts`. */
  resume(seenUntilMs: number, facts: readonly Fact[]): void {
    this.#book.resume(seenUntilMs, facts);
  }
  /** When `advance` has something to do next. */
  nextDueMs(): number | undefined {
    return this.#book.nextDueMs();
  }
  live(): Iterable<LiveSeat> {
    return this.#book.all();
  }
  seat(key: string): LiveSeat | undefined {
    return this.#book.get(key);
  }
  /** Seats that changed since the last time this was asked; those that disappeared are not among them. */
  takeDirty(): ReadonlySet<LiveSeat> {
    return this.#book.takeDirty();
  }
  /** The call a seat is on now; undefined for none. */
  callOf(key: string): SeatCall | undefined {
    const seat = this.#book.get(key);
    return seat && callOf(seat, this.#around);
  }
  /** Nothing is heard of the exchange: every seat is `unknown` until the next `resync` snapshot. */
  get stale(): boolean {
    return this.#book.stale;
  }
  /** Seats that the last snapshot found wrong and put right. */
  get corrected(): number {
    return this.#corrected;
  }

  readonly #handlers: Handlers = {
    'channel-created': (event) => this.#changed(event, event, 'its channel began'),
    'channel-state': (event) => this.#changed(event, event, 'its channel changed'),
    'channel-gone': (event) => this.#gone(event),
    'hangup-requested': (event) => this.#hungUp(event),
    held: (event) => this.#held(event),
    unheld: (event) => this.#held(event),
    'dial-begun': (event) => this.#dialled(event),
    'bridge-entered': (event) => this.#bridged(event),
    'bridge-left': (event) => this.#bridged(event),
    'spy-started': (event) => this.#spied(event),
    'spy-stopped': (event) => this.#spied(event),
    'agent-called': (event) => this.#offered(event),
    'agent-connected': (event) => this.#served(event),
    'agent-completed': (event) => this.#completed(event),
    'member-added': (event) => this.#member(event),
    'member-paused': (event) => this.#member(event),
    'member-status': (event) => this.#member(event),
    'member-penalty': (event) => this.#member(event),
    'member-removed': (event) => this.#memberGone(event),
    'device-state': (event) => this.#device(event),
    snapshot: (event) => this.#snapshot(event),
    'link-lost': (event) => this.#lost(event),
  };

  /** The leg that the event is about, its seat reviewed. */
  #changed(ref: ChannelRef, at: Stamp, cause: Cause): Leg | undefined {
    const leg = this.#legs.of(ref.uniqueid, at.atMs);
    if (leg) this.#book.review(leg.seat, at.atMs, cause);
    return leg;
  }

  #gone(event: ChannelGone): void {
    const leg = this.#legs.of(event.uniqueid, event.atMs);
    this.listening.gone(event.uniqueid, event);
    this.#around.goingId = event.uniqueid;
    if (leg) {
      wrapUpAfterLeg(leg, event.atMs, this.#queueWrapUps);
      this.#book.disown(leg, event.atMs);
      this.#book.review(leg.seat, event.atMs, 'its call ended');
    }
    const channel = this.#channels.get(event.uniqueid);
    if (channel?.bridge) this.#reviewBridge(channel.bridge.id, channel, leg?.seat, event.atMs);
    this.#around.goingId = '';
  }

  #hungUp(event: HangupRequested): void {
    const leg = this.#legs.of(event.uniqueid, event.atMs);
    if (!leg) return;
    wrapUpAfterLeg(leg, event.atMs, this.#queueWrapUps);
    leg.seat.lastLegMs = event.atMs;
    this.#book.review(leg.seat, event.atMs, 'it hung up');
  }

  #held(event: HoldChanged): void {
    const leg = this.#legs.of(event.uniqueid, event.atMs);
    if (!leg) return;
    if (event.type === 'unheld') leg.holdFromMs = event.atMs;
    leg.heldIn = event.type === 'held' ? (leg.channel.bridge?.id ?? '') : '';
    this.#book.review(leg.seat, event.atMs, 'its hold ended');
  }

  #dialled(event: DialBegun): void {
    const dialled = this.#channels.get(event.dialled.uniqueid);
    if (!dialled) return;
    this.#ownThroughLocal(dialled, event.atMs);
    this.#changed(event.dialled, event, 'it was dialled');
    const root = this.#channels.rootOf(dialled);
    const dialler = root === dialled ? undefined : this.#legs.of(root.uniqueid, event.atMs);
    if (!dialler || dialled.isLocal) return;
    if (this.#around.isTrunk(dialled)) dialler.dials = 'outbound';
    else dialler.dials ??= 'internal';
    this.#book.review(dialler.seat, event.atMs, 'it dials');
  }

  /** A phone that is no seat of its own counts for the seat whose Local member it is dialled through. */
  #ownThroughLocal(dialled: Channel, atMs: number): void {
    if (dialled.isLocal || dialled.diallerId === undefined) return;
    let upper = this.#channels.get(dialled.diallerId);
    for (let steps = 0; upper?.isLocal && steps < 8; steps++) {
      for (const key of this.members.leadsTo(upper.interface, dialled.interface))
        this.#refresh(key, atMs, 'its phone became known');
      const seat = this.#book.get(this.members.seatBehindLocal(upper.interface) ?? '');
      if (seat && !this.#book.get(dialled.interface)) {
        this.#book.own(seat, dialled);
        this.#book.review(seat, atMs, 'it was dialled');
        return;
      }
      const first = upper.name.endsWith(';2') ? this.#channels.otherHalfOf(upper) : upper;
      upper = first?.diallerId === undefined ? undefined : this.#channels.get(first.diallerId);
    }
  }

  #bridged(event: BridgeEntered | BridgeLeft): void {
    const cause = event.type === 'bridge-left' ? 'its talk ended' : 'it was connected';
    const leg = this.#changed(event, event, cause);
    this.#reviewBridge(event.bridge, this.#channels.get(event.uniqueid), leg?.seat, event.atMs);
  }

  /**
   * Whose talk goes through this bridge: who is in it, and, by the Local halves in it and the one that passes, in
   * those beyond. `reviewed` was just now.
   */
  #reviewBridge(
    bridge: string,
    passing: Channel | undefined,
    reviewed: Seat | undefined,
    atMs: number,
  ): void {
    const bridges = [bridge];
    if (passing) this.#addBeyond(passing, bridges);
    // Grows while it is gone through.
    for (const id of bridges) {
      for (const member of this.#channels.membersOf(id)) {
        this.#addBeyond(member, bridges);
        const seat = this.#book.legOf(member.uniqueid)?.seat;
        if (seat && seat !== reviewed) this.#book.review(seat, atMs, 'its talk changed');
      }
    }
  }

  #addBeyond(half: Channel, bridges: string[]): void {
    const beyond = half.isLocal ? this.#channels.otherHalfOf(half)?.bridge?.id : undefined;
    if (beyond !== undefined && !bridges.includes(beyond)) bridges.push(beyond);
  }

  #spied(event: SpyChanged): void {
    this.listening.hear(event);
    const leg = this.#legs.of(event.spy.uniqueid, event.atMs);
    if (!leg) return;
    const spied = this.#book.legOf(event.spied.uniqueid)?.seat;
    leg.listensTo = event.type === 'spy-stopped' ? '' : maskDigitRuns(spied?.agent ?? 'another line');
    this.#book.review(leg.seat, event.atMs, 'it stopped listening');
  }

  #offered(event: AgentOffer): void {
    const leg = this.#legs.ofOffer(event);
    if (!leg) return;
    leg.offeredBy = event.queue;
    this.#book.review(leg.seat, event.atMs, 'it was offered a call');
  }

  /**
   * Wrap-up goes by the member. Where another phone picked the call up, AgentConnect still names the member that was
   * rung, and it is the member whose calls the exchange holds back afterwards: AgentComplete says so.
   */
  #served(event: AgentOffer): void {
    const leg = this.#legs.ofOffer(event);
    if (!leg || leg.seat.interface !== this.members.seatOf(event.interface)) return;
    leg.servedQueue = event.queue;
    leg.servedCaller = event.uniqueid;
    this.#book.review(leg.seat, event.atMs, 'it was connected');
  }

  #completed(event: AgentCompleted): void {
    const seat = this.#book.get(this.members.seatOf(event.interface) ?? '');
    if (!seat) return;
    wrapUpAfterComplete(seat, event, this.#queueWrapUps);
    this.#book.review(seat, event.atMs, 'its call ended');
  }

  #member(event: MemberChanged): void {
    const { member } = event;
    const known = this.members.get(member.queue, member.interface);
    if (known && this.members.putStatus(known, member, event.pbxMs)) {
      const seat = this.#seatOf(known.seat);
      this.#book.markDirty(seat);
      if (this.#hearMember(known, event)) this.#book.review(seat, event.atMs, MEMBER_CAUSE[event.type]);
      return;
    }
    const before = known?.seat;
    const membership = this.members.put(member, event.pbxMs);
    if (before !== undefined && before !== membership.seat)
      this.#refresh(before, event.atMs, 'it left a queue');
    this.#hearMember(membership, event);
    this.#refresh(membership.seat, event.atMs, MEMBER_CAUSE[event.type]);
  }

  /**
   * True where its seat must be reviewed: see `hearDevice`. A member bound to a configured phone says nothing of
   * that phone: its Local channel is always "not in use".
   */
  #hearMember(membership: Membership, at: Stamp): boolean {
    const seat = this.#seatOf(membership.seat);
    return !isBound(membership) && hearDevice(seat, deviceFactOfStatus(membership.status), at);
  }

  #memberGone(event: MemberChanged): void {
    const ended = this.members.remove(event.member.queue, event.member.interface, event.pbxMs);
    if (ended) this.#refresh(ended.seat, event.atMs, MEMBER_CAUSE['member-removed']);
  }

  #device(event: DeviceStateChanged): void {
    const seat = this.#book.get(event.device);
    if (!seat) return;
    const fact = deviceFactOfWord(event.state);
    if (hearDevice(seat, fact, event)) this.#book.review(seat, event.atMs, `its device is ${fact}`);
  }

  #seatOf(key: string): Seat {
    return this.#book.get(key) ?? this.#book.add(key, this.members.agentOf(key));
  }

  /** Brings a seat up to its memberships; one that has none and is not configured disappears. */
  #refresh(key: string, atMs: number, cause: Cause): void {
    if (!this.members.isSeat(key)) {
      const gone = this.#book.get(key);
      if (gone) this.#book.remove(gone, atMs);
      return;
    }
    const seat = this.#seatOf(key);
    readMemberships(seat, this.members.of(key));
    this.#book.repost(seat, this.members.agentOf(key), atMs);
    this.#book.markDirty(seat);
    this.#book.review(seat, atMs, cause);
  }

  /** Takes in who the members are before the calls read the same snapshot: they name seats and persons by them. */
  learnMembers(snapshot: Snapshot): void {
    this.#learned = { snapshot, touched: reconcileMembers(this.members, snapshot) };
  }

  #snapshot(event: Snapshot): void {
    if (this.#learned?.snapshot !== event) this.learnMembers(event);
    const touched = new Set(this.#learned?.touched);
    this.#learned = undefined;
    if (event.purpose === 'resync') learnDials(this.members, this.#channels, touched);
    this.#corrected = reconcileSeats({
      book: this.#book,
      channels: this.#channels,
      members: this.members,
      queueWrapUps: this.#queueWrapUps,
      event,
      touched,
      hear: (membership) => this.#hearMember(membership, event),
      refresh: (key) => this.#refresh(key, event.atMs, 'found so in the snapshot'),
      own: (channel) => this.#legs.of(channel.uniqueid, event.atMs),
    });
  }

  #lost(event: LinkLost): void {
    if (this.#book.stale) return;
    const { lastHeardMs, atMs, pbxMs } = event;
    this.listening.stopAll({ pbxMs: pbxMs - (atMs - lastHeardMs), atMs: lastHeardMs });
    this.#book.stale = true;
    for (const seat of this.#book.all()) {
      // Whatever its device does meanwhile is not heard; a phone in no queue is in no list either.
      hearDevice(seat, 'unknown', event);
      seat.deviceHeardPbxMs = -Infinity;
      seat.reached = false;
      this.#book.lose(seat, event.lastHeardMs, WHY['why.not-heard'], event.atMs);
    }
  }
}
