import type { Channel } from './channel.ts';
import { dropLeg, type Floor, type Leg, ringPhone, type Script, startRinging } from './play-ring.ts';
import { answerFromDial } from './play-stage.ts';
import { ALERT_MS } from './timing.ts';

/** Whom a caller is passed on to, and how that talk goes. */
interface SecondTalk {
  readonly to: string;
  readonly ringMs: number;
  readonly talkMs: number;
  readonly endedBy: 'caller' | 'seat';
}

/** The dialplan rings another seat for a caller who has been passed on, which answers. */
export function* talkToSecondSeat(floor: Floor, caller: Channel, plan: SecondTalk): Script {
  const { exchange } = floor;
  const second = ringPhone(exchange, caller, plan.to);
  yield ALERT_MS;
  startRinging(exchange, second);
  yield plan.ringMs;
  answerFromDial(floor, caller, [second], second);
  const bridge = exchange.newBridge();
  exchange.enter(second.facing, bridge);
  exchange.enter(caller, bridge);
  yield plan.talkMs;
  endSecondTalk(floor, caller, second, plan.endedBy === 'caller');
}

function endSecondTalk(floor: Floor, caller: Channel, second: Leg, byCaller: boolean): void {
  const { exchange } = floor;
  exchange.hangupRequest(byCaller ? caller : second.facing);
  exchange.leave(byCaller ? caller : second.facing);
  exchange.setVariable(caller, 'DIALSTATUS', 'ANSWER');
  exchange.leave(byCaller ? second.facing : caller);
  if (byCaller) exchange.hangup(caller, 16);
  dropLeg(exchange, second, 16);
  if (!byCaller) exchange.hangup(caller, 16);
}
