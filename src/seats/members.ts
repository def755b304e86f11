import type { MemberLine } from '../ami/pbx-event.ts';
import type { PbxDefinition } from '../hotlines/definition.ts';
import { showsChannels } from './device-state.ts';

/** One interface in one queue. Mutated by its `Members` only. */
export interface Membership {
  readonly queue: string;
  readonly interface: string;
  /** The seat it belongs to: see `Members.seatOf`. */
  seat: string;
  /** The same as the exchange says it: the state interface where there is one. */
  told: string;
  /** Empty where none was given: then the interface is asked for its state. */
  stateInterface: string;
  /** As the exchange says it; empty where none was given. */
  memberName: string;
  /** `static`, `dynamic`, `realtime`. */
  kind: string;
  penalty: number;
  status: number;
  paused: boolean;
  pausedReason: string;
  /** Counts pauses, so that of several the latest is known. */
  pauseOrder: number;
  /** The member's own wrap-up in s; 0 = the queue's. */
  wrapupS: number;
  inCall: boolean;
  /** The exchange's instant of the last event about it. */
  touchedPbxMs: number;
}

/** Removals that a list read before them may still contradict. */
const REMOVED_KEPT_MS = 120_000;

/**
 * Who is a member of which queue, which seat that is, and who sits there. A seat is one phone over all its queues:
 * its key is the state interface where there is one, else the interface (asterisk-facts 1.10).
 */
export class Members {
  readonly #configured = new Map<string, string>();
  /** Queue -> member interface -> membership: no key is made of the two for each event. */
  readonly #byQueue = new Map<string, Map<string, Membership>>();
  readonly #bySeat = new Map<string, Set<Membership>>();
  /** Member interface, and its channels' interface where it is a Local one -> seat key as the exchange says it. */
  readonly #told = new Map<string, string>();
  /** Seat key without channels of its own -> the configured phone its dials lead to; '' where they lead to several. */
  readonly #bound = new Map<string, string>();
  readonly #removed = new Map<string, number>();
  #pauses = 0;

  constructor(pbx: PbxDefinition) {
    this.redefine(pbx);
  }

  /** Takes the configured seats from a new configuration. */
  redefine(pbx: PbxDefinition): void {
    this.#configured.clear();
    for (const seat of pbx.seats) this.#configured.set(seat.interface, seat.name);
  }

  isConfigured(seat: string): boolean {
    return this.#configured.has(seat);
  }
  /** A configured seat, or one with a membership. */
  isSeat(key: string): boolean {
    return this.#configured.has(key) || this.#bySeat.has(key);
  }
  *all(): Generator<Membership> {
    for (const members of this.#byQueue.values()) yield* members.values();
  }
  get(queue: string, memberInterface: string): Membership | undefined {
    return this.#byQueue.get(queue)?.get(memberInterface);
  }
  /** The memberships of a seat. */
  of(seat: string): Iterable<Membership> {
    return this.#bySeat.get(seat) ?? [];
  }
  inQueues(seat: string): boolean {
    return this.#bySeat.has(seat);
  }

  /**
   * The seat of a member's interface (`Local/101@seats/n`) or of a channel's (`Local/101@seats`, `PJSIP/seat101`);
   * undefined when no member and no configuration names it.
   */
  seatOf(memberInterface: string): string | undefined {
    if (this.isSeat(memberInterface)) return memberInterface;
    const told = this.#told.get(memberInterface);
    return told === undefined ? undefined : this.#bind(told);
  }
  /** The seat that is rung through this Local channel's interface; undefined where it is no member. */
  seatBehindLocal(channelInterface: string): string | undefined {
    const told = this.#told.get(channelInterface);
    return told === undefined ? undefined : this.#bind(told);
  }

  /** Who sits there: the member's name now, else the configured name, else the interface. */
  agentOf(seat: string): string {
    let name = '';
    for (const { memberName, interface: own } of this.of(seat)) {
      // Without a name of its own a member is named like its interface (app_queue.c create_queue_member).
      if (memberName !== '' && memberName !== own) name = memberName;
    }
    return name || this.#configured.get(seat) || seat;
  }

  /** Takes over what the exchange says of a member; the membership as it is now. */
  put(line: MemberLine, pbxMs: number): Membership {
    const told = toldBy(line);
    this.#told.set(line.interface, told);
    if (line.interface.startsWith('Local/')) this.#told.set(localBase(line.interface), told);
    const seat = this.#bind(told);
    const known = this.get(line.queue, line.interface);
    if (!known) return this.#begin(line, { told, seat, pbxMs });
    if (line.paused && !(known.paused && known.pausedReason === line.pausedReason)) {
      known.pauseOrder = ++this.#pauses;
    }
    if (known.seat !== seat) this.#move(known, seat);
    known.told = told;
    known.stateInterface = line.stateInterface;
    known.memberName = line.memberName;
    known.kind = line.membership;
    known.penalty = line.penalty;
    known.status = line.status;
    known.paused = line.paused;
    known.pausedReason = reasonOf(line);
    known.wrapupS = line.wrapupS;
    known.inCall = line.inCall;
    known.touchedPbxMs = pbxMs;
    return known;
  }

  /**
   * Takes over what a line says of the state of a member's device and call; false, and nothing is taken over, where
   * it says more than that. Of many lines this is all: the rest of what a seat is stays as it was.
   */
  putStatus(known: Membership, line: MemberLine, pbxMs: number): boolean {
    const isAllElseSame =
      known.paused === line.paused &&
      known.pausedReason === reasonOf(line) &&
      known.memberName === line.memberName &&
      known.penalty === line.penalty &&
      known.kind === line.membership &&
      known.wrapupS === line.wrapupS &&
      known.told === toldBy(line);
    if (!isAllElseSame) return false;
    known.status = line.status;
    known.inCall = line.inCall;
    known.touchedPbxMs = pbxMs;
    return true;
  }

  /** The membership that ended, undefined if there was none. */
  remove(queue: string, memberInterface: string, pbxMs: number): Membership | undefined {
    this.#removed.set(keyOf(queue, memberInterface), pbxMs);
    const members = this.#byQueue.get(queue);
    const membership = members?.get(memberInterface);
    if (!membership) return undefined;
    members?.delete(memberInterface);
    if (members?.size === 0) this.#byQueue.delete(queue);
    this.#unlink(membership);
    return membership;
  }
  /** When an event took this member out, as long as a list may not know it yet. */
  removedPbxMs(queue: string, memberInterface: string): number | undefined {
    return this.#removed.get(keyOf(queue, memberInterface));
  }
  /** Forgets removals that no list can contradict any more. */
  sweep(nowPbxMs: number): void {
    for (const [key, pbxMs] of this.#removed)
      if (nowPbxMs - pbxMs > REMOVED_KEPT_MS) this.#removed.delete(key);
  }

  /**
   * A dial through a Local member led to the phone of a configured seat: the member is that seat from now on, so
   * that one person is not two seats. A member that leads to several configured phones is a group and stays its own
   * seat. Answers the seats whose memberships changed.
   */
  leadsTo(channelInterface: string, phone: string): readonly string[] {
    const told = this.#told.get(channelInterface);
    if (told === undefined || showsChannels(told) || !this.#configured.has(phone)) return [];
    const before = this.#bound.get(told);
    if (before === phone || before === '') return [];
    this.#bound.set(told, before === undefined ? phone : '');
    const from = before ?? told;
    const to = this.#bind(told);
    for (const membership of this.of(from)) if (membership.told === told) this.#move(membership, to);
    return [from, to];
  }

  #bind(told: string): string {
    return this.#bound.get(told) || told;
  }
  #begin(line: MemberLine, at: { told: string; seat: string; pbxMs: number }): Membership {
    const { queue, interface: memberInterface } = line;
    this.#removed.delete(keyOf(queue, memberInterface));
    const membership: Membership = {
      queue,
      interface: memberInterface,
      seat: at.seat,
      told: at.told,
      stateInterface: line.stateInterface,
      memberName: line.memberName,
      kind: line.membership,
      penalty: line.penalty,
      status: line.status,
      paused: line.paused,
      pausedReason: reasonOf(line),
      pauseOrder: line.paused ? ++this.#pauses : 0,
      wrapupS: line.wrapupS,
      inCall: line.inCall,
      touchedPbxMs: at.pbxMs,
    };
    const members = this.#byQueue.get(queue);
    if (members) members.set(memberInterface, membership);
    else this.#byQueue.set(queue, new Map([[memberInterface, membership]]));
    this.#link(membership);
    return membership;
  }
  #move(membership: Membership, seat: string): void {
    this.#unlink(membership);
    membership.seat = seat;
    this.#link(membership);
  }
  #link(membership: Membership): void {
    const kin = this.#bySeat.get(membership.seat);
    if (kin) kin.add(membership);
    else this.#bySeat.set(membership.seat, new Set([membership]));
  }
  #unlink(membership: Membership): void {
    const kin = this.#bySeat.get(membership.seat);
    kin?.delete(membership);
    if (kin?.size === 0) this.#bySeat.delete(membership.seat);
  }
}

/** It belongs to a configured phone only because its dials lead there. */
export const isBound = (membership: Membership): boolean => membership.told !== membership.seat;

/** A line break cannot be in a header's value, so no two members share a key. */
const keyOf = (queue: string, memberInterface: string): string => `${queue}\n${memberInterface}`;

/** `Local/101@seats/n` makes channels `Local/101@seats-…`: the options are no part of the name (core_unreal.c). */
const localBase = (memberInterface: string): string => {
  const at = memberInterface.indexOf('@');
  const slash = memberInterface.indexOf('/', at < 0 ? 'Local/'.length : at);
  return slash < 0 ? memberInterface : memberInterface.slice(0, slash);
};

const toldBy = (line: MemberLine): string => line.stateInterface || line.interface;
const reasonOf = (line: MemberLine): string => (line.paused ? line.pausedReason : '');
