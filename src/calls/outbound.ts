import { CHANNEL_UP, type Snapshot, type Stamp } from '../ami/pbx-event.ts';
import { CallerNumber } from './caller-number.ts';
import type { Channel } from './channels.ts';
import type { CallsContext } from './context.ts';
import { outboundShown } from './outbound-picture.ts';

/** A seat's own call to a number outside. Mutated by its `OutboundCalls` only. */
export interface Outbound {
  readonly seatChannel: Channel;
  readonly seat: string;
  readonly agent: string;
  /** The leg on the trunk: the last that was tried, or the one that answered; undefined where it was gone at a restart. */
  leg: Channel | undefined;
  /** '' where only the journal knows it, which was told of it before a restart. */
  number: string;
  answered: Stamp | undefined;
  /** A far end may have answered while nobody heard. */
  perhapsAnswered: boolean;
  legEndedPbxMs: number | undefined;
  /** Until when the exchange was heard, where its end was not. */
  heardUntilPbxMs: number | undefined;
}

/**
 * Calls of seats to numbers outside, told when they are over: what closes a call-back (norm.md section 4). Those are
 * meant that a seat's own channel dials itself on a trunk: not a queue's or another caller's leg, no phone that is
 * forwarded (a Local channel dials on for it), no line to another exchange, no phone that is no seat. The number is
 * the one that the trunk was given: outside-line prefixes are gone from it, and calls that were not dialled by hand
 * (Originate) have it too.
 */
export class OutboundCalls {
  /** By the seat's channel. */
  readonly #calls = new Map<string, Outbound>();
  /** By the leg's. */
  readonly #byLeg = new Map<string, Outbound>();

  get size(): number {
    return this.#calls.size;
  }

  /** The call that a seat makes on this channel, or that this is the leg of. */
  of(uniqueid: string): Outbound | undefined {
    return this.#calls.get(uniqueid) ?? this.#byLeg.get(uniqueid);
  }

  begin(context: CallsContext, dialled: Channel): void {
    const seatChannel = dialled.dialler;
    const number = seatChannel && context.parties.outsideNumber(dialled);
    if (seatChannel && number !== undefined) this.#dial(context, seatChannel, dialled, number);
  }

  /** DialEnd ANSWER: the far end is there. */
  answer(context: CallsContext, diallerId: string, dialledId: string, at: Stamp): void {
    const call = this.#calls.get(diallerId);
    if (call?.leg?.uniqueid === dialledId) answer(context, call, at);
  }

  /** A channel is gone: the far end's, or the seat's, which ends the call; `unheard`: sometime before `at`. */
  end(context: CallsContext, channel: Channel, at: Stamp, unheard = false): void {
    if (this.#calls.size === 0) return;
    const own = this.#calls.get(channel.uniqueid);
    if (own) {
      this.#calls.delete(channel.uniqueid);
      this.#setLeg(own, undefined);
      tell(context, own, at, unheard);
      return;
    }
    const call = this.#byLeg.get(channel.uniqueid);
    if (call) call.legEndedPbxMs ??= endOf(call, at, unheard);
  }

  loseSight(lastHeard: Stamp): void {
    for (const call of this.#calls.values()) {
      call.heardUntilPbxMs = lastHeard.pbxMs;
      call.perhapsAnswered ||= call.answered === undefined;
    }
  }

  /** What still lives is heard again; who is found talking was answered, from now on for all we know. */
  reconcile(context: CallsContext, snapshot: Snapshot): void {
    if (snapshot.purpose === 'resync') {
      for (const { seatChannel, leg, number } of outboundShown(context, snapshot)) {
        const known = this.#calls.get(seatChannel.uniqueid);
        // Of one that went on, the journal alone may know the number.
        if (known?.leg === leg && known.number === '') known.number = number;
        if (known?.leg && !known.leg.forgotten) continue;
        const call = this.#dial(context, seatChannel, leg, number);
        if (call && call.answered === undefined) call.perhapsAnswered = true;
      }
    }
    for (const call of this.#calls.values()) {
      call.heardUntilPbxMs = undefined;
      const { leg, seatChannel } = call;
      if (!leg || leg.forgotten) continue;
      if (leg.state !== CHANNEL_UP) call.perhapsAnswered = false;
      else if (leg.bridge && leg.bridge === seatChannel.bridge) answer(context, call, snapshot);
    }
  }

  /** Goes on with one of the last run. */
  takeBack(call: Outbound): void {
    const { seatChannel, leg } = call;
    if (this.#calls.has(seatChannel.uniqueid)) return;
    this.#calls.set(seatChannel.uniqueid, call);
    this.#setLeg(call, leg);
  }

  #dial(context: CallsContext, seatChannel: Channel, leg: Channel, number: string): Outbound | undefined {
    if (seatChannel.isLocal || seatChannel.diallerId !== undefined || seatChannel.call) return undefined;
    if (context.parties.partyOf(seatChannel) !== 'seat') return undefined;
    const seat = context.names.seatOf(seatChannel.interface);
    if (seat === undefined) return undefined;
    const known = this.#calls.get(seatChannel.uniqueid);
    if (known === undefined) {
      const agent = context.names.agentOf(seat);
      const unheard = { answered: undefined, legEndedPbxMs: undefined, heardUntilPbxMs: undefined };
      const call = { seatChannel, seat, agent, leg, number, perhapsAnswered: false, ...unheard };
      this.takeBack(call);
      return call;
    }
    if (known.answered === undefined) {
      this.#setLeg(known, leg);
      known.number = number;
      known.legEndedPbxMs = undefined;
    }
    return known;
  }

  #setLeg(call: Outbound, leg: Channel | undefined): void {
    if (call.leg) this.#byLeg.delete(call.leg.uniqueid);
    if (leg) this.#byLeg.set(leg.uniqueid, call);
    call.leg = leg;
  }
}

/**
 * The number is told to the journal at once, which seals it: a restart finds it there and nowhere else (norm.md
 * section 7).
 */
function answer(context: CallsContext, call: Outbound, { pbxMs, atMs }: Stamp): void {
  if (call.answered) return;
  call.answered = { pbxMs, atMs };
  if (call.number === '') return;
  const { uniqueid } = call.seatChannel;
  context.emit({
    type: 'caller-heard',
    id: `${context.pbx}/${uniqueid}/caller`,
    pbx: context.pbx,
    uniqueid,
    hotline: '',
    number: new CallerNumber(call.number),
    atMs,
  });
}

/** Where nobody heard it: no later than the exchange was last heard, for a talk is not made longer by a guess. */
const endOf = ({ heardUntilPbxMs }: Outbound, at: Stamp, unheard: boolean): number =>
  unheard ? (heardUntilPbxMs ?? at.pbxMs) : at.pbxMs;

function tell(context: CallsContext, call: Outbound, at: Stamp, unheard: boolean): void {
  const { seatChannel, answered } = call;
  // Whether the far end answered while nobody heard is not known, and nothing is said of it.
  if (!answered && call.perhapsAnswered) return;
  const untilPbxMs = call.legEndedPbxMs ?? endOf(call, at, unheard);
  context.emit({
    type: 'outbound-ended',
    id: `${context.pbx}/${seatChannel.uniqueid}/outbound`,
    pbx: context.pbx,
    uniqueid: seatChannel.uniqueid,
    seat: call.seat,
    agent: call.agent,
    number: new CallerNumber(call.number),
    startedAtMs: seatChannel.createdAtMs,
    answered: answered !== undefined,
    talkMs: answered ? Math.max(0, untilPbxMs - answered.pbxMs) : 0,
    atMs: at.atMs,
  });
}
