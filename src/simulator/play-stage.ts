import { queueOf } from './company.ts';
import { type Channel, STATE } from './channel.ts';
import type { Round, StagePlan } from './plan.ts';
import {
  dropLeg,
  type Floor,
  type Leg,
  pickUp,
  ringGroup,
  ringMember,
  type Script,
  startRinging,
} from './play-ring.ts';
import type { Entry } from './queue-desk.ts';
import { dialPickup, pickUpDialled, pickUpElsewhere } from './play-pickup.ts';
import { ALERT_MS, PICKUP_DIAL_MS } from './timing.ts';

/** Who answered, and how long the caller had waited in the queue (whole seconds, as AgentComplete repeats it). */
export interface Answered {
  readonly leg: Leg;
  readonly holdS: number;
}

/**
 * The caller is put into a queue and comes out of it as planned; the orders of events are those of the recordings.
 * Answers who took the call, undefined when nobody did.
 */
export function* playQueueStage(
  floor: Floor,
  caller: Channel,
  plan: StagePlan,
  cameFromQueue: boolean,
): Script<Answered | undefined> {
  const { exchange, desk } = floor;
  const { timeoutS } = queueOf(plan.queue);
  exchange.step(caller, caller.context, caller.extension, 'Queue', `${plan.queue},tT,,,${timeoutS}`);
  if (plan.end === 'full' || plan.end === 'join-empty') {
    exchange.setVariable(caller, 'QUEUESTATUS', plan.end === 'full' ? 'FULL' : 'JOINEMPTY');
    return undefined;
  }
  const startMs = exchange.nowMs;
  // app_queue.c queue_exec clears it, which is an event only where an earlier queue has set it.
  if (cameFromQueue) exchange.setVariable(caller, 'ABANDONED', '');
  const entry = desk.join(plan.queue, caller);
  let ringing: readonly Leg[] = [];
  for (const round of plan.rounds) {
    yield untilMs(floor, startMs + round.afterMs);
    const legs = ringMembers(floor, caller, plan.queue, round);
    if (round.pickedUpBy !== undefined) return yield* letPickUp(floor, caller, round, entry, legs);
    yield* letRing(floor, legs, round);
    if (round.end === 'answered') return answerFromQueue(floor, caller, plan, round, entry, legs);
    if (round.end === 'cut') ringing = legs;
    else for (const leg of legs) giveUpLeg(floor, caller, leg, round);
  }
  yield untilMs(floor, startMs + plan.waitMs);
  leaveQueue(floor, caller, plan, entry, ringing);
  return undefined;
}

function* letPickUp(
  floor: Floor,
  caller: Channel,
  round: Round,
  entry: Entry,
  legs: readonly Leg[],
): Script<Answered | undefined> {
  const { pickedUpBy: picker = '', ringMs } = round;
  yield* letRing(floor, legs, { ...round, ringMs: ringMs - PICKUP_DIAL_MS });
  const channel = dialPickup(floor, picker, round.winner);
  yield PICKUP_DIAL_MS;
  const [rung] = legs;
  return rung && pickUpElsewhere(floor, caller, entry, { rung, picker, channel, ringMs });
}

function* letPickUpDialled(
  floor: Floor,
  caller: Channel,
  round: Round,
  legs: readonly Leg[],
): Script<Answered | undefined> {
  const { pickedUpBy: picker = '', ringMs } = round;
  yield* letRing(floor, legs, { ...round, ringMs: ringMs - PICKUP_DIAL_MS }, caller);
  const channel = dialPickup(floor, picker, round.winner);
  yield PICKUP_DIAL_MS;
  const rung = legs.find((leg) => leg.seat === round.winner);
  const losers = legs.filter((leg) => leg !== rung);
  return rung && pickUpDialled(floor, caller, { rung, picker, channel }, losers);
}

/** Phones are dialled without a queue: a ring group, or one desk. */
export function* playDialStage(floor: Floor, caller: Channel, plan: StagePlan): Script<Answered | undefined> {
  const { exchange } = floor;
  const round = plan.rounds[0];
  if (!round) return undefined;
  const limitS = Math.ceil((plan.end === 'timeout' ? plan.waitMs : 30_000) / 1000);
  exchange.dial(caller, caller.context, caller.extension, `${round.seats.join('&')},${limitS}`);
  const legs = ringGroup(exchange, caller, round.seats);
  if (round.pickedUpBy !== undefined) return yield* letPickUpDialled(floor, caller, round, legs);
  yield* letRing(floor, legs, round, caller);
  const won = legs.find((leg) => leg.seat === round.winner);
  if (won) {
    answerFromDial(floor, caller, legs, won);
    return { leg: won, holdS: 0 };
  }
  const hungUp = plan.end === 'hang-up';
  if (hungUp) exchange.hangupRequest(caller, 19);
  for (const leg of legs) {
    exchange.dialEnd(caller, leg.facing, hungUp ? 'CANCEL' : 'NOANSWER');
    if (!hungUp) dropLeg(exchange, leg, 0);
  }
  exchange.setVariable(caller, 'DIALSTATUS', hungUp ? 'CANCEL' : 'NOANSWER');
  if (hungUp) for (const leg of legs) dropLeg(exchange, leg, 19);
  return undefined;
}

/** A phone dialled by `Dial` is picked up; losers are told of first and once, unlike those of a queue. */
export function answerFromDial(floor: Floor, caller: Channel, legs: readonly Leg[], won: Leg): void {
  const { exchange } = floor;
  exchange.setState(won.phone, STATE.up);
  for (const leg of legs) {
    if (leg === won) continue;
    exchange.dialEnd(caller, leg.facing, 'CANCEL');
    dropLeg(exchange, leg, 26);
  }
  exchange.setVariable(caller, 'DIALSTATUS', 'ANSWER');
  pickUp(exchange, caller, won);
  exchange.setState(caller, STATE.up);
}

function untilMs(floor: Floor, atMs: number): number {
  return Math.max(0, atMs - floor.exchange.nowMs);
}

function ringMembers(floor: Floor, caller: Channel, queue: string, round: Round): readonly Leg[] {
  const legs: Leg[] = [];
  for (const seat of round.seats) {
    const member = floor.desk.memberToRing(queue, seat);
    if (member) legs.push(ringMember(floor, caller, member));
  }
  return legs;
}

/** `told`: the caller that hears the ringing; in a queue it hears music. */
function* letRing(floor: Floor, legs: readonly Leg[], round: Round, told?: Channel): Script {
  const { exchange } = floor;
  const startMs = exchange.nowMs;
  yield Math.min(ALERT_MS, round.ringMs);
  if (round.end !== 'busy') for (const leg of legs) startRinging(exchange, leg);
  if (told) exchange.indicateRinging(told);
  yield untilMs(floor, startMs + round.ringMs);
}

/** The losers of a ring-all get DialEnd CANCEL twice (asterisk-facts 1.6), after the winner's ANSWER. */
function answerFromQueue(
  floor: Floor,
  caller: Channel,
  plan: StagePlan,
  round: Round,
  entry: Entry,
  legs: readonly Leg[],
): Answered | undefined {
  const { exchange, desk } = floor;
  const won = legs.find((leg) => leg.seat === round.winner);
  if (!won?.member) return undefined;
  pickUp(exchange, caller, won);
  for (const leg of legs) {
    if (leg === won) continue;
    exchange.dialEnd(caller, leg.facing, 'CANCEL');
    exchange.dialEnd(caller, leg.facing, 'CANCEL');
    dropLeg(exchange, leg, 26);
  }
  const holdS = Math.floor(exchange.clockMs / 1000) - Math.floor(entry.joinedMs / 1000);
  desk.leave(plan.queue, entry);
  desk.agentConnect(won.member, entry, won.facing, round.ringMs);
  exchange.setState(caller, STATE.up);
  return { leg: won, holdS };
}

/** A phone rang out or said busy, and the caller waits on. Busy is told of as NOANSWER too. */
function giveUpLeg(floor: Floor, caller: Channel, leg: Leg, round: Round): void {
  const { exchange, desk } = floor;
  if (round.end === 'busy') {
    exchange.hangupRequest(leg.phone, 17);
    exchange.dialEnd(caller, leg.facing, 'NOANSWER');
    if (leg.member) desk.agentRingNoAnswer(leg.member, caller, leg.facing, 0);
    dropLeg(exchange, leg, 17);
    return;
  }
  if (leg.member) desk.agentRingNoAnswer(leg.member, caller, leg.facing, round.ringMs);
  exchange.dialEnd(caller, leg.facing, 'NOANSWER');
  exchange.dialEnd(caller, leg.facing, 'CANCEL');
  dropLeg(exchange, leg, 0);
}

/** The caller comes out of the queue without a person, with `ringing` phones still ringing for it. */
function leaveQueue(
  floor: Floor,
  caller: Channel,
  plan: StagePlan,
  entry: Entry,
  ringing: readonly Leg[],
): void {
  const { exchange, desk } = floor;
  const timedOut = plan.end === 'timeout';
  if (plan.end === 'hang-up') exchange.hangupRequest(caller, caller.state === STATE.up ? 16 : 19);
  const rangMs = plan.waitMs - (plan.rounds.at(-1)?.afterMs ?? 0);
  for (const leg of ringing) {
    if (timedOut && leg.member) desk.agentRingNoAnswer(leg.member, caller, leg.facing, rangMs);
    exchange.dialEnd(caller, leg.facing, timedOut ? 'NOANSWER' : 'CANCEL');
    exchange.dialEnd(caller, leg.facing, 'CANCEL');
  }
  // The key's extension is told with the queue still as its application (recorded); nobody joins it again.
  if (plan.end === 'key') exchange.step(caller, caller.context, '0', caller.application, caller.data);
  else desk.abandon(plan.queue, entry);
  desk.leave(plan.queue, entry);
  if (timedOut) exchange.setVariable(caller, 'QUEUESTATUS', 'TIMEOUT');
  if (plan.end === 'leave-empty') exchange.setVariable(caller, 'QUEUESTATUS', 'LEAVEEMPTY');
  for (const leg of ringing) dropLeg(exchange, leg, 0);
}
