import { CHANNEL_UP, type Snapshot, type Stamp } from '../ami/pbx-event.ts';
import { CallerNumber } from './caller-number.ts';
import type { Channel } from './channels.ts';
import type { CallsContext } from './context.ts';

/** A seat's own call to a number outside. */
interface Outbound {
  readonly seatChannel: Channel;
  readonly seat: string;
  readonly agent: string;
  /** The leg on the trunk: the last that was tried, or the one that answered. */
  leg: Channel;
  number: string;
  answeredPbxMs: number | undefined;
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

  get size(): number {
    return this.#calls.size;
  }

  begin(context: CallsContext, dialled: Channel): void {
    const seatChannel = dialled.dialler;
    if (!seatChannel || seatChannel.isLocal || seatChannel.diallerId !== undefined || seatChannel.call)
      return;
    const number = context.parties.outsideNumber(dialled);
    if (number === undefined || context.parties.partyOf(seatChannel) !== 'seat') return;
    const seat = context.names.seatOf(seatChannel.interface);
    if (seat === undefined) return;
    const known = this.#calls.get(seatChannel.uniqueid);
    if (known === undefined) {
      const agent = context.names.agentOf(seat);
      const unheard = { answeredPbxMs: undefined, legEndedPbxMs: undefined, heardUntilPbxMs: undefined };
      this.#calls.set(seatChannel.uniqueid, { seatChannel, seat, agent, leg: dialled, number, ...unheard });
    } else if (known.answeredPbxMs === undefined) {
      known.leg = dialled;
      known.number = number;
      known.legEndedPbxMs = undefined;
    }
  }

  /** DialEnd ANSWER: the far end is there. */
  answer(diallerId: string, dialledId: string, at: Stamp): void {
    const call = this.#calls.get(diallerId);
    if (call?.leg.uniqueid === dialledId) call.answeredPbxMs ??= at.pbxMs;
  }

  /** A channel is gone: the far end's, or the seat's, which ends the call; `unheard`: sometime before `at`. */
  end(context: CallsContext, channel: Channel, at: Stamp, unheard = false): void {
    if (this.#calls.size === 0) return;
    const own = this.#calls.get(channel.uniqueid);
    if (own) {
      this.#calls.delete(channel.uniqueid);
      tell(context, own, at, unheard);
      return;
    }
    const call = this.#calls.get(channel.diallerId ?? '');
    if (call?.leg === channel) call.legEndedPbxMs = endOf(call, at, unheard);
  }

  loseSight(lastHeard: Stamp): void {
    for (const call of this.#calls.values()) call.heardUntilPbxMs = lastHeard.pbxMs;
  }

  /** What still lives is heard again; who is found talking was answered, from now on for all we know. */
  reconcile(snapshot: Snapshot): void {
    for (const call of this.#calls.values()) {
      call.heardUntilPbxMs = undefined;
      const { bridge, state } = call.leg;
      if (state === CHANNEL_UP && bridge && bridge === call.seatChannel.bridge)
        call.answeredPbxMs ??= snapshot.pbxMs;
    }
  }
}

/** Where nobody heard it: no later than the exchange was last heard, for a talk is not made longer by a guess. */
const endOf = ({ heardUntilPbxMs }: Outbound, at: Stamp, unheard: boolean): number =>
  unheard ? (heardUntilPbxMs ?? at.pbxMs) : at.pbxMs;

function tell(context: CallsContext, call: Outbound, at: Stamp, unheard: boolean): void {
  const { seatChannel, answeredPbxMs, heardUntilPbxMs } = call;
  const answered = answeredPbxMs !== undefined;
  // Whether the far end answered while nobody heard is not known, and nothing is said of it.
  if (!answered && heardUntilPbxMs !== undefined) return;
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
    answered,
    talkMs: answered ? Math.max(0, untilPbxMs - answeredPbxMs) : 0,
    atMs: at.atMs,
  });
}
