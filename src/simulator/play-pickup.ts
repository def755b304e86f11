import { SEATS_CONTEXT, seatOf } from './company.ts';
import { type Channel, channelHeaders, STATE } from './channel.ts';
import { dropLeg, type Floor, type Leg } from './play-ring.ts';
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

/** A phone that rings, and the colleague who takes its call. */
interface Taken {
  readonly rung: Leg;
  readonly picker: string;
  readonly channel: Channel;
}

/**
 * The colleague's channel takes the place of the rung phone's by a masquerade, of which no event tells: the queue's
 * own events go on as if the member had answered, with another channel (as recorded).
 */
export function pickUpElsewhere(
  floor: Floor,
  caller: Channel,
  entry: Entry,
  taken: Taken & { readonly ringMs: number },
): Answered | undefined {
  const { exchange, desk } = floor;
  const { rung, channel, ringMs } = taken;
  const { member } = rung;
  if (!member) return undefined;
  tellPickup(floor, taken);
  takePlace(caller, channel, '1');
  const holdS = Math.floor(exchange.clockMs / 1000) - Math.floor(entry.joinedMs / 1000);
  desk.leave(member.queue.settings.name, entry);
  desk.agentConnect(member, entry, channel, ringMs);
  exchange.hangup(rung.phone, 26);
  return { leg: legOf(taken), holdS };
}

/** The same where no queue but the dialplan rings the phone, which goes on with the other channel. */
export function pickUpDialled(floor: Floor, caller: Channel, taken: Taken, losers: readonly Leg[]): Answered {
  const { exchange } = floor;
  const { rung, channel } = taken;
  for (const leg of losers) {
    exchange.dialEnd(caller, leg.facing, 'CANCEL');
    dropLeg(exchange, leg, 26);
  }
  exchange.setVariable(caller, 'DIALSTATUS', 'ANSWER');
  exchange.dialEnd(caller, channel, 'ANSWER');
  exchange.setState(caller, STATE.up);
  tellPickup(floor, taken);
  takePlace(caller, channel, '');
  exchange.hangup(rung.phone, 26);
  return { leg: legOf(taken), holdS: 0 };
}

function tellPickup({ exchange }: Floor, { rung, channel }: Taken): void {
  exchange.emit('call', 'Pickup', [...channelHeaders(channel), ...channelHeaders(rung.phone, 'Target')]);
}

/** What the masquerade leaves behind: the place of a phone that was dialled, under the colleague's name. */
function takePlace(caller: Channel, channel: Channel, extension: string): void {
  caller.connectedNumber = channel.callerNumber;
  caller.connectedName = channel.callerName;
  channel.extension = extension;
}

const legOf = ({ rung, picker, channel }: Taken): Leg => ({
  ...rung,
  seat: picker,
  facing: channel,
  phone: channel,
  inner: undefined,
});
