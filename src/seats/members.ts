import type { MemberLine } from '../ami/pbx-event.ts';
import type { PbxDefinition } from '../hotlines/definition.ts';
import { showsChannels } from './device-state.ts';

/** One interface in one queue. Mutated by its `Members` only. */
export interface Membership {
  readonly queue: string;
  readonly interface: string;
  /** The seat it belongs to: see `Members.seatOf`. */
  seat: string;
  /** As the exchange says it; empty where none was given. */
  memberName: string;
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
  readonly #memberships = new Map<string, Membership>();
  readonly #bySeat = new Map<string, Map<string, Membership>>();
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
  all(): IterableIterator<Membership> {
    return this.#memberships.values();
  }
  get(queue: string, memberInterface: string): Membership | undefined {
    return this.#memberships.get(keyOf(queue, memberInterface));
  }
  /** The memberships of a seat. */
  of(seat: string): Iterable<Membership> {
    return this.#bySeat.get(seat)?.values() ?? [];
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
    const key = keyOf(line.queue, line.interface);
    const told = line.stateInterface || line.interface;
    this.#told.set(line.interface, told);
    if (line.interface.startsWith('Local/')) this.#told.set(localBase(line.interface), told);
    this.#removed.delete(key);
    const seat = this.#bind(told);
    let membership = this.#memberships.get(key);
    if (!membership) {
      membership = {
        queue: line.queue,
        interface: line.interface,
        seat,
        ...said(line),
        pauseOrder: 0,
        touchedPbxMs: pbxMs,
      };
      if (line.paused) membership.pauseOrder = ++this.#pauses;
      this.#memberships.set(key, membership);
      this.#link(key, membership);
      return membership;
    }
    if (line.paused && !(membership.paused && membership.pausedReason === line.pausedReason)) {
      membership.pauseOrder = ++this.#pauses;
    }
    if (membership.seat !== seat) this.#move(key, membership, seat);
    Object.assign(membership, said(line));
    membership.touchedPbxMs = pbxMs;
    return membership;
  }

  /** The membership that ended, undefined if there was none. */
  remove(queue: string, memberInterface: string, pbxMs: number): Membership | undefined {
    const key = keyOf(queue, memberInterface);
    this.#removed.set(key, pbxMs);
    const membership = this.#memberships.get(key);
    if (!membership) return undefined;
    this.#memberships.delete(key);
    this.#unlink(key, membership);
    return membership;
  }
  /** Whether it belongs to a configured phone only because its dials lead there. */
  isBound(membership: Membership): boolean {
    return this.#told.get(membership.interface) !== membership.seat;
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
    for (const [key, membership] of this.#bySeat.get(from) ?? []) {
      if (this.#told.get(membership.interface) === told) this.#move(key, membership, to);
    }
    return [from, to];
  }

  #bind(told: string): string {
    return this.#bound.get(told) || told;
  }
  #move(key: string, membership: Membership, seat: string): void {
    this.#unlink(key, membership);
    membership.seat = seat;
    this.#link(key, membership);
  }
  #link(key: string, membership: Membership): void {
    const kin = this.#bySeat.get(membership.seat);
    if (kin) kin.set(key, membership);
    else this.#bySeat.set(membership.seat, new Map([[key, membership]]));
  }
  #unlink(key: string, membership: Membership): void {
    const kin = this.#bySeat.get(membership.seat);
    kin?.delete(key);
    if (kin?.size === 0) this.#bySeat.delete(membership.seat);
  }
}

/** A line break cannot be in a header's value, so no two members share a key. */
const keyOf = (queue: string, memberInterface: string): string => `${queue}\n${memberInterface}`;

/** `Local/101@seats/n` makes channels `Local/101@seats-…`: the options are no part of the name (core_unreal.c). */
const localBase = (memberInterface: string): string => {
  const at = memberInterface.indexOf('@');
  const slash = memberInterface.indexOf('/', at < 0 ? 'Local/'.length : at);
  return slash < 0 ? memberInterface : memberInterface.slice(0, slash);
};

const said = (
  line: MemberLine,
): Pick<Membership, 'memberName' | 'status' | 'paused' | 'pausedReason' | 'wrapupS' | 'inCall'> => ({
  memberName: line.memberName,
  status: line.status,
  paused: line.paused,
  pausedReason: line.paused ? line.pausedReason : '',
  wrapupS: line.wrapupS,
  inCall: line.inCall,
});
