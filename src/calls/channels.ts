import { creationOfListed } from './creation-second.ts';
import {
  CHANNEL_RINGING,
  type ChannelLine,
  type ChannelRef,
  type PbxEvent,
  type Stamp,
} from '../ami/pbx-event.ts';
import { type Bridge, Bridges } from './bridges.ts';
import type { Call } from './call.ts';
import { isLocalName, lineOf, otherHalf } from './channel-name.ts';
import { EndedChannels } from './ended-channels.ts';
import { type Line, Lines } from './lines.ts';
import { newChannel } from './new-channel.ts';

/** A channel that is alive on the exchange, as far as events and snapshots told. Mutated by its `Channels` only. */
export interface Channel {
  readonly uniqueid: string;
  name: string;
  /** Name up to the last `-`: `PJSIP/seat101`; for a Local half `Local/101@seats`. */
  interface: string;
  isLocal: boolean;
  /** What the other half of a Local channel is called; '' for all others. */
  otherName: string;
  line: Line | undefined;
  /** The channels before and after it on its line: `Line`'s own. */
  kinBefore: Channel | undefined;
  kinAfter: Channel | undefined;
  state: number;
  readonly createdPbxMs: number;
  readonly createdAtMs: number;
  /** Offered to the exchange from outside it (a trunk's or a phone's own call), not dialled by it. */
  readonly inbound: boolean;
  readonly callerNumber: string;
  bridge: Bridge | undefined;
  /** Who dialled this leg, and with what; undefined for calls nobody here dialled. */
  diallerId: string | undefined;
  /** The same as a channel, while that is known. */
  dialler: Channel | undefined;
  dialString: string;
  /** What it dials itself. */
  legs: Channel[] | undefined;
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
  /** The open call whose caller this is; `Calls`' own. */
  call: Call | undefined;
  /** The calls in which this person talks, or which it just left: two callers in a conference; `parting`'s own. */
  talkers: readonly Call[];
  /** Taken out for good: whoever still has it knows no more of it than those who look for it. */
  forgotten: boolean;
  /** Exchange's instant of the last event about it: a snapshot older than this may not overrule it. */
  touchedPbxMs: number;
}

/**
 * Which channels live, who is bridged with whom, who dialled whom: the ground on which calls and seats stand.
 * One owner (the pipeline) applies each event once, before the reducers read it.
 */
export class Channels {
  readonly #byId = new Map<string, Channel>();
  /** Halves of Local channels, which find each other by name. */
  readonly #halves = new Map<string, Channel>();
  readonly #lines = new Lines();
  readonly #bridges = new Bridges();
  readonly #ended = new EndedChannels();
  /** What was asked for last: each reader of an event asks for the same channel. */
  #askedId = '';
  #asked: Channel | undefined;

  get size(): number {
    return this.#byId.size;
  }
  all(): MapIterator<Channel> {
    return this.#byId.values();
  }
  get(uniqueid: string): Channel | undefined {
    if (uniqueid === this.#askedId) return this.#asked;
    this.#askedId = uniqueid;
    this.#asked = this.#byId.get(uniqueid);
    return this.#asked;
  }
  /** Live channels of one phone or trunk. */
  ofInterface(name: string): Iterable<Channel> & { readonly size: number } {
    return this.#lines.of(name) ?? NONE;
  }
  /** From now on the most live channels at once is remembered of these interfaces; of those it was already, it stays. */
  watchPeaks(interfaces: readonly string[]): void {
    this.#lines.watch(interfaces);
  }
  peakOf(name: string): number {
    return this.#lines.of(name)?.peak ?? 0;
  }
  /** True when its Hangup was seen lately: a list read before it may still name it. */
  isGone(uniqueid: string): boolean {
    return this.#ended.has(uniqueid);
  }

  /** Applies what the event says of channels; other events are ignored. A gone channel is still readable until `forget`. */
  apply(event: PbxEvent): void {
    switch (event.type) {
      case 'channel-created':
        if (event.uniqueid !== '' && !this.get(event.uniqueid) && !this.#ended.has(event.uniqueid)) {
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
        this.#bridges.enter(channel, event.bridge, holding);
        break;
      }
      case 'bridge-left': {
        const channel = this.#touch(event, event);
        if (channel?.bridge?.id === event.bridge) this.#bridges.leave(channel);
        break;
      }
      case 'channel-gone': {
        const channel = this.get(event.uniqueid);
        if (!channel) break;
        channel.gone = true;
        if (channel.bridge) channel.bridge.ends = undefined;
        break;
      }
      default:
        break;
    }
  }

  /** Takes a channel out for good; `apply` of its Hangup does not, so that the reducers may still read it. */
  forget(uniqueid: string, pbxMs: number): void {
    this.#ended.add(uniqueid, pbxMs);
    const channel = this.get(uniqueid);
    if (!channel) return;
    this.#bridges.leave(channel);
    this.#byId.delete(uniqueid);
    this.#asked = undefined;
    channel.forgotten = true;
    this.#unindex(channel);
    this.#undial(channel);
    for (const leg of channel.legs ?? []) leg.dialler = undefined;
  }

  /** A line of a snapshot of a channel never seen to begin. */
  takeUp(line: ChannelLine, at: Stamp): Channel {
    const pbxMs = creationOfListed(line.uniqueid, at.pbxMs - line.ageMs);
    return this.#add(
      line,
      { pbxMs, atMs: at.atMs - (at.pbxMs - pbxMs) },
      {
        state: line.state,
        inbound: line.dialledNumber !== '' && !isLocalName(line.channel),
        callerNumber: line.callerNumber,
      },
    );
  }

  /** A channel that the last run knew, as if the link had been lost since. */
  takeBack(ref: ChannelRef, at: Stamp, said: Pick<Channel, 'state' | 'inbound'>): Channel {
    const channel = this.#add(ref, at, { ...said, callerNumber: '' });
    channel.admitted = said.inbound;
    channel.touchedPbxMs = -Infinity;
    return channel;
  }
  /** By whom that one was dialled, once all are back. */
  takeBackDial(dialled: Channel, diallerId: string, dialString: string): void {
    this.#dial(dialled, diallerId, dialString);
  }

  /** Puts a known channel into the state and bridge that a snapshot shows; true when that changed anything. */
  correct(channel: Channel, line: ChannelLine): boolean {
    const before = channel.bridge?.id ?? '';
    const stateBefore = channel.state;
    if (line.channel !== channel.name) this.#rename(channel, line.channel);
    this.#setState(channel, line.state);
    if (before !== line.bridge) {
      if (line.bridge === '') this.#bridges.leave(channel);
      else this.#bridges.enter(channel, line.bridge, isHoldingApplication(line.application));
    }
    return before !== line.bridge || stateBefore !== line.state;
  }

  /** Forgets ends that no list can name any more; the exchange's clock may have been set back or forward meanwhile. */
  sweep(nowPbxMs: number): void {
    this.#ended.sweep(nowPbxMs);
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
    return this.#byId.size + this.#halves.size + this.#lines.inUse + this.#bridges.size;
  }

  otherHalfOf(channel: Channel): Channel | undefined {
    return channel.otherName === '' ? undefined : this.#halves.get(channel.otherName);
  }
  /** Who is left in a bridge; empty when it is gone. */
  membersOf(bridge: string): readonly Channel[] {
    return this.#bridges.membersOf(bridge);
  }

  /**
   * All ends of the talk that `channel` is in, through Local halves, itself included; empty when it talks to nobody.
   * Asked again in one bridge without Local halves, the same array.
   */
  talkOf(channel: Channel): readonly Channel[] {
    const { bridge } = channel;
    if (!bridge || bridge.holding) return NOBODY;
    if (bridge.ends) return bridge.ends;
    const ends: Channel[] = [];
    let leadsOn = false;
    const seen: Bridge[] = [];
    const open = [bridge];
    for (let next = open.pop(); next; next = open.pop()) {
      if (next.holding || seen.includes(next)) continue;
      seen.push(next);
      for (const member of next.members) {
        leadsOn ||= member.isLocal;
        if (member.gone) continue;
        if (!member.isLocal) ends.push(member);
        else {
          const half = this.otherHalfOf(member);
          if (half?.bridge && !half.gone) open.push(half.bridge);
        }
      }
    }
    if (!leadsOn) bridge.ends = ends;
    return ends;
  }

  /**
   * The channel at the root of a dial: follows who dialled whom, through Local halves, up to a channel that nobody
   * dialled. A bounded walk: a forged loop ends.
   */
  rootOf(channel: Channel): Channel {
    let root = channel;
    for (let steps = 0; steps < MOST_DIALLERS; steps++) {
      const next = this.#diallerOf(root);
      if (!next || next === root) break;
      root = next;
    }
    return root;
  }

  /** Whoever dialled it, who dialled that one, and so on, Local halves among them. */
  diallersOf(channel: Channel): Channel[] {
    const diallers: Channel[] = [];
    let current = channel;
    for (let steps = 0; steps < MOST_DIALLERS; steps++) {
      const next = this.#diallerOf(current);
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
      if (half?.legs) open.push(...half.legs);
    }
    return ends;
  }

  /** One step up a dial. Who dialled may be told of before, or after, the channel that did. */
  #diallerOf(channel: Channel): Channel | undefined {
    const { dialler, diallerId } = channel;
    if (dialler) return dialler;
    const named = diallerId === undefined ? undefined : this.#byId.get(diallerId);
    return named ?? (channel.isLocal && channel.name.endsWith(';2') ? this.otherHalfOf(channel) : undefined);
  }

  #dial(dialled: Channel, diallerId: string, dialString: string): void {
    const rang = dialled.state === CHANNEL_RINGING || dialled.rangSomebody;
    this.#undial(dialled);
    dialled.diallerId = diallerId || undefined;
    dialled.dialString = dialString;
    const dialler = diallerId === '' ? undefined : this.#byId.get(diallerId);
    dialled.dialler = dialler;
    if (dialler?.legs) dialler.legs.push(dialled);
    else if (dialler) dialler.legs = [dialled];
    const root = this.rootOf(dialled);
    if (rang && root !== dialled) root.rangSomebody = true;
  }

  #undial(channel: Channel): void {
    const legs = channel.dialler?.legs;
    if (legs) legs.splice(legs.indexOf(channel), 1);
    channel.dialler = undefined;
  }

  #add(ref: ChannelRef, at: Stamp, said: { state: number; inbound: boolean; callerNumber: string }): Channel {
    const channel = newChannel(ref, at, said);
    this.#byId.set(channel.uniqueid, channel);
    this.#askedId = channel.uniqueid;
    this.#asked = channel;
    this.#index(channel, ref.channel, false);
    return channel;
  }

  #index(channel: Channel, name: string, renamed: boolean): void {
    channel.name = name;
    channel.isLocal = isLocalName(name);
    channel.otherName = channel.isLocal ? otherHalf(name) : '';
    if (channel.isLocal) this.#halves.set(name, channel);
    const line = this.#lines.add(channel, lineOf(name), renamed);
    channel.line = line;
    channel.interface = line.interface;
  }

  #unindex(channel: Channel): void {
    if (channel.isLocal && this.#halves.get(channel.name) === channel) this.#halves.delete(channel.name);
    if (channel.line) this.#lines.remove(channel, channel.line);
    channel.line = undefined;
  }

  /** A masquerade swaps names with no event (asterisk-facts 1.11); the next event or list shows the new one. */
  #rename(channel: Channel, name: string): void {
    this.#unindex(channel);
    this.#index(channel, name, true);
    if (channel.bridge) channel.bridge.ends = undefined;
  }

  #touch(ref: ChannelRef, at: Stamp): Channel | undefined {
    const channel = this.get(ref.uniqueid);
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
}

/** `ChannelState` 4, "Ring": what a channel is created in when somebody outside calls us (channel.h AST_STATE_RING). */
const INBOUND_OFFER = 4;
/** A walk up who dialled whom ends: a forged loop does not. */
const MOST_DIALLERS = 16;
const NONE: ReadonlySet<Channel> = new Set();
const NOBODY: readonly Channel[] = [];
const isHoldingApplication = (application: string): boolean =>
  application === 'Park' || application === 'ParkAndAnnounce' || application === 'BridgeWait';
