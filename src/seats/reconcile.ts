import type { Snapshot } from '../ami/pbx-event.ts';
import type { Channel, Channels } from '../calls/channels.ts';
import type { Leg } from './leg.ts';
import type { Members, Membership } from './members.ts';
import type { SeatBook } from './seat-book.ts';
import { hearDevice, type Seat } from './seat.ts';
import { type QueueWrapUps, wrapUpAfterLeg, wrapUpSince } from './wrap-up.ts';

/**
 * Puts the memberships right that no event spoke of since the snapshot's t0: a list's line may be older than an
 * event that came before it (asterisk-facts section 2). Answers the seats whose memberships were wrong.
 */
export function reconcileMembers(members: Members, snapshot: Snapshot): ReadonlySet<string> {
  const wrong = new Set<string>();
  const listed = new Set<Membership>();
  for (const line of snapshot.members) {
    const known = members.get(line.queue, line.interface);
    if (known && known.touchedPbxMs > snapshot.pbxMs) {
      listed.add(known);
      continue;
    }
    if (!known && (members.removedPbxMs(line.queue, line.interface) ?? -Infinity) > snapshot.pbxMs) continue;
    const before = known && { ...known };
    const now = members.put(line, snapshot.pbxMs);
    listed.add(now);
    if (before && isSame(before, now)) continue;
    wrong.add(now.seat);
    if (before) wrong.add(before.seat);
  }
  for (const membership of members.all()) {
    if (listed.has(membership) || membership.touchedPbxMs > snapshot.pbxMs) continue;
    members.remove(membership.queue, membership.interface, snapshot.pbxMs);
    wrong.add(membership.seat);
  }
  members.sweep(snapshot.pbxMs);
  return wrong;
}

/**
 * Dials that began unseen, or in the last run, show as well as others which phone a Local member stands for. Adds the
 * seats whose memberships changed to `touched`.
 */
export function learnDials(members: Members, channels: Channels, touched: Set<string>): void {
  for (const channel of channels.all()) {
    if (channel.isLocal || channel.diallerId === undefined) continue;
    for (const upper of channels.diallersOf(channel)) {
      if (!upper.isLocal) break;
      for (const key of members.leadsTo(upper.interface, channel.interface)) touched.add(key);
    }
  }
}

/** Status is left out: the device state of many queues' members is one, and is judged by the seat. */
const isSame = (before: Membership, now: Membership): boolean =>
  before.seat === now.seat &&
  before.memberName === now.memberName &&
  before.paused === now.paused &&
  before.pausedReason === now.pausedReason &&
  before.wrapupS === now.wrapupS;

/** What `reconcileSeats` works on. */
export interface SeatsAtSnapshot {
  readonly book: SeatBook;
  /** Already put right by the same snapshot. */
  readonly channels: Channels;
  readonly members: Members;
  readonly queueWrapUps: QueueWrapUps;
  readonly event: Snapshot;
  /** Seats whose memberships the snapshot changed. */
  readonly touched: ReadonlySet<string>;
  hear(membership: Membership): void;
  refresh(key: string): void;
  /** Makes a channel a leg of its seat, if it is of one. */
  own(channel: Channel): unknown;
}

/** Brings every seat up to the snapshot; answers how many were wrong (0 after blindness: there nothing was claimed). */
export function reconcileSeats(at: SeatsAtSnapshot): number {
  const { book, event } = at;
  const blind = event.purpose === 'resync';
  const before = new Map([...book.all()].map((seat) => [seat.interface, seat.state]));
  for (const seat of book.all()) dropGoneLegs(seat, at, blind);
  for (const channel of at.channels.all()) if (!book.legOf(channel.uniqueid)) at.own(channel);
  for (const membership of at.members.all()) at.hear(membership);
  if (blind) {
    book.stale = false;
    for (const key of keysOf(at)) at.refresh(key);
    takeUpTalks(at);
  }
  for (const key of keysOf(at)) at.refresh(key);
  if (blind) return 0;
  const wrong = new Set(at.touched);
  for (const seat of book.all()) if (before.get(seat.interface) !== seat.state) wrong.add(seat.interface);
  return wrong.size;
}

const keysOf = (at: SeatsAtSnapshot): Set<string> =>
  new Set([...at.touched, ...Array.from(at.book.all(), (seat) => seat.interface)]);

/** Legs that the snapshot no longer knows; after a restart of the exchange none is left, and nothing else either. */
function dropGoneLegs(seat: Seat, at: SeatsAtSnapshot, blind: boolean): void {
  const { event } = at;
  const isGone = ({ channel }: Leg): boolean =>
    event.rebooted || at.channels.get(channel.uniqueid) !== channel;
  for (const leg of seat.legs.filter(isGone)) {
    if (!blind) wrapUpAfterLeg(leg, event.atMs, at.queueWrapUps);
    at.book.disown(leg, event.atMs);
  }
  if (!event.rebooted) return;
  seat.wrapUp = undefined;
  seat.reached = false;
  hearDevice(seat, 'unknown', event);
}

/** What ended or goes on since before we could hear: the member's own `LastCall` and `InCall` tell. */
function takeUpTalks(at: SeatsAtSnapshot): void {
  const { event } = at;
  for (const line of event.members) {
    const membership = at.members.get(line.queue, line.interface);
    const seat = membership && at.book.get(membership.seat);
    if (!seat) continue;
    if (line.lastCallS > 0) {
      const endedMs = line.lastCallS * 1000 + (event.atMs - event.pbxMs);
      wrapUpSince(seat, line.queue, { endedMs, nowMs: event.atMs }, at.queueWrapUps);
    }
    if (!line.inCall) continue;
    for (const leg of seat.legs) {
      if (leg.busyWith === 'queue' && leg.on === line.queue && leg.servedQueue === '')
        leg.servedQueue = line.queue;
    }
  }
}
