import { CHANNEL_UP, type PbxEvent, type Stamp } from '../ami/pbx-event.ts';
import { type Call, callerOf, type OpenStage } from './call.ts';
import type { Calls } from './calls.ts';
import { endParted, passOn } from './parting.ts';
import { withOne } from './short-list.ts';
import {
  applyDialStatus,
  applyQueueStatus,
  beginStage,
  endStageAtHangup,
  isInLine,
  settleOpen,
} from './stages.ts';
import { applyHold } from './talk.ts';

/** The member of the union that can have this type (one member may have several). */
type Having<Event, T> = Event extends { readonly type: infer U } ? (T extends U ? Event : never) : never;
type Of<T extends PbxEvent['type']> = Having<PbxEvent, T>;
type Handlers = { readonly [T in PbxEvent['type']]?: (calls: Calls, event: Of<T>) => void };

/** Looks the event's handler up in a table; events that say nothing of calls have none. */
export function dispatch(calls: Calls, event: PbxEvent): void {
  // The table is indexed by the event's own type, so handler and event always fit; TypeScript cannot see it.
  const handler = HANDLERS[event.type] as ((calls: Calls, event: PbxEvent) => void) | undefined;
  handler?.(calls, event);
}

const HANDLERS: Handlers = {
  'channel-created': channelCreated,
  'channel-state': channelState,
  'channel-gone': channelGone,
  'dial-begun': dialBegun,
  'dial-ended': dialEnded,
  'bridge-entered': bridgeEntered,
  'bridge-left': (calls, event) => {
    calls.reviewLeft(calls.context.channels.get(event.uniqueid), event.bridge, event);
  },
  'dialplan-step': dialplanStep,
  'variable-set': variableSet,
  'queue-joined': queueJoined,
  'queue-left': queueLeft,
  'queue-abandoned': queueAbandoned,
  'agent-called': (calls, event) => {
    // The first that is told of who took another's place in the queue.
    calls.inQueue(event.uniqueid, event.queue, event);
  },
  'agent-connected': agentConnected,
  'agent-rang-out': agentRangOut,
  'agent-dumped': (calls, event) => {
    const stage = calls.inQueue(event.uniqueid, event.queue, event)?.open;
    if (stage) stage.legAnswered = false;
  },
  'message-waiting': messageWaiting,
  'blind-transfer': (calls, event) => {
    if (event.result === 'Success')
      transferred(calls, event.transferee.uniqueid, [event.transferer.uniqueid]);
  },
  'attended-transfer': attendedTransfer,
  held: hold,
  unheld: hold,
  parked: (calls, event) => {
    // Of another thread than the bridges (asterisk-facts 1.17): it may come when the caller talks again.
    const call = calls.ownOf(event.parkee.uniqueid);
    if (call?.answer && call.partners.length === 0) call.adrift = true;
  },
};

function channelCreated(calls: Calls, event: Of<'channel-created'>): void {
  const channel = calls.context.channels.get(event.uniqueid);
  if (channel && !channel.call) calls.admit(channel, event.context, event.extension, false);
}

function channelState(calls: Calls, event: Of<'channel-state'>): void {
  if (event.state !== CHANNEL_UP) return;
  const call = calls.ownOf(event.uniqueid);
  if (call) calls.pickUp(call, event, true);
}

function channelGone(calls: Calls, event: Of<'channel-gone'>): void {
  const { context } = calls;
  const channel = context.channels.get(event.uniqueid);
  const queueing = channel?.isLocal === true ? calls.queueing(event.uniqueid) : undefined;
  const own = channel?.call;
  if (own) calls.hangUp(own, event);
  // A Hangup without a BridgeLeave before it still ends the talk.
  if (channel?.bridge) calls.reviewLeft(channel, channel.bridge.id, event);
  if (channel) {
    endParted(context, channel);
    calls.outbound.end(context, channel, event);
  }
  calls.endRecording(event.uniqueid);
  // The Local half that stood in a queue for its caller.
  if (!queueing || queueing === own || queueing.open?.enteredAs !== event.uniqueid) return;
  const byCaller = callerOf(queueing)?.hangupRequested === true;
  endStageAtHangup(context, queueing, byCaller, queueing.stale, event);
}

function bridgeEntered(calls: Calls, event: Of<'bridge-entered'>): void {
  const channel = calls.context.channels.get(event.uniqueid);
  calls.review(channel, event);
  if (channel?.call?.answer && channel.bridge?.holding) channel.call.adrift = true;
}

/** A phone or an outside line is dialled for a caller: a direct dial, unless a queue does it. */
function dialBegun(calls: Calls, event: Of<'dial-begun'>): void {
  const { channels, parties } = calls.context;
  const dialled = channels.get(event.dialled.uniqueid);
  if (!dialled) return;
  calls.outbound.begin(calls.context, dialled);
  const call = calls.callOf(event.dialled.uniqueid);
  // Who dials is in no talk any more, though a blind transfer may tell of the bridge it left afterwards.
  const dialsItself = event.dialler.uniqueid === call?.uniqueid;
  if (!call?.hotline || (call.partners.length > 0 && !dialsItself)) return;
  // A Local half may be in its queue before Asterisk tells who dialled it.
  const half = dialled.isLocal ? channels.otherHalfOf(dialled) : undefined;
  const inside = half?.call;
  if (inside && !inside.hotline && inside !== call) return calls.takeIn(call, inside, event);
  if (!channels.endsOfDial(dialled).some((end) => parties.partyOf(end) !== 'nobody')) return;
  const over = call.open?.queue !== '' && isOver(call.open) && dialsItself;
  if (!call.open || over) beginStage(calls.context, call, '', event, false);
}

function dialEnded(calls: Calls, event: Of<'dial-ended'>): void {
  const { context } = calls;
  if (event.status === 'ANSWER')
    calls.outbound.answer(context, event.dialler.uniqueid, event.dialled.uniqueid, event);
  const call = calls.callOf(event.dialled.uniqueid) ?? calls.callOf(event.dialler.uniqueid);
  const stage = call?.open;
  if (!stage) return;
  // A phone that a Local member dials on may decline after it picked up: only the queue's own leg ends the wait.
  if (event.status === 'ANSWER') stage.legAnswered ||= event.dialler.uniqueid === stage.enteredAs;
  else if (stage.legStatus !== 'NOANSWER') stage.legStatus = event.status;
  if (stage.queue !== '' || event.status !== 'NOANSWER') return;
  const phone = calls.context.channels.get(event.dialled.uniqueid);
  if (!phone || calls.context.parties.partyOf(phone) !== 'seat') return;
  rangOut(calls, call, '', phone.interface, '', Math.max(0, event.pbxMs - phone.createdPbxMs), event);
}

function dialplanStep(calls: Calls, event: Of<'dialplan-step'>): void {
  const channel = calls.context.channels.get(event.uniqueid);
  const own = channel?.call;
  if (event.application === 'VoiceMail') {
    const call = calls.queueing(event.uniqueid);
    if (call) calls.reachVoicemail(call, event.uniqueid, event);
  }
  if (!own) {
    const call = calls.queueing(event.uniqueid);
    if (call?.open?.enteredAs === event.uniqueid && isOver(call.open)) settleOpen(calls.context, call, event);
    if (event.application === 'Queue' && !call?.open) approachQueue(calls, call, event);
    return;
  }
  // The `h` extension and what runs after a hang-up request is no way on for the caller.
  if (event.extension === 'h' || channel.hangupRequested) return;
  if (isOver(own.open)) settleOpen(calls.context, own, event);
  own.step = event;
  if (!own.hotline) return;
  calls.enterContext(own, event.context, event);
  const other = calls.context.matcher.byNumber(event.context, event.extension);
  if (!other || other === own.hotline || own.passedTo.includes(other.name)) return;
  own.passedTo = withOne(own.passedTo, other.name);
  const { pbx, uniqueid } = own;
  const id = `${own.id}/transferred-in/${other.name}`;
  calls.context.emit({ type: 'transferred-in', id, pbx, uniqueid, hotline: other.name, atMs: event.atMs });
}

/** A caller of no hotline is about to join; refused at the door there is no other event that names the queue. */
function approachQueue(calls: Calls, call: Call | undefined, event: Of<'dialplan-step'>): void {
  const channel = calls.context.channels.get(event.uniqueid);
  if (!channel || channel.hangupRequested) return;
  (call ?? calls.admitInternal(channel, false)).step = event;
}

/** Leaving by key, app_queue announces the new extension before its Leave: only after the Leave is the stay over. */
const isOver = (stage: OpenStage | undefined): boolean =>
  stage !== undefined && (stage.queue === '' ? stage.legStatus !== '' : stage.leftPbxMs !== undefined);

function variableSet(calls: Calls, event: Of<'variable-set'>): void {
  const call = calls.queueing(event.uniqueid);
  if (!call) return;
  const { uniqueid } = event;
  if (uniqueid !== call.uniqueid && uniqueid !== call.open?.enteredAs && uniqueid !== call.step?.uniqueid)
    return;
  if (event.variable === 'QUEUESTATUS') applyQueueStatus(calls.context, call, event.value, event);
  else if (event.variable === 'DIALSTATUS') applyDialStatus(calls.context, call, event.value, event);
}

function queueJoined(calls: Calls, event: Of<'queue-joined'>): void {
  let call = calls.queueing(event.uniqueid);
  if (!call) {
    const channel = calls.context.channels.get(event.uniqueid);
    if (!channel) return;
    call = calls.admitInternal(channel, false);
  }
  // Told again by a snapshot read in between.
  if (call.open?.queue === event.queue && call.open.takenUp) return;
  beginStage(calls.context, call, event.queue, event, false, event.uniqueid);
}

function queueLeft(calls: Calls, event: Of<'queue-left'>): void {
  const stage = calls.inQueue(event.uniqueid, event.queue, event)?.open;
  if (!stage) return;
  stage.leftPbxMs ??= event.pbxMs;
  stage.touchedPbxMs = event.pbxMs;
}

function queueAbandoned(calls: Calls, event: Of<'queue-abandoned'>): void {
  const stage = calls.inQueue(event.uniqueid, event.queue, event)?.open;
  if (!stage) return;
  stage.gaveUp = true;
  stage.leftPbxMs ??= event.pbxMs;
  stage.touchedPbxMs = event.pbxMs;
}

function agentConnected(calls: Calls, event: Of<'agent-connected'>): void {
  const stage = calls.inQueue(event.uniqueid, event.queue, event)?.open;
  if (!stage) return;
  stage.connected = { interface: event.interface, memberName: event.memberName };
  stage.touchedPbxMs = event.pbxMs;
}

/** app_queue says it for a phone that was busy too, which never rang: that one refused nothing. */
function agentRangOut(calls: Calls, event: Of<'agent-rang-out'>): void {
  const call = calls.queueing(event.uniqueid);
  if (!call || !(event.ringMs > 0)) return;
  rangOut(calls, call, event.queue, event.interface, event.memberName, event.ringMs, event);
}

/** Each seat once a call: a queue offers the same caller to it again every round. */
function rangOut(
  calls: Calls,
  call: Call,
  queue: string,
  phone: string,
  memberName: string,
  ringMs: number,
  at: Stamp,
): void {
  const { names, pbx, emit } = calls.context;
  const seat = names.seatOf(phone) ?? phone;
  call.rangOut ??= new Set();
  if (call.rangOut.has(seat)) return;
  call.rangOut.add(seat);
  emit({
    type: 'ring-no-answer',
    id: `${call.id}/ring-no-answer/${seat}`,
    pbx,
    uniqueid: call.uniqueid,
    queue,
    seat,
    agent: memberName || names.agentOf(seat),
    ringMs,
    atMs: at.atMs,
  });
}

/** Sent also when someone listens or deletes; then the uniqueid is of nobody who runs a voicemail here. */
function messageWaiting(calls: Calls, event: Of<'message-waiting'>): void {
  const call = calls.recording.get(event.uniqueid) ?? calls.callOf(event.uniqueid);
  if (call?.voicemail && call.voicemailId === event.uniqueid) call.message = 'left';
}

function attendedTransfer(calls: Calls, event: Of<'attended-transfer'>): void {
  const { originalTransferer, secondTransferer, transferee } = event;
  if (event.result !== 'Success') return;
  const call = transferred(calls, transferee.uniqueid, [
    originalTransferer.uniqueid,
    secondTransferer.uniqueid,
  ]);
  if (!call) return;
  // The one who consulted stood in a queue (`DestType: App`): the caller takes that place (bridge.c
  // bridge_channel_attended_transfer: ast_channel_move), before or after the one who consulted is told as gone.
  const consulted = calls.ownOf(secondTransferer.uniqueid) ?? calls.displaced.get(secondTransferer.uniqueid);
  if (consulted && !consulted.hotline && isInLine(consulted)) calls.takePlace(call, consulted, event);
  // Nobody took over yet: until somebody does, the caller is where no person is.
  else if (call.answer && !hasCompany(call, originalTransferer.uniqueid)) call.adrift = true;
}

const hasCompany = (call: Call, transferer: string): boolean =>
  call.partners.some(({ channel }) => channel.uniqueid !== transferer);

/** Behind a Local member that is not optimised away, the half that faces the seat is what is passed on. */
function transferred(calls: Calls, caller: string, transferers: readonly string[]): Call | undefined {
  const call = calls.queueing(caller);
  if (!call) return undefined;
  call.transfers++;
  for (const transferer of transferers) passOn(calls.context, call, transferer);
  return call;
}

function hold(calls: Calls, event: Of<'held' | 'unheld'>): void {
  for (const call of calls.context.channels.get(event.uniqueid)?.talkers ?? []) applyHold(call, event);
}
