import type { Channel } from '../calls/channels.ts';
import { maskNumber } from '../lib/mask.ts';
import { companyOf, type Leg } from './leg.ts';
import { leads, type Seat } from './seat.ts';
import type { Surroundings } from './surroundings.ts';

/** The call a seat is on. */
export interface SeatCall {
  /** Of its caller, where that is one of a hotline or queue from outside; ''. */
  readonly uniqueid: string;
  /** Number of whom it talks to, rings for or dials, masked; '' where none came. */
  readonly caller: string;
  readonly direction: 'in' | 'out';
}

/** Undefined where it is on none. */
export function callOf(seat: Seat, around: Surroundings): SeatCall | undefined {
  let leading: Leg | undefined;
  for (const leg of seat.legs) if (leads(leg, leading)) leading = leg;
  if (leading === undefined || leading.listensTo !== '') return undefined;
  const end = otherEnd(leading, around);
  if (end === undefined) return leading.phase === 'dialling' ? NOBODY_YET : undefined;
  const caller = around.busy(end.uniqueid);
  const isOurs = caller !== undefined && caller.busyWith !== 'internal';
  return {
    uniqueid: isOurs ? end.uniqueid : '',
    caller: maskNumber(end.inbound ? end.callerNumber : dialledNumber(end)),
    direction: end.inbound ? 'in' : 'out',
  };
}

/** Off the hook, and nothing is dialled. */
const NOBODY_YET: SeatCall = Object.freeze({ uniqueid: '', caller: '', direction: 'out' });

function otherEnd(leg: Leg, around: Surroundings): Channel | undefined {
  const { channel } = leg;
  switch (leg.phase) {
    case 'ringing': {
      const root = around.channels.rootOf(channel);
      return root === channel ? undefined : root;
    }
    case 'dialling':
      return channel.legs?.find((one) => !one.gone);
    case 'talking':
    case 'on-hold': {
      const company = companyOf(leg, around) ?? [];
      // The same who names the talk: a caller of ours first, then an outside line, then a colleague.
      const ours = company.find((end) => {
        const caller = around.busy(end.uniqueid);
        return caller !== undefined && caller.busyWith !== 'internal';
      });
      return ours ?? company.find((end) => around.isTrunk(end)) ?? company[0];
    }
    case 'none':
      return undefined;
  }
}

/** An outgoing channel shows the number it was dialled with (`13800130001@carrier`), or is a phone with one of its own. */
const dialledNumber = ({ dialString, callerNumber }: Channel): string =>
  /^\D*(\d{5,})/.exec(dialString.split('@')[0] ?? '')?.[1] ?? callerNumber;
