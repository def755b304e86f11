import { SEATS_CONTEXT } from './company.ts';
import type { Channel } from './channel.ts';
import { PARKING_LOT, PARKING_MS, type Parked } from './parking-lot.ts';
import type { ParkingPlan } from './plan.ts';
import { dialService } from './play-pickup.ts';
import { dropLeg, type Floor, type Script } from './play-ring.ts';
import { talkToSecondSeat } from './play-second-seat.ts';
import { completeTalk, type Talk } from './talk.ts';
import { BLIND_DIAL_MS, FETCH_MS, PLACE_SAID_MS } from './timing.ts';
import { tellBlindTransfer } from './transfer-events.ts';

/** What a seat dials to park its caller. */
const PARK_EXTENSION = '700';

/**
 * The seat parks its caller by a feature code, which is a blind transfer, and hears the number of the place before its
 * own line ends (parking_bridge_features.c, recorded).
 */
export function* playParking(floor: Floor, caller: Channel, talk: Talk, plan: ParkingPlan): Script {
  const { exchange, lot } = floor;
  const { leg } = talk.answered;
  exchange.setHold(leg.facing, true);
  yield BLIND_DIAL_MS;
  exchange.setHold(leg.facing, false);
  tellBlindTransfer(exchange, leg.facing, caller, { context: SEATS_CONTEXT, extension: PARK_EXTENSION })();
  completeTalk(floor, caller, talk, 'transfer');
  const parked = lot.park(caller, leg.seat);
  exchange.leave(caller);
  lot.receive(parked);
  yield PLACE_SAID_MS;
  dropLeg(exchange, leg, 16);
  yield plan.parkedMs - PLACE_SAID_MS - (plan.end === 'fetched' ? FETCH_MS : 0);
  if (plan.end === 'fetched') yield* playFetch(floor, parked, plan);
  else if (plan.end === 'timed-out') yield* playReturn(floor, parked, plan);
  else {
    exchange.hangupRequest(caller);
    lot.giveUp(parked);
    exchange.hangup(caller, 16);
  }
}

/** Somebody dials the place and has its caller. */
function* playFetch(floor: Floor, parked: Parked, plan: ParkingPlan): Script {
  const { exchange, lot } = floor;
  const { caller, place } = parked;
  const fetcher = dialService(floor, plan.by, String(place));
  exchange.step(fetcher, SEATS_CONTEXT, String(place), 'ParkedCall', `${PARKING_LOT},${place}`);
  yield FETCH_MS;
  lot.release(parked);
  const bridge = exchange.newBridge();
  exchange.enter(caller, bridge);
  exchange.enter(fetcher, bridge);
  lot.unparked(parked, fetcher);
  yield plan.talkMs;
  const [first, second] = plan.endedBy === 'caller' ? [caller, fetcher] : [fetcher, caller];
  exchange.hangupRequest(first);
  exchange.leave(first);
  exchange.leave(second);
  exchange.hangup(fetcher, 16);
  exchange.hangup(caller, 16);
}

/** Nobody has come: the exchange rings who parked the caller, by an extension it makes for that. */
function* playReturn(floor: Floor, parked: Parked, plan: ParkingPlan): Script {
  const { exchange, lot } = floor;
  const { caller, parker } = parked;
  lot.timeOut(parked);
  // As after a transfer, the new place is told with the application it comes from (recorded).
  exchange.step(caller, 'park-dial', parker.replace('/', '_'), caller.application, caller.data);
  exchange.dialAfterTransfer(caller, `${parker},${PARKING_MS / 1000}`);
  yield* talkToSecondSeat(floor, caller, { ...plan, to: plan.by });
}
