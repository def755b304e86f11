import { SEATS_CONTEXT, seatOf } from './company.ts';
import { type Bridge, type Channel, STATE } from './channel.ts';
import type { TransferPlan } from './plan.ts';
import { dropLeg, type Floor, type Leg, ringPhone, type Script, startRinging } from './play-ring.ts';
import { answerFromDial } from './play-stage.ts';
import { completeTalk, type Talk } from './talk.ts';
import { ALERT_MS, CONSULT_DIAL_MS, OPTIMISE_MS } from './timing.ts';
import { tellAttendedTransfer } from './transfer-events.ts';

interface Consultation {
  /** The half of the Local pair that will talk to the caller, and the one that dialled the colleague. */
  readonly outer: Channel;
  readonly inner: Channel;
  readonly second: Leg;
  readonly bridge: Bridge;
}

/**
 * The seat asks a colleague first, over a Local pair, and hangs up: the pair's near half takes its place with the
 * caller (bridge_basic.c attended transfer, as recorded).
 */
export function* playAttendedTransfer(
  floor: Floor,
  caller: Channel,
  talk: Talk,
  plan: TransferPlan,
  bridge: Bridge,
): Script {
  const { exchange } = floor;
  const { leg } = talk.answered;
  exchange.setHold(leg.facing, true);
  yield CONSULT_DIAL_MS;
  const consultation = yield* askColleague(floor, leg, plan);
  yield plan.consultMs;
  const { outer } = consultation;
  exchange.hangupRequest(leg.phone);
  exchange.leave(leg.facing);
  exchange.leave(outer);
  exchange.enter(outer, bridge);
  tellAttendedTransfer(exchange, {
    transferer: leg.facing,
    first: bridge,
    transferee: caller,
    target: outer,
    second: consultation.bridge,
  });
  completeTalk(floor, caller, talk, 'transfer');
  exchange.releaseHold(caller);
  dropLeg(exchange, leg, 16);
  yield OPTIMISE_MS;
  optimiseAway(floor, consultation, bridge);
  yield plan.talkMs;
  endPassedOnTalk(floor, caller, consultation.second, plan);
}

function* askColleague(floor: Floor, leg: Leg, plan: TransferPlan): Script<Consultation> {
  const { exchange } = floor;
  const { extension } = seatOf(plan.to);
  const { outer, inner } = exchange.createLocal({
    context: SEATS_CONTEXT,
    extension,
    callerNumber: extension,
    connectedNumber: seatOf(leg.seat).extension,
    parent: leg.facing,
  });
  exchange.dial(inner, SEATS_CONTEXT, extension, `${plan.to},20,tT`);
  const bridge = exchange.newBridge();
  exchange.enter(outer, bridge);
  exchange.leave(leg.facing);
  exchange.enter(leg.facing, bridge);
  const second = ringPhone(exchange, inner, plan.to);
  yield ALERT_MS;
  startRinging(exchange, second);
  exchange.setState(outer, STATE.ringing);
  yield plan.ringMs;
  answerFromDial(floor, inner, [second], second);
  exchange.setState(outer, STATE.up);
  exchange.dialEnd(undefined, outer, 'ANSWER');
  const far = exchange.newBridge();
  exchange.enter(second.facing, far);
  exchange.enter(inner, far);
  return { outer, inner, second, bridge };
}

/** With media flowing, the pair gives its place in the caller's bridge to the colleague (core_unreal.c, recorded). */
function optimiseAway(floor: Floor, consultation: Consultation, bridge: Bridge): void {
  const { exchange } = floor;
  const { outer, inner, second } = consultation;
  exchange.leave(second.facing);
  exchange.leave(outer);
  exchange.enter(second.facing, bridge, outer);
  exchange.hangupRequest(inner);
  exchange.leave(inner);
  exchange.hangup(outer, 16);
  exchange.setVariable(inner, 'DIALSTATUS', 'ANSWER');
  exchange.hangup(inner, 16);
}

/** Caller and colleague talk in the caller's bridge; no dialplan of the caller's has dialled the colleague. */
function endPassedOnTalk(floor: Floor, caller: Channel, second: Leg, plan: TransferPlan): void {
  const { exchange } = floor;
  const byCaller = plan.endedBy === 'caller';
  exchange.hangupRequest(byCaller ? caller : second.facing);
  exchange.leave(byCaller ? caller : second.facing);
  exchange.leave(byCaller ? second.facing : caller);
  dropLeg(exchange, second, 16);
  exchange.hangup(caller, 16);
}
