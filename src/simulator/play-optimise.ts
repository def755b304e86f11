import type { Bridge } from './channel.ts';
import type { Floor, Leg, Script } from './play-ring.ts';
import { OPTIMISE_MS } from './timing.ts';

/**
 * Where a member is a Local pair without `/n`, the phone takes the pair's place with the caller once media flow, and the
 * pair hangs up while the talk goes on (core_unreal.c, recorded). Answers the leg as it is from then on.
 */
export function* optimiseAway(floor: Floor, leg: Leg, bridge: Bridge): Script<Leg> {
  const { exchange } = floor;
  const { facing, inner, phone } = leg;
  if (!inner || leg.dialString.endsWith('/n')) return leg;
  yield OPTIMISE_MS;
  exchange.leave(phone);
  exchange.leave(facing);
  exchange.enter(phone, bridge, facing);
  exchange.leave(inner);
  exchange.setVariable(inner, 'DIALSTATUS', 'ANSWER');
  exchange.hangupRequest(facing);
  exchange.hangup(inner, 16);
  exchange.hangup(facing, 16);
  return { ...leg, facing: phone, inner: undefined };
}
