import { SEATS_CONTEXT, seatOf } from './company.ts';
import { type Channel, STATE } from './channel.ts';
import type { TalkPlan, TransferPlan } from './plan.ts';
import { optimiseAway } from './play-optimise.ts';
import { playAttendedTransfer } from './play-consultation.ts';
import { playParking } from './play-parking.ts';
import { dropLeg, type Floor, type Script } from './play-ring.ts';
import { talkToSecondSeat } from './play-second-seat.ts';
import type { Answered } from './play-stage.ts';
import { completeTalk, type Talk } from './talk.ts';
import { BLIND_DIAL_MS } from './timing.ts';
import { tellBlindTransfer } from './transfer-events.ts';

/** Caller and seat are in one bridge until one of them ends it or the seat passes the caller on. */
export function* playTalk(floor: Floor, caller: Channel, answered: Answered, plan: TalkPlan): Script {
  const { exchange } = floor;
  const startMs = exchange.nowMs;
  const bridge = exchange.newBridge();
  exchange.enter(answered.leg.facing, bridge);
  exchange.enter(caller, bridge);
  const leg = yield* optimiseAway(floor, answered.leg, bridge);
  for (const hold of plan.holds) {
    yield Math.max(0, startMs + hold.afterMs - exchange.nowMs);
    exchange.setHold(leg.phone, true, 'default');
    yield hold.holdMs;
    exchange.setHold(leg.phone, false);
  }
  yield Math.max(0, startMs + plan.talkMs - exchange.nowMs);
  const talk = { startMs, plan, answered: { ...answered, leg } };
  if (plan.transfer?.kind === 'blind') yield* playBlindTransfer(floor, caller, talk, plan.transfer);
  else if (plan.parking) yield* playParking(floor, caller, talk, plan.parking);
  else if (plan.transfer) yield* playAttendedTransfer(floor, caller, talk, plan.transfer, bridge);
  else endTalk(floor, caller, talk);
}

/**
 * AgentComplete comes from a thread of its own (asterisk-facts 1.17): mostly at once; when it comes after the caller's
 * Hangup it names no caller any more (recorded).
 */
function endTalk(floor: Floor, caller: Channel, talk: Talk): void {
  const { exchange } = floor;
  const { leg } = talk.answered;
  const { lateComplete } = talk.plan;
  const byCaller = talk.plan.endedBy === 'caller';
  const reason = byCaller ? 'caller' : 'agent';
  exchange.hangupRequest(byCaller ? caller : leg.phone);
  if (!lateComplete) completeTalk(floor, caller, talk, reason);
  for (const channel of byCaller ? [caller, leg.facing] : [leg.facing, caller]) exchange.leave(channel);
  if (!leg.member) exchange.setVariable(caller, 'DIALSTATUS', 'ANSWER');
  if (byCaller || lateComplete) exchange.hangup(caller, 16);
  if (lateComplete) completeTalk(floor, undefined, talk, reason);
  dropLeg(exchange, leg, 16);
  exchange.hangup(caller, 16);
}

/** The seat sends the caller to another phone by a feature code: the caller is held while the digits are pressed. */
function* playBlindTransfer(floor: Floor, caller: Channel, talk: Talk, plan: TransferPlan): Script {
  const { exchange } = floor;
  const { leg } = talk.answered;
  const { extension } = seatOf(plan.to);
  exchange.setHold(leg.facing, true);
  yield BLIND_DIAL_MS;
  exchange.setHold(leg.facing, false);
  // Where a transfer puts the channel is told with the application it comes from; Dial itself is not told (recorded).
  const tell = tellBlindTransfer(exchange, leg.facing, caller, { context: SEATS_CONTEXT, extension });
  exchange.step(caller, SEATS_CONTEXT, extension, caller.application, caller.data);
  exchange.leave(caller);
  tell();
  completeTalk(floor, caller, talk, 'transfer');
  exchange.dialAfterTransfer(caller, `${plan.to},25`);
  exchange.leave(leg.facing);
  dropLeg(exchange, leg, 16);
  yield* talkToSecondSeat(floor, caller, plan);
}

/** Both sides of a plain `Dial` that was answered go; `dialler` is the one that runs the dialplan. */
export function endDialledTalk(floor: Floor, dialler: Channel, other: Channel, byDialler: boolean): void {
  const { exchange } = floor;
  const first = byDialler ? dialler : other;
  exchange.hangupRequest(first);
  exchange.leave(first);
  exchange.leave(byDialler ? other : dialler);
  exchange.setVariable(dialler, 'DIALSTATUS', 'ANSWER');
  exchange.hangup(other, 16);
  exchange.hangup(dialler, 16);
}

/** Two channels in a bridge of their own, and how long they talk. */
export function* talkInNewBridge(floor: Floor, dialler: Channel, other: Channel, talkMs: number): Script {
  const { exchange } = floor;
  exchange.setState(dialler, STATE.up);
  const bridge = exchange.newBridge();
  exchange.enter(other, bridge);
  exchange.enter(dialler, bridge);
  yield talkMs;
}
