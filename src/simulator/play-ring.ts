import { SEATS_CONTEXT, seatOf } from './company.ts';
import { type Bridge, type Channel, STATE } from './channel.ts';
import type { Exchange } from './exchange.ts';
import type { ParkingLot } from './parking-lot.ts';
import { LOCAL_CONTEXT, type Posts } from './posts.ts';
import type { Member, QueueDesk } from './queue-desk.ts';

/** Plays one thing that takes time: yields how long to wait, in ms, until it goes on. */
export type Script<T = void> = Generator<number, T, void>;

/** The exchange, its queues and its parking lot, as a script needs them. */
export interface Floor {
  readonly exchange: Exchange;
  readonly desk: QueueDesk;
  readonly lot: ParkingLot;
  readonly posts: Posts;
}

/** One phone being rung for a caller. */
export interface Leg {
  readonly seat: string;
  /** The channel the caller's side dials: the phone's own, or the outer half of a Local pair. */
  readonly facing: Channel;
  /** The half of the Local pair that dials the phone; undefined where the phone is dialled directly. */
  readonly inner: Channel | undefined;
  phone: Channel;
  readonly dialString: string;
  readonly member: Member | undefined;
  innerBridge: Bridge | undefined;
}

/** Rings a phone for a queue, through a Local pair where that is how the member is configured. */
export function ringMember(floor: Floor, caller: Channel, member: Member): Leg {
  const { exchange, desk } = floor;
  const viaLocal = member.interface.startsWith('Local/');
  const leg = viaLocal
    ? openLocalLeg(exchange, caller, member)
    : openDirectLeg(exchange, caller, member.stateInterface, member);
  desk.agentCalled(member, caller, leg.facing);
  exchange.dialBegin(caller, leg.facing, leg.dialString);
  if (leg.inner) dialInner(exchange, leg, leg.inner);
  return leg;
}

/** Rings a phone by a `Dial` of the dialplan. */
export function ringPhone(exchange: Exchange, caller: Channel, seat: string): Leg {
  const [leg] = ringGroup(exchange, caller, [seat]);
  if (!leg) throw new Error('a group of one has a leg');
  return leg;
}

/** `Dial` makes all channels first and dials them then (recorded). */
export function ringGroup(exchange: Exchange, caller: Channel, seats: readonly string[]): readonly Leg[] {
  const legs = seats.map((seat) => openDirectLeg(exchange, caller, seat, undefined));
  for (const leg of legs) exchange.dialBegin(caller, leg.facing, leg.dialString);
  return legs;
}

function openDirectLeg(exchange: Exchange, caller: Channel, seat: string, member: Member | undefined): Leg {
  const phone = openPhone(exchange, caller, seat);
  return {
    seat,
    facing: phone,
    inner: undefined,
    phone,
    dialString: member ? seat : seat.slice('PJSIP/'.length),
    member,
    innerBridge: undefined,
  };
}

function openPhone(exchange: Exchange, caller: Channel, seat: string): Channel {
  return exchange.create({
    device: seat,
    state: STATE.down,
    context: SEATS_CONTEXT,
    extension: 's',
    callerNumber: seatOf(seat).extension,
    callerName: `Seat ${seatOf(seat).extension}`,
    connectedNumber: caller.callerNumber,
    parent: caller,
  });
}

function openLocalLeg(exchange: Exchange, caller: Channel, member: Member): Leg {
  const { extension } = seatOf(member.stateInterface);
  const { outer, inner } = exchange.createLocal({
    context: LOCAL_CONTEXT,
    extension,
    callerNumber: extension,
    connectedNumber: caller.callerNumber,
    parent: caller,
  });
  // The phone's channel is made by the inner half's Dial, a moment after the queue has dialled the outer one.
  return {
    seat: member.stateInterface,
    facing: outer,
    inner,
    phone: outer,
    dialString: member.interface,
    member,
    innerBridge: undefined,
  };
}

function dialInner(exchange: Exchange, leg: Leg, inner: Channel): void {
  const { extension } = seatOf(leg.seat);
  exchange.dial(inner, LOCAL_CONTEXT, extension, `${leg.seat},30`);
  leg.phone = openPhone(exchange, inner, leg.seat);
  exchange.dialBegin(inner, leg.phone, leg.seat.slice('PJSIP/'.length));
}

/** The phone says 180 Ringing. */
export function startRinging(exchange: Exchange, leg: Leg): void {
  exchange.setState(leg.phone, STATE.ringing);
  if (leg.inner) exchange.setState(leg.facing, STATE.ringing);
}

/** The phone is picked up: everything up to the caller's side of the dialling. */
export function pickUp(exchange: Exchange, caller: Channel, leg: Leg): void {
  exchange.setState(leg.phone, STATE.up);
  if (leg.inner) {
    exchange.setVariable(leg.inner, 'DIALSTATUS', 'ANSWER');
    exchange.dialEnd(leg.inner, leg.phone, 'ANSWER');
    exchange.setState(leg.inner, STATE.up);
    exchange.setState(leg.facing, STATE.up);
  }
  caller.connectedNumber = leg.phone.callerNumber;
  caller.connectedName = leg.phone.callerName;
  exchange.dialEnd(caller, leg.facing, 'ANSWER');
  if (leg.inner) {
    leg.innerBridge = exchange.newBridge();
    exchange.enter(leg.phone, leg.innerBridge);
    exchange.enter(leg.inner, leg.innerBridge);
  }
}

/** Takes the channels of a leg away, whether it rings or talks. */
export function dropLeg(exchange: Exchange, leg: Leg, cause: number): void {
  const { inner, phone } = leg;
  if (!inner) {
    exchange.hangup(leg.facing, cause);
    return;
  }
  const talked = phone.state === STATE.up;
  exchange.hangupRequest(inner, cause);
  exchange.hangup(leg.facing, cause);
  if (!talked) exchange.dialEnd(inner, phone, 'CANCEL');
  exchange.leave(inner);
  exchange.leave(phone);
  exchange.setVariable(inner, 'DIALSTATUS', talked ? 'ANSWER' : 'CANCEL');
  exchange.hangup(inner, cause);
  exchange.hangup(phone, cause);
}
