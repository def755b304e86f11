import { CHANNEL_UP, type PbxEvent, type Stamp } from '../ami/pbx-event.ts';
import type { Call, OpenStage } from './call.ts';
import type { Calls } from './calls.ts';
import { applyDialStatus, applyQueueStatus, beginStage, settleOpen } from './stages.ts';
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
  'bridge-entered': (calls, event) => {
    calls.review(calls.context.channels.get(event.uniqueid), event);
  },
  'bridge-left': bridgeLeft,
  'dialplan-step': dialplanStep,
  'variable-set': variableSet,
  'queue-joined': queueJoined,
  'queue-left': queueLeft,
  'queue-abandoned': queueAbandoned,
  'agent-connected': agentConnected,
  'agent-rang-out': agentRangOut,
  'message-waiting': messageWaiting,
  'blind-transfer': (calls, event) => transferred(calls, event.transferee.uniqueid, event.result),
  'attended-transfer': attendedTransfer,
  held: hold,
  unheld: hold,
  parked: (calls, event) => {
    const call = calls.open.get(event.parkee.uniqueid);
    if (call?.answer) call.adrift = true;
  },
};

function channelCreated(calls: Calls, event: Of<'channel-created'>): void {
  const channel = calls.context.channels.get(event.uniqueid);
  if (channel && !calls.open.has(event.uniqueid)) calls.admit(channel, event.context, event.extension, false);
}

function channelState(calls: Calls, event: Of<'channel-state'>): void {
  if (event.state !== CHANNEL_UP) return;
  const call = calls.open.get(event.uniqueid);
  if (call) calls.pickUp(call, event, true);
}

function channelGone(calls: Calls, event: Of<'channel-gone'>): void {
  const call = calls.open.get(event.uniqueid);
  if (call) calls.close(call, { cause: event.cause, blind: false }, event);
  const talker = calls.context.talkers.get(event.uniqueid);
  if (!talker) return;
  const channel = calls.context.channels.get(event.uniqueid);
  // A Hangup without a BridgeLeave before it still ends the talk.
  if (channel?.bridge) calls.context.channels.leaveBridge(channel);
  calls.review(channel, event);
}

/** A phone or an outside line is dialled for a caller: a direct dial, unless a queue does it. */
function dialBegun(calls: Calls, event: Of<'dial-begun'>): void {
  const { channels, parties } = calls.context;
  const dialled = channels.get(event.dialled.uniqueid);
  if (!dialled || parties.partyOf(dialled) === 'nobody') return;
  const call = calls.callOf(event.dialled.uniqueid);
  if (!call?.hotline || call.open || call.partners.size > 0) return;
  beginStage(calls.context, call, '', event, false);
}

function dialEnded(calls: Calls, event: Of<'dial-ended'>): void {
  const call = calls.callOf(event.dialled.uniqueid) ?? calls.callOf(event.dialler.uniqueid);
  const stage = call?.open;
  if (!stage) return;
  if (event.status === 'ANSWER') stage.legAnswered = true;
  else if (stage.legStatus !== 'NOANSWER') stage.legStatus = event.status;
  if (stage.queue !== '' || event.status !== 'NOANSWER') return;
  const phone = calls.context.channels.get(event.dialled.uniqueid);
  if (!phone || calls.context.parties.partyOf(phone) !== 'seat') return;
  rangOut(calls, call, phone.interface, '', event.pbxMs - phone.createdPbxMs, event);
}

function bridgeLeft(calls: Calls, event: Of<'bridge-left'>): void {
  const { channels } = calls.context;
  const channel = channels.get(event.uniqueid);
  calls.review(channel, event);
  if (channel?.isLocal) calls.review(channels.otherHalfOf(channel), event);
  for (const member of channels.membersOf(event.bridge)) calls.review(member, event);
}

function dialplanStep(calls: Calls, event: Of<'dialplan-step'>): void {
  const own = calls.open.get(event.uniqueid);
  if (event.application === 'VoiceMail') {
    const call = own ?? calls.callOf(event.uniqueid);
    if (call) calls.reachVoicemail(call, event.uniqueid, event);
  }
  if (!own) return;
  const channel = calls.context.channels.get(event.uniqueid);
  // The `h` extension and what runs after a hang-up request is no way on for the caller.
  if (event.extension === 'h' || channel?.hangupRequested) return;
  if (isOver(own.open)) settleOpen(calls.context, own, event);
  own.step = { application: event.application, data: event.data, pbxMs: event.pbxMs, atMs: event.atMs };
  if (!own.hotline) return;
  calls.enterContext(own, event.context, event);
  const other = calls.context.matcher.byNumber(event.context, event.extension);
  if (!other || other === own.hotline || own.passedTo.has(other.name)) return;
  own.passedTo.add(other.name);
  const { pbx, uniqueid } = own;
  const id = `${pbx}/${uniqueid}/transferred-in/${other.name}`;
  calls.context.emit({ type: 'transferred-in', id, pbx, uniqueid, hotline: other.name, atMs: event.atMs });
}

/** Leaving by key, app_queue announces the new extension before its Leave: only after the Leave is the stay over. */
const isOver = (stage: OpenStage | undefined): boolean =>
  stage !== undefined && (stage.queue === '' ? stage.legStatus !== '' : stage.leftPbxMs !== undefined);

function variableSet(calls: Calls, event: Of<'variable-set'>): void {
  const call = calls.open.get(event.uniqueid);
  if (!call) return;
  if (event.variable === 'QUEUESTATUS') applyQueueStatus(calls.context, call, event.value, event);
  else if (event.variable === 'DIALSTATUS') applyDialStatus(calls.context, call, event.value, event);
}

function queueJoined(calls: Calls, event: Of<'queue-joined'>): void {
  let call = calls.open.get(event.uniqueid);
  if (!call) {
    const channel = calls.context.channels.get(event.uniqueid);
    if (!channel) return;
    call = calls.admitInternal(channel, false);
  }
  // Told again by a snapshot read in between.
  if (call.open?.queue === event.queue && call.open.takenUp) return;
  beginStage(calls.context, call, event.queue, event, false);
}

function queueLeft(calls: Calls, event: Of<'queue-left'>): void {
  const stage = calls.open.get(event.uniqueid)?.open;
  if (stage?.queue !== event.queue) return;
  stage.leftPbxMs ??= event.pbxMs;
  stage.touchedPbxMs = event.pbxMs;
}

function queueAbandoned(calls: Calls, event: Of<'queue-abandoned'>): void {
  const stage = calls.open.get(event.uniqueid)?.open;
  if (stage?.queue !== event.queue) return;
  stage.gaveUp = true;
  stage.leftPbxMs ??= event.pbxMs;
  stage.touchedPbxMs = event.pbxMs;
}

function agentConnected(calls: Calls, event: Of<'agent-connected'>): void {
  const stage = calls.open.get(event.uniqueid)?.open;
  if (stage?.queue !== event.queue) return;
  stage.connected = { interface: event.interface, memberName: event.memberName };
  stage.touchedPbxMs = event.pbxMs;
}

/** app_queue says it for a phone that was busy too, which never rang: that one refused nothing. */
function agentRangOut(calls: Calls, event: Of<'agent-rang-out'>): void {
  const call = calls.open.get(event.uniqueid);
  if (call && event.ringMs > 0) rangOut(calls, call, event.interface, event.memberName, event.ringMs, event);
}

/** Each seat once a call: a queue offers the same caller to it again every round. */
function rangOut(
  calls: Calls,
  call: Call,
  phone: string,
  memberName: string,
  ringMs: number,
  at: Stamp,
): void {
  const { names, pbx, emit } = calls.context;
  const seat = names.seatOf(phone) ?? phone;
  if (call.rangOut.has(seat)) return;
  call.rangOut.add(seat);
  emit({
    type: 'ring-no-answer',
    id: `${pbx}/${call.uniqueid}/ring-no-answer/${seat}`,
    pbx,
    uniqueid: call.uniqueid,
    queue: call.open?.queue ?? '',
    seat,
    agent: memberName || names.agentOf(seat),
    ringMs,
    atMs: at.atMs,
  });
}

/** Sent also when someone listens or deletes; then the uniqueid is of nobody who runs a voicemail here. */
function messageWaiting(calls: Calls, event: Of<'message-waiting'>): void {
  const call = calls.open.get(event.uniqueid) ?? calls.callOf(event.uniqueid);
  if (call?.voicemail && call.voicemailId === event.uniqueid) call.message = 'left';
}

function attendedTransfer(calls: Calls, event: Of<'attended-transfer'>): void {
  transferred(calls, event.transferee.uniqueid, event.result);
}

function transferred(calls: Calls, caller: string, result: string): void {
  const call = calls.open.get(caller);
  if (!call || result !== 'Success') return;
  call.transfers++;
  call.transferring = true;
}

function hold(calls: Calls, event: Of<'held' | 'unheld'>): void {
  const call = calls.context.talkers.get(event.uniqueid);
  if (call) applyHold(call, event);
}
