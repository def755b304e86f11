import {
  CHANNEL_RINGING,
  type ChannelLine,
  type ChannelRef,
  type PbxEvent,
  type Stamp,
} from '../ami/pbx-event.ts';
import { isLocalName, lineOf, otherHalf } from './channel-name.ts';

/** A channel that is alive on the exchange, as far as events and snapshots told. Mutated by its `Channels` only. */
export interface Channel {
  readonly uniqueid: string;
  name: string;
  /** Name up to the last `-`: `PJSIP/seat101`; for a Local half `Local/101@seats`. */
  interface: string;
  isLocal: boolean;
  state: number;
  readonly createdPbxMs: number;
  readonly createdAtMs: number;
  /** Offered to the exchange from outside it (a trunk's or a phone's own call), not dialled by it. */
  readonly inbound: boolean;
  readonly callerNumber: string;
  bridge: Bridge | undefined;
  /** Who dialled this leg, and with what; undefined for calls nobody here dialled. */
  diallerId: string | undefined;
  dialString: string;
  /** A channel this one dials rang or rings. */
  rangSomebody: boolean;
  /** The far end asked to end it (HangupRequest). */
  hangupRequested: boolean;
  hangupRequestedPbxMs: number | undefined;
  /** Its Hangup came: nobody talks to it any more, though it is readable until it is forgotten. */
  gone: boolean;
  /** Judged by `Calls.admit`: once for each channel, however often it is announced. */
  admitted: boolean;
  onHold: boolean;
  /** Exchange's instant of the last event about it: a snapshot older than this may not overrule it. */
  touchedPbxMs: number;
}

export interface Bridge {
  readonly id: string;
  /** In a holding bridge (parking, BridgeWait) everybody hears music and nobody talks. */
  readonly holding: boolean;
  readonly members: Map<string, Channel>;
}

/** Ends of calls of which late lists may still tell: long enough for any snapshot, small enough to forget. */
const GONE_KEPT_MS = 120_000;

/**
 * Which channels live, who is bridged with whom, who dialled whom: the ground on which calls and seats stand.
 * One owner (the pipeline) applies each event once, before the reducers read it.
 */
export class Channels {
  readonly #byId = new Map<string, Channel>();
  readonly #byName = new Map<string, Channel>();
  readonly #byInterface = new Map<string, Set<Channel>>();
  readonly #bridges = new Map<string, Bridge>();
  readonly #goneAt = new Map<string, number>();
  /** Legs by the uniqueid of the channel that dialled them. */
  readonly #legs = new Map<string, Set<Channel>>();
  /** Most channels at once, by interface; of trunks alone, for names of Local channels are without end. */
  readonly #peaks = new Map<string, number>();

  get size(): number {
    return this.#byId.size;
  }
  all(): IterableIterator<Channel> {
    return this.#byId.values();
  }
  get(uniqueid: string): Channel | undefined {
    return this.#byId.get(uniqueid);
  }
  byName(name: string): Channel | undefined {
    return this.#byName.get(name);
  }
  /** Live channels of one phone or trunk. */
  ofInterface(name: string): ReadonlySet<Channel> {
    return this.#byInterface.get(name) ?? NONE;
  }
  /** From now on the most live channels at once is remembered of these interfaces; of those it was already, it stays. */
  watchPeaks(interfaces: readonly string[]): void {
    const before = new Map(this.#peaks);
    this.#peaks.clear();
    for (const name of interfaces) this.#peaks.set(name, before.get(name) ?? this.ofInterface(name).size);
  }
  peakOf(name: string): number {
    return this.#peaks.get(name) ?? 0;
  }
  /** True when its Hangup was seen lately: a list read before it may still name it. */
  isGone(uniqueid: string): boolean {
    return this.#goneAt.has(uniqueid);
  }

  /** Applies what the event says of channels; other events are ignored. A gone channel is still readable until `forget`. */
  apply(event: PbxEvent): void {
    switch (event.type) {
      case 'channel-created':
        if (event.uniqueid !== '' && !this.#byId.has(event.uniqueid) && !this.#goneAt.has(event.uniqueid)) {
          this.#add(event, event, {
            state: event.state,
            inbound: event.state === INBOUND_OFFER && !isLocalName(event.channel),
            callerNumber: event.callerNumber,
          });
        }
        break;
      case 'channel-state': {
        const channel = this.#touch(event, event);
        if (channel) this.#setState(channel, event.state);
        break;
      }
      case 'hangup-requested': {
        const channel = this.#touch(event, event);
        if (!channel) break;
        channel.hangupRequested = true;
        channel.hangupRequestedPbxMs ??= event.pbxMs;
        break;
      }
      case 'held':
      case 'unheld': {
        const channel = this.#touch(event, event);
        if (channel) channel.onHold = event.type === 'held';
        break;
      }
      case 'dial-begun': {
        const dialled = this.#touch(event.dialled, event);
        if (dialled) this.#dial(dialled, event.dialler.uniqueid, event.dialString);
        break;
      }
      case 'bridge-entered': {
        const channel = this.#touch(event, event);
        if (!channel) break;
        const holding = event.technology === 'holding_bridge' || event.bridgeType === 'parking';
        this.#enter(channel, event.bridge, holding);
        break;
      }
      case 'bridge-left': {
        const channel = this.#touch(event, event);
        if (channel?.bridge?.id === event.bridge) this.#leave(channel);
        break;
      }
      case 'channel-gone': {
        const channel = this.#byId.get(event.uniqueid);
        if (channel) channel.gone = true;
        break;
      }
      default:
        break;
    }
  }

  /** Takes a channel out for good; `apply` of its Hangup does not, so that the reducers may still read it. */
  forget(uniqueid: string, pbxMs: number): void {
    this.#goneAt.set(uniqueid, pbxMs);
    const channel = this.#byId.get(uniqueid);
    if (!channel) return;
    this.#leave(channel);
    this.#byId.delete(uniqueid);
    this.#unindex(channel);
    this.#undial(channel);
    this.#legs.delete(uniqueid);
  }

  /** A line of a snapshot of a channel never seen to begin. */
  takeUp(line: ChannelLine, at: Stamp): Channel {
    return this.#add(
      line,
      { pbxMs: at.pbxMs - line.ageMs, atMs: at.atMs - line.ageMs },
      {
        state: line.state,
        inbound: line.dialledNumber !== '' && !isLocalName(line.channel),
        callerNumber: line.callerNumber,
      },
    );
  }

  /** Puts a known channel into the state and bridge that a snapshot shows; true when that changed anything. */
  correct(channel: Channel, line: ChannelLine): boolean {
    const before = channel.bridge?.id ?? '';
    const stateBefore = channel.state;
    if (line.channel !== channel.name) this.#rename(channel, line.channel);
    this.#setState(channel, line.state);
    if (before !== line.bridge) {
      if (line.bridge === '') this.#leave(channel);
      else this.#enter(channel, line.bridge, isHoldingApplication(line.application));
    }
    return before !== line.bridge || stateBefore !== line.state;
  }

  /** Forgets ends that no list can name any more; the exchange's clock may have been set back or forward meanwhile. */
  sweep(nowPbxMs: number): void {
    for (const [uniqueid, goneMs] of this.#goneAt) {
      if (Math.abs(nowPbxMs - goneMs) >= GONE_KEPT_MS) this.#goneAt.delete(uniqueid);
    }
  }

  /** The link is lost: whatever was told before it, any snapshot after it is newer, also by a clock that was set back. */
  loseSight(): void {
    for (const channel of this.#byId.values()) {
      channel.touchedPbxMs = -Infinity;
      // No list tells of holds, and the end of this one may go unheard.
      channel.onHold = false;
    }
  }

  /** Entries held of any kind, for the proof that nothing is kept of what is gone. */
  get kept(): number {
    return (
      this.#byId.size + this.#byName.size + this.#byInterface.size + this.#bridges.size + this.#legs.size
    );
  }

  otherHalfOf(channel: Channel): Channel | undefined {
    return this.#byName.get(otherHalf(channel.name));
  }
  /** Who is left in a bridge; empty when it is gone. */
  membersOf(bridge: string): Iterable<Channel> {
    return [...(this.#bridges.get(bridge)?.members.values() ?? [])];
  }

  /** All ends of the talk that `channel` is in, through Local halves, itself included; empty when it talks to nobody. */
  talkOf(channel: Channel): Channel[] {
    const ends: Channel[] = [];
    const seen = new Set<Bridge>();
    const open: Bridge[] = [];
    if (channel.bridge) open.push(channel.bridge);
    for (let bridge = open.pop(); bridge; bridge = open.pop()) {
      if (seen.has(bridge) || bridge.holding) continue;
      seen.add(bridge);
      for (const member of bridge.members.values()) {
        if (member.gone) continue;
        if (!member.isLocal) ends.push(member);
        else {
          const half = this.#byName.get(otherHalf(member.name));
          if (half?.bridge && !half.gone) open.push(half.bridge);
        }
      }
    }
    return ends;
  }

  /**
   * The channel at the root of a dial: follows who dialled whom, through Local halves, up to a channel that nobody
   * dialled. A bounded walk: a forged loop ends.
   */
  rootOf(channel: Channel): Channel {
    return this.diallersOf(channel).at(-1) ?? channel;
  }

  /** Whoever dialled it, who dialled that one, and so on, Local halves among them. */
  diallersOf(channel: Channel): Channel[] {
    const diallers: Channel[] = [];
    let current = channel;
    for (let steps = 0; steps < 16; steps++) {
      const upper = current.diallerId === undefined ? undefined : this.#byId.get(current.diallerId);
      const next =
        upper ?? (current.name.endsWith(';2') ? this.#byName.get(otherHalf(current.name)) : undefined);
      if (!next || next === current) break;
      diallers.push(next);
      current = next;
    }
    return diallers;
  }

  /** Itself, or the phones and lines that its Local channel dialled on: Asterisk may tell of those first. */
  endsOfDial(channel: Channel): Channel[] {
    const ends: Channel[] = [];
    const open = [channel];
    for (let steps = 0; steps < 64; steps++) {
      const leg = open.pop();
      if (!leg) break;
      if (!leg.isLocal) ends.push(leg);
      const half = leg.isLocal ? this.otherHalfOf(leg) : undefined;
      if (half) open.push(...(this.#legs.get(half.uniqueid) ?? []));
    }
    return ends;
  }

  #dial(dialled: Channel, diallerId: string, dialString: string): void {
    const rang = dialled.state === CHANNEL_RINGING || dialled.rangSomebody;
    this.#undial(dialled);
    dialled.diallerId = diallerId || undefined;
    dialled.dialString = dialString;
    if (diallerId !== '' && this.#byId.has(diallerId)) {
      const legs = this.#legs.get(diallerId);
      if (legs) legs.add(dialled);
      else this.#legs.set(diallerId, new Set([dialled]));
    }
    const root = this.rootOf(dialled);
    if (rang && root !== dialled) root.rangSomebody = true;
  }

  #undial(channel: Channel): void {
    if (channel.diallerId === undefined) return;
    const legs = this.#legs.get(channel.diallerId);
    legs?.delete(channel);
    if (legs?.size === 0) this.#legs.delete(channel.diallerId);
  }

  #add(ref: ChannelRef, at: Stamp, said: { state: number; inbound: boolean; callerNumber: string }): Channel {
    const channel: Channel = {
      uniqueid: ref.uniqueid,
      name: ref.channel,
      interface: lineOf(ref.channel),
      isLocal: isLocalName(ref.channel),
      state: said.state,
      createdPbxMs: at.pbxMs,
      createdAtMs: at.atMs,
      inbound: said.inbound,
      callerNumber: said.callerNumber,
      bridge: undefined,
      diallerId: undefined,
      dialString: '',
      rangSomebody: false,
      hangupRequested: false,
      hangupRequestedPbxMs: undefined,
      gone: false,
      admitted: false,
      onHold: false,
      touchedPbxMs: at.pbxMs,
    };
    this.#byId.set(channel.uniqueid, channel);
    this.#index(channel);
    return channel;
  }

  #index(channel: Channel): void {
    const line = channel.interface;
    // In a masquerade one takes over the name, and so the line, that another is still known by: no line more is in use.
    const isTaken = this.#byName.has(channel.name);
    this.#byName.set(channel.name, channel);
    const kin = this.#byInterface.get(line);
    if (kin) kin.add(channel);
    else this.#byInterface.set(line, new Set([channel]));
    const peak = this.#peaks.get(line);
    if (peak !== undefined && !isTaken) this.#peaks.set(line, Math.max(peak, this.ofInterface(line).size));
  }

  #unindex(channel: Channel): void {
    if (this.#byName.get(channel.name) === channel) this.#byName.delete(channel.name);
    const kin = this.#byInterface.get(channel.interface);
    kin?.delete(channel);
    if (kin?.size === 0) this.#byInterface.delete(channel.interface);
  }

  /** A masquerade swaps names with no event (asterisk-facts 1.11); the next event or list shows the new one. */
  #rename(channel: Channel, name: string): void {
    this.#unindex(channel);
    channel.name = name;
    channel.interface = lineOf(name);
    channel.isLocal = isLocalName(name);
    this.#index(channel);
  }

  #touch(ref: ChannelRef, at: Stamp): Channel | undefined {
    const channel = this.#byId.get(ref.uniqueid);
    if (!channel) return undefined;
    channel.touchedPbxMs = at.pbxMs;
    if (ref.channel !== '' && ref.channel !== channel.name) this.#rename(channel, ref.channel);
    return channel;
  }

  #setState(channel: Channel, state: number): void {
    channel.state = state;
    if (state !== CHANNEL_RINGING) return;
    const root = this.rootOf(channel);
    if (root !== channel) root.rangSomebody = true;
  }

  #enter(channel: Channel, id: string, holding: boolean): void {
    if (channel.bridge?.id === id) return;
    this.#leave(channel);
    let bridge = this.#bridges.get(id);
    if (!bridge) {
      bridge = { id, holding, members: new Map() };
      this.#bridges.set(id, bridge);
    }
    bridge.members.set(channel.uniqueid, channel);
    channel.bridge = bridge;
  }

  #leave(channel: Channel): void {
    const bridge = channel.bridge;
    if (!bridge) return;
    channel.bridge = undefined;
    bridge.members.delete(channel.uniqueid);
    if (bridge.members.size === 0) this.#bridges.delete(bridge.id);
  }
}

/** `ChannelState` 4, "Ring": what a channel is created in when somebody outside calls us (channel.h AST_STATE_RING). */
const INBOUND_OFFER = 4;
const NONE: ReadonlySet<Channel> = new Set();
const isHoldingApplication = (application: string): boolean =>
  application === 'Park' || application === 'ParkAndAnnounce' || application === 'BridgeWait';
