import { INBOUND_CONTEXT, SEATS_CONTEXT, seatOf, TRUNK } from './company.ts';
import { type Channel, STATE } from './channel.ts';
import type { InboundPlan, InternalPlan, OutboundPlan, VoicemailPlan } from './plan.ts';
import { type Floor, ringPhone, type Script, startRinging } from './play-ring.ts';
import { type Answered, answerFromDial, playDialStage, playQueueStage } from './play-stage.ts';
import { endDialledTalk, playTalk, talkInNewBridge } from './play-talk.ts';
import { ALERT_MS, STAGE_GAP_MS } from './timing.ts';

/** A call from outside, from its first channel to its last, as planned. */
export function* playInbound(floor: Floor, plan: InboundPlan): Script {
  const { exchange } = floor;
  const caller = exchange.create({
    device: plan.trunk,
    state: STATE.ring,
    context: plan.hotline?.context ?? INBOUND_CONTEXT,
    extension: plan.number,
    callerNumber: plan.caller,
    dialled: plan.number,
  });
  if (plan.blockedCause !== 0) {
    yield* playBlocked(floor, caller, plan.blockedCause);
    return;
  }
  if (plan.ringsOutMs > 0) {
    exchange.indicateRinging(caller);
    yield plan.ringsOutMs;
  }
  if (plan.closedMs > 0) yield* playClosed(floor, caller, plan);
  if (plan.attendant) yield* playAttendant(floor, caller, plan, plan.attendant);
  const answered = yield* playStages(floor, caller, plan);
  if (answered && plan.talk) {
    yield* playTalk(floor, caller, answered, plan.talk);
    return;
  }
  if (plan.outside) yield* playForward(floor, caller, plan.outside);
  if (plan.voicemail && exchange.channels.has(caller.uniqueid)) {
    yield* playVoicemail(floor, caller, plan, plan.voicemail);
  }
  endCall(floor, caller, plan);
}

/** Whoever is still there at the end of the plan goes. */
function endCall(floor: Floor, caller: Channel, plan: InboundPlan): void {
  const { exchange } = floor;
  if (!exchange.channels.has(caller.uniqueid)) return;
  const cause = caller.state === STATE.up ? 16 : 19;
  const hungUpInStage = plan.stages.at(-1)?.end === 'hang-up';
  if (plan.endedBy === 'caller' && !hungUpInStage) exchange.hangupRequest(caller, cause);
  exchange.hangup(caller, plan.endedBy === 'caller' ? cause : 16);
}

/** Busy and Congestion of the dialplan, or a refusal before the dialplan has seen it (cause 42). */
function* playBlocked(floor: Floor, caller: Channel, cause: 17 | 34 | 42): Script {
  const { exchange } = floor;
  yield 1;
  if (cause !== 42) {
    exchange.step(caller, caller.context, caller.extension, cause === 17 ? 'Busy' : 'Congestion', '3');
    if (cause === 17) exchange.hangupRequest(caller, cause);
    exchange.setState(caller, STATE.busy);
    if (cause === 34) exchange.hangupRequest(caller, cause);
  }
  exchange.hangup(caller, cause);
}

function* playClosed(floor: Floor, caller: Channel, plan: InboundPlan): Script {
  const { exchange } = floor;
  const context = plan.hotline?.closedContext ?? '';
  exchange.step(caller, context, 's', 'Answer', '');
  exchange.setState(caller, STATE.up);
  exchange.step(caller, context, 's', 'Playback', 'closed');
  yield plan.closedMs;
}

function* playAttendant(
  floor: Floor,
  caller: Channel,
  plan: InboundPlan,
  attendant: NonNullable<InboundPlan['attendant']>,
): Script {
  const { exchange } = floor;
  const context = plan.hotline?.attendantContext ?? '';
  yield attendant.pickupMs;
  exchange.step(caller, context, 's', 'Answer', '');
  exchange.setState(caller, STATE.up);
  exchange.step(caller, context, 's', 'Background', 'welcome');
  yield attendant.menuMs;
}

function* playStages(floor: Floor, caller: Channel, plan: InboundPlan): Script<Answered | undefined> {
  let gaveUp = false;
  for (const stage of plan.stages) {
    const answered =
      stage.queue === ''
        ? yield* playDialStage(floor, caller, stage)
        : yield* playQueueStage(floor, caller, stage, gaveUp);
    if (answered) return answered;
    gaveUp ||= stage.end === 'timeout';
    yield stage.end === 'hang-up' ? 0 : STAGE_GAP_MS;
  }
  return undefined;
}

/** The call is sent on to the mobile of whoever is on duty: a leg on the trunk, answered by a person. */
function* playForward(floor: Floor, caller: Channel, plan: NonNullable<InboundPlan['outside']>): Script {
  const { exchange } = floor;
  const far = yield* dialOutside(floor, caller, plan.number, plan.ringMs);
  if (!plan.answered) {
    exchange.dialEnd(caller, far, 'NOANSWER');
    exchange.hangup(far, 0);
    exchange.setVariable(caller, 'DIALSTATUS', 'NOANSWER');
    return;
  }
  answerOutside(floor, caller, far);
  yield* talkInNewBridge(floor, caller, far, plan.talkMs);
  endDialledTalk(floor, caller, far, plan.endedBy === 'caller');
}

function* dialOutside(floor: Floor, dialler: Channel, number: string, ringMs: number): Script<Channel> {
  const { exchange } = floor;
  exchange.dial(dialler, dialler.context, dialler.extension, `PJSIP/${number}@carrier,40`);
  const far = exchange.create({
    device: TRUNK,
    state: STATE.down,
    context: INBOUND_CONTEXT,
    extension: 's',
    callerNumber: number,
    connectedNumber: dialler.callerNumber,
    parent: dialler,
  });
  exchange.dialBegin(dialler, far, `${number}@carrier`);
  yield ALERT_MS;
  exchange.setState(far, STATE.ringing);
  yield ringMs;
  return far;
}

function answerOutside(floor: Floor, dialler: Channel, far: Channel): void {
  const { exchange } = floor;
  exchange.setState(far, STATE.up);
  exchange.setVariable(dialler, 'DIALSTATUS', 'ANSWER');
  exchange.dialEnd(dialler, far, 'ANSWER');
}

/** asterisk-facts 1.13: MessageWaiting with the caller's uniqueid says that a message was left. */
function* playVoicemail(floor: Floor, caller: Channel, plan: InboundPlan, voicemail: VoicemailPlan): Script {
  const { exchange } = floor;
  const context = plan.hotline?.voicemailContext ?? '';
  const mailbox = `${plan.hotline?.mailbox ?? ''}@default`;
  if (voicemail.announcementMs > 0) {
    // Not yet the voicemail's context: who hangs up here has reached no voicemail.
    exchange.step(caller, caller.context, caller.extension, 'Playback', 'nobody-free');
    exchange.setState(caller, STATE.up);
    yield voicemail.announcementMs;
  }
  if (voicemail.leavesBefore) {
    endCall(floor, caller, plan);
    return;
  }
  exchange.step(caller, context, 's', 'VoiceMail', `${mailbox},u`);
  exchange.setState(caller, STATE.up);
  yield voicemail.greetingMs + voicemail.messageMs;
  exchange.hangupRequest(caller);
  if (voicemail.messageMs > 0) exchange.messageWaiting(caller, mailbox);
  exchange.setVariable(caller, 'VMSTATUS', voicemail.messageMs > 0 ? 'SUCCESS' : 'FAILED');
  exchange.hangup(caller, 16);
}

/** A seat calls out over the trunk. */
export function* playOutbound(floor: Floor, plan: OutboundPlan): Script {
  const seat = openSeatCall(floor, plan.seat, plan.number);
  const far = yield* dialOutside(floor, seat, plan.number, plan.ringMs);
  if (plan.talkMs === 0) {
    giveUpSeatCall(floor, seat, far);
    return;
  }
  answerOutside(floor, seat, far);
  yield* talkInNewBridge(floor, seat, far, plan.talkMs);
  endDialledTalk(floor, seat, far, plan.endedBy === 'seat');
}

/** A seat calls another seat. */
export function* playInternal(floor: Floor, plan: InternalPlan): Script {
  const { exchange } = floor;
  const { extension } = seatOf(plan.to);
  const seat = openSeatCall(floor, plan.seat, extension);
  exchange.dial(seat, SEATS_CONTEXT, extension, `${plan.to},25`);
  const leg = ringPhone(exchange, seat, plan.to);
  yield ALERT_MS;
  startRinging(exchange, leg);
  yield plan.ringMs;
  if (plan.talkMs === 0) {
    giveUpSeatCall(floor, seat, leg.facing);
    return;
  }
  answerFromDial(floor, seat, [leg], leg);
  yield* talkInNewBridge(floor, seat, leg.facing, plan.talkMs);
  endDialledTalk(floor, seat, leg.facing, true);
}

function openSeatCall(floor: Floor, seat: string, dialled: string): Channel {
  const { extension } = seatOf(seat);
  return floor.exchange.create({
    device: seat,
    state: STATE.ring,
    context: SEATS_CONTEXT,
    extension: dialled,
    callerNumber: extension,
    callerName: `Seat ${extension}`,
    dialled,
  });
}

function giveUpSeatCall(floor: Floor, seat: Channel, dialled: Channel): void {
  const { exchange } = floor;
  exchange.hangupRequest(seat, 19);
  exchange.dialEnd(seat, dialled, 'CANCEL');
  exchange.setVariable(seat, 'DIALSTATUS', 'CANCEL');
  exchange.hangup(dialled, 19);
  exchange.hangup(seat, 19);
}
