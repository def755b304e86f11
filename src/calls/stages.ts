import type { Stamp } from '../ami/pbx-event.ts';
import { type Call, callerOf, type OpenStage } from './call.ts';
import type { CallsContext } from './context.ts';
import type { StageEnd } from './facts.ts';

/** app_queue's QUEUESTATUS (set by set_queue_result), which comes after Abandon and Leave, or alone at the door. */
const QUEUE_STATUS_ENDS: Readonly<Record<string, StageEnd>> = {
  TIMEOUT: 'timeout',
  FULL: 'full',
  JOINEMPTY: 'join-empty',
  JOINUNAVAIL: 'join-empty',
  LEAVEEMPTY: 'leave-empty',
  LEAVEUNAVAIL: 'leave-empty',
  WITHDRAW: 'withdrawn',
};
const DOOR = new Set(['FULL', 'JOINEMPTY', 'JOINUNAVAIL']);

/** app_dial's DIALSTATUS. Congestion and unreachable phones are phones that could not be rung: busy. */
const DIAL_STATUS_ENDS: Readonly<Record<string, StageEnd>> = {
  NOANSWER: 'timeout',
  BUSY: 'busy',
  CONGESTION: 'busy',
  CHANUNAVAIL: 'busy',
  CANCEL: 'hang-up',
};

/** How a direct dial ended that has no DIALSTATUS of its own: who picked up did not accept the call (app_dial's U option). */
const LEG_STATUS_ENDS: Readonly<Record<string, StageEnd>> = { ...DIAL_STATUS_ENDS, CONTINUE: 'timeout' };

/** Leaving by key sends Leave and nothing else (asterisk-facts 1.2). */
const leftByKey = (stage: OpenStage): boolean =>
  stage.leftPbxMs !== undefined && !stage.gaveUp && !stage.connected && !stage.legAnswered;

/** Marks that the caller asked for a person, once; a queue or branch for emergencies makes the call one. */
function ask(context: CallsContext, call: Call, queue: string, pbxMs: number, atMs: number): void {
  if (queue !== '' && context.emergencyQueues.has(queue)) call.emergency = true;
  if (call.askedPbxMs !== undefined) return;
  call.askedPbxMs = pbxMs;
  call.askedAtMs = atMs;
}

/** The caller entered a queue, or a person's phone is dialled for it (`queue` ''). What was open ended elsewhere. */
export function beginStage(
  context: CallsContext,
  call: Call,
  queue: string,
  at: Stamp,
  takenUp: boolean,
  enteredAs = call.uniqueid,
): void {
  if (call.open) settleOpen(context, call, at);
  ask(context, call, queue, at.pbxMs, at.atMs);
  if (call.answer) call.adrift = true;
  call.stagedPbxMs = at.pbxMs;
  const source = call.hotline ? 'hotline' : 'internal';
  call.open = {
    queue,
    enteredAs,
    startedPbxMs: at.pbxMs,
    startedAtMs: at.atMs,
    takenUp,
    source,
    leftPbxMs: undefined,
    gaveUp: false,
    connected: undefined,
    legAnswered: false,
    legStatus: '',
    touchedPbxMs: at.pbxMs,
  };
  if (queue === '') return;
  context.queues.entered(queue, call);
  context.emit({
    type: 'queue-entered',
    id: stageId(call, call.open, 'entered'),
    pbx: call.pbx,
    uniqueid: enteredAs,
    queue,
    source,
    refused: false,
    takenUp,
    test: call.test,
    atMs: at.atMs,
  });
}

/** Ends the open stage; the wait runs to the queue's Leave where there was one. */
export function endStage(
  context: CallsContext,
  call: Call,
  end: StageEnd,
  at: Stamp,
  by: { seat: string; agent: string } = NOBODY,
): void {
  const stage = call.open;
  if (!stage) return;
  call.open = undefined;
  call.stagedPbxMs = at.pbxMs;
  const untilPbxMs = end === 'answered' ? at.pbxMs : (stage.leftPbxMs ?? at.pbxMs);
  const waitMs = Math.max(0, untilPbxMs - stage.startedPbxMs);
  const { queue, startedAtMs } = stage;
  call.stages.push(Object.freeze({ queue, startedAtMs, waitMs, end }));
  if (queue === '') return;
  context.queues.ended(queue, call);
  context.emit({
    type: 'queue-ended',
    id: stageId(call, stage, 'ended'),
    pbx: call.pbx,
    uniqueid: stage.enteredAs,
    queue,
    source: stage.source,
    end,
    waitMs,
    short: end === 'hang-up' && waitMs < shortLimitMs(call),
    refused: false,
    takenUp: stage.takenUp,
    test: call.test,
    blind: call.stale,
    seat: by.seat,
    agent: by.agent,
    atMs: at.atMs,
  });
}

/** QUEUESTATUS on the caller's channel: says how the open stage ended, or that the door was closed. */
export function applyQueueStatus(context: CallsContext, call: Call, status: string, at: Stamp): void {
  const end = QUEUE_STATUS_ENDS[status];
  if (end === undefined) return;
  const stage = call.open;
  if (stage && stage.queue !== '') endStage(context, call, end, at);
  else if (DOOR.has(status) && call.step?.application === 'Queue') refuse(context, call, end, at);
}

/** DIALSTATUS on the caller's channel: ends a direct dial; a dial of which no leg ever began was refused at once. */
export function applyDialStatus(context: CallsContext, call: Call, status: string, at: Stamp): void {
  const end = DIAL_STATUS_ENDS[status];
  if (end === undefined) return;
  const stage = call.open;
  if (stage) {
    if (stage.queue === '') endStage(context, call, end, at);
    return;
  }
  const step = call.step;
  if (step?.application !== 'Dial' || !context.parties.dialsPerson(step.data)) return;
  beginStage(context, call, '', { pbxMs: step.pbxMs, atMs: step.atMs }, false);
  endStage(context, call, end, at);
}

/**
 * The caller's channel went on in the dialplan (another application, another queue, voicemail) while a stage is
 * open. Leaving a queue by key sends Leave alone (asterisk-facts 1.2); a redirect gives up without a QUEUESTATUS.
 */
export function settleOpen(context: CallsContext, call: Call, at: Stamp): void {
  const stage = call.open;
  if (!stage) return;
  if (stage.queue === '') endStage(context, call, LEG_STATUS_ENDS[stage.legStatus] ?? 'elsewhere', at);
  else endStage(context, call, leftByKey(stage) ? 'key' : 'elsewhere', at);
}

/**
 * An attended transfer put the caller into the place of the one who consulted (`DestType: App`): the stay in the
 * queue goes on as the caller's, under the id it began with, so that the queue's sums close.
 */
export function takeOverStage(context: CallsContext, call: Call, from: Call, at: Stamp): void {
  const stage = from.open;
  if (!stage || from === call) return;
  from.open = undefined;
  context.queues.ended(stage.queue, from);
  if (call.open) settleOpen(context, call, at);
  ask(context, call, stage.queue, at.pbxMs, at.atMs);
  if (call.answer) call.adrift = true;
  call.open = stage;
  context.queues.entered(stage.queue, call);
}

/** The caller's channel is gone while a stage is open. */
export function endStageAtHangup(
  context: CallsContext,
  call: Call,
  byCaller: boolean,
  blind: boolean,
  at: Stamp,
): void {
  const stage = call.open;
  if (!stage) return;
  if (blind) endStage(context, call, 'unknown', at);
  else if (stage.queue !== '' && leftByKey(stage)) endStage(context, call, 'key', at);
  else if (byCaller) {
    // The exchange may keep the channel longer than the caller waits: a screening goes on to its end.
    stage.leftPbxMs ??= callerOf(call)?.hangupRequestedPbxMs;
    endStage(context, call, 'hang-up', at);
  } else settleOpen(context, call, at);
}

/** FULL and the like send no queue event at all (asterisk-facts 1.3): the Queue application named the queue. */
function refuse(context: CallsContext, call: Call, end: StageEnd, at: Stamp): void {
  const step = call.step;
  const queue = step?.data.split(',', 1)[0] ?? '';
  if (!step || queue === '') return;
  if (call.open) settleOpen(context, call, at);
  ask(context, call, queue, step.pbxMs, step.atMs);
  if (call.answer) call.adrift = true;
  call.stages.push(Object.freeze({ queue, startedAtMs: step.atMs, waitMs: 0, end }));
  const source = call.hotline ? 'hotline' : 'internal';
  const base = {
    pbx: call.pbx,
    uniqueid: call.uniqueid,
    queue,
    source,
    refused: true,
    takenUp: false,
    test: call.test,
  } as const;
  const id = `${call.id}/queue/${queue}/${step.pbxMs}`;
  context.emit({ type: 'queue-entered', id: `${id}/entered`, ...base, atMs: step.atMs });
  context.emit({
    type: 'queue-ended',
    id: `${id}/ended`,
    ...base,
    end,
    waitMs: 0,
    short: false,
    ...NOBODY,
    atMs: at.atMs,
  });
  call.step = undefined;
}

/** app_queue says Abandon or Leave before a caller's Hangup: one that stands in line at its Hangup is not the one there. */
export const isInLine = ({ open }: Call): boolean =>
  open !== undefined && open.queue !== '' && open.leftPbxMs === undefined && !open.gaveUp;

const NOBODY = { seat: '', agent: '' };
/** Internal callers have no hotline's setting: the norm's 5 s. */
const shortLimitMs = (call: Call): number => (call.hotline?.shortAbandonS ?? 5) * 1000;
const stageId = (call: Call, stage: OpenStage, what: string): string =>
  `${call.pbx}/${stage.enteredAs}/queue/${stage.queue}/${stage.startedPbxMs}/${what}`;
