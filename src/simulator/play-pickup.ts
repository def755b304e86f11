import { SEATS_CONTEXT, seatOf } from './company.ts';
import { type Channel, channelHeaders, STATE } from './channel.ts';
import type { Floor, Leg } from './play-ring.ts';
import type { Answered } from './play-stage.ts';
import type { Entry } from './queue-desk.ts';

/** A colleague dials the code that takes what rings on the phone of `rung`. */
export const dialPickup = (floor: Floor, picker: string, rung: string): Channel =>
  dialService(floor, picker, `*8${seatOf(rung).extension}`);

/** A seat dials something that the exchange itself answers at once. */
export function dialService(floor: Floor, seat: string, code: string): Channel {
  const { exchange } = floor;
  const { extension } = seatOf(seat);
  const channel = exchange.create({
    device: seat,
    state: STATE.ring,
    context: SEATS_CONTEXT,
    extension: code,
    callerNumber: extension,
    callerName: `Seat ${extension}`,
    dialled: code,
  });
  exchange.setState(channel, STATE.up);
  return channel;
}

/**
 * The colleague's channel takes the place of the rung phone's by a masquerade, of which no event tells: the queue's
 * own events go on as if the member had answered, with another channel (as recorded).
 */
export function pickUpElsewhere(
  floor: Floor,
  caller: Channel,
  entry: Entry,
  taken: { readonly rung: Leg; readonly picker: string; readonly channel: Channel; readonly ringMs: number },
): Answered | undefined {
  const { exchange, desk } = floor;
  const { rung, picker, channel, ringMs } = taken;
  const { member } = rung;
  if (!member) return undefined;
  exchange.emit('call', 'Pickup', [...channelHeaders(channel), ...channelHeaders(rung.phone, 'Target')]);
  caller.connectedNumber = channel.callerNumber;
  caller.connectedName = channel.callerName;
  channel.extension = '1';
  const holdS = Math.floor(exchange.clockMs / 1000) - Math.floor(entry.joinedMs / 1000);
  desk.leave(member.queue.settings.name, entry);
  desk.agentConnect(member, entry, channel, ringMs);
  exchange.hangup(rung.phone, 26);
  return { leg: { ...rung, seat: picker, facing: channel, phone: channel, inner: undefined }, holdS };
}
