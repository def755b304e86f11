import {
  CHANNEL_UP,
  type ChannelLine,
  type LinkLost,
  type QueueEntryLine,
  type Snapshot,
} from '../ami/pbx-event.ts';
import { type Call, callerOf, type OpenStage } from './call.ts';
import type { Calls } from './calls.ts';
import type { Channel } from './channels.ts';
import { closeHold } from './parting.ts';
import { mayHavePassedOn } from './passed-on.ts';
import { beginStage, endStage } from './stages.ts';
import { reviewTalk } from './talk.ts';

/** What a snapshot changed in the live picture. */
export interface Reconciled {
  /** Channels that were wrong, missing or too many. */
  readonly channels: number;
  readonly queues: number;
  /** Calls open when the link was lost, and of those the ones that ended unseen. */
  readonly openCalls: number;
  readonly endedUnknown: number;
  readonly takenUp: number;
}

/** We hear nothing any more: every open call may end, or be answered, unseen. */
export function loseSight(calls: Calls, event: LinkLost): void {
  calls.context.channels.loseSight();
  const lastHeard = { pbxMs: event.pbxMs - (event.atMs - event.lastHeardMs), atMs: event.lastHeardMs };
  calls.outbound.loseSight(lastHeard);
  for (const call of calls.open.values()) {
    call.stale = true;
    call.askedSeen &&= call.askedPbxMs !== undefined;
    if (call.open) call.open.touchedPbxMs = -Infinity;
    call.stagedPbxMs = -Infinity;
    // No list tells of holds: one that goes on would last to the end of the talk for all we hear.
    for (const partner of call.partners) closeHold(partner, lastHeard);
  }
}

/**
 * Puts the picture right by a snapshot (asterisk-facts section 3). Whatever an event has told of since the
 * snapshot's first Ping is newer than its lines and stays. Nothing is guessed: a call that vanished unseen is
 * `unknown`, a call found in mid-life is taken up and scores only what is decided from now on.
 */
export function reconcile(calls: Calls, snapshot: Snapshot): Reconciled {
  const { channels } = calls.context;
  const lines = new Map(snapshot.channels.map((line) => [line.uniqueid, line]));
  const before = calls.open.values().reduce((count, { hotline }) => count + (hotline ? 1 : 0), 0);
  const { vanished, endedUnknown } = dropVanished(calls, snapshot, lines);
  const changed: Channel[] = [];
  const found: { readonly channel: Channel; readonly line: ChannelLine }[] = [];
  for (const line of snapshot.channels) {
    const channel = channels.get(line.uniqueid);
    if (channel) {
      if (channel.touchedPbxMs < snapshot.pbxMs && channels.correct(channel, line)) changed.push(channel);
    } else if (line.uniqueid !== '' && !channels.isGone(line.uniqueid)) {
      const added = channels.takeUp(line, snapshot);
      channels.correct(added, line);
      found.push({ channel: added, line });
    }
  }
  const takenUp = new Set<Call>();
  for (const { channel, line } of found) {
    const call = takeUpCall(calls, channel, line, snapshot);
    if (!call) continue;
    call.beforeWatch = !calls.hasSeen;
    takenUp.add(call);
  }
  calls.hasSeen = true;
  calls.toldBefore = NOTHING_TOLD;
  calls.outbound.reconcile(calls.context, snapshot);
  const queues = reconcileQueues(calls, snapshot, lines);
  for (const line of snapshot.channels) refresh(calls, line, snapshot);
  for (const call of calls.open.values()) {
    reviewTalk(calls.context, call, snapshot, !takenUp.has(call));
    if (call.stale || takenUp.has(call)) {
      const line = lines.get(call.uniqueid);
      if (line && mayHavePassedOn(call, line)) call.perhapsAnswered = true;
      call.seenSincePbxMs = snapshot.pbxMs;
    }
    call.stale = false;
  }
  // Their place in line was taken, or left, unseen.
  for (const call of calls.displaced.values()) {
    endStage(calls.context, call, 'unknown', snapshot);
    calls.displaced.delete(call.uniqueid);
  }
  return {
    channels: vanished + changed.length + found.length,
    queues,
    openCalls: before,
    endedUnknown,
    takenUp: takenUp.size,
  };
}

/** Channels that no list names and no event has told of since: they ended unseen. */
function dropVanished(
  calls: Calls,
  snapshot: Snapshot,
  lines: ReadonlyMap<string, ChannelLine>,
): { vanished: number; endedUnknown: number } {
  const { channels } = calls.context;
  let vanished = 0;
  let endedUnknown = 0;
  const at = { pbxMs: snapshot.pbxMs, atMs: snapshot.atMs };
  const vanishedUnseen = { cause: 0, blind: true };
  for (const channel of channels.all()) {
    if (lines.has(channel.uniqueid) || channel.touchedPbxMs >= snapshot.pbxMs) continue;
    vanished++;
    const { call } = channel;
    if (call && calls.close(call, vanishedUnseen, at) === 'unknown') endedUnknown++;
    calls.outbound.end(calls.context, channel, at, true);
    channels.forget(channel.uniqueid, snapshot.pbxMs);
  }
  // A caller's channel that was never known (a swap without an event) cannot come back either.
  for (const call of calls.open.values()) {
    if (call.caller.forgotten && calls.close(call, vanishedUnseen, at) === 'unknown') endedUnknown++;
  }
  for (const half of calls.recording.keys()) if (!channels.get(half)) calls.endRecording(half);
  return { vanished, endedUnknown };
}

/** A channel found in mid-life that is a hotline's caller becomes a call, marked as taken up. */
function takeUpCall(calls: Calls, channel: Channel, line: ChannelLine, snapshot: Snapshot): Call | undefined {
  const call = calls.admit(channel, line.context, line.dialledNumber, true);
  if (!call) return undefined;
  if (line.state === CHANNEL_UP) {
    // On a hotline where to call is to ask, Up and in no line: a person may have been there, and gone.
    const waits = snapshot.entries.some(({ uniqueid }) => uniqueid === call.uniqueid);
    call.perhapsAnswered = call.hotline?.kind === 'people' && !waits;
    call.wasUp = true;
    call.scored.auto ??= 'unseen';
    if (call.hotline?.kind === 'attendant') call.scored['after-hours'] ??= 'unseen';
  }
  if (line.application === 'Dial' && call.hotline?.kind === 'attendant') {
    call.askedPbxMs = snapshot.pbxMs;
    call.askedAtMs = snapshot.atMs;
  }
  return call;
}

/** What a line shows of a call that events did not: Up, in a voicemail, in a context that means something. */
function refresh(calls: Calls, line: ChannelLine, snapshot: Snapshot): void {
  const channel = calls.context.channels.get(line.uniqueid);
  if (!channel || channel.touchedPbxMs >= snapshot.pbxMs) return;
  const own = channel.call;
  if (own && line.state === CHANNEL_UP && !own.wasUp) calls.pickUp(own, snapshot, false);
  if (line.application === 'VoiceMail') {
    const call = calls.queueing(line.uniqueid);
    if (call && !call.voicemail) calls.reachVoicemail(call, line.uniqueid, snapshot);
  }
  if (own?.hotline) calls.enterContext(own, line.context, snapshot);
}

/** Callers in line: stages that no list shows ended unseen, those that only the list knows began unseen. */
function reconcileQueues(calls: Calls, snapshot: Snapshot, lines: ReadonlyMap<string, ChannelLine>): number {
  const { channels } = calls.context;
  const entries = new Map<string, QueueEntryLine>();
  for (const entry of snapshot.entries) entries.set(entry.uniqueid, entry);
  let corrected = 0;
  for (const call of calls.open.values()) {
    const stage = call.open;
    if (!stage || stage.touchedPbxMs >= snapshot.pbxMs || goesOn(call, stage, entries, lines)) continue;
    // Talking with a person of it now: reviewTalk ends the stage as answered.
    if (talksWithSomebody(calls, call)) continue;
    corrected++;
    if (!stage.gaveUp) call.perhapsAnswered = true;
    endStage(calls.context, call, 'unknown', snapshot);
  }
  for (const entry of entries.values()) {
    const channel = channels.get(entry.uniqueid);
    if (!channel || channel.touchedPbxMs >= snapshot.pbxMs) continue;
    let call = calls.queueing(entry.uniqueid);
    // It left the queue while the lists were read.
    if (call && call.stagedPbxMs > snapshot.pbxMs) continue;
    if (call && calls.inQueue(entry.uniqueid, entry.queue, snapshot)) continue;
    const waitMs = entry.waitS * 1000;
    const since = { pbxMs: snapshot.pbxMs - waitMs, atMs: snapshot.atMs - waitMs };
    corrected++;
    call ??= calls.admitInternal(channel, true);
    beginStage(calls.context, call, entry.queue, since, true, entry.uniqueid);
  }
  return corrected;
}

function talksWithSomebody({ context }: Calls, call: Call): boolean {
  const caller = callerOf(call);
  if (!caller) return false;
  return context.channels
    .talkOf(caller)
    .some((end) => end !== caller && context.parties.partyOf(end) !== 'nobody');
}

/** Whether the lists show the stage going on, or can say nothing of it. */
function goesOn(
  call: Call,
  stage: OpenStage,
  entries: ReadonlyMap<string, QueueEntryLine>,
  lines: ReadonlyMap<string, ChannelLine>,
): boolean {
  if (stage.queue === '') return !call.stale || lines.get(call.uniqueid)?.application === 'Dial';
  const entry = entries.get(stage.enteredAs) ?? entries.get(call.uniqueid);
  // It left before a list was read that we trust: how is still to be told, unless that was told while we were blind.
  return entry ? entry.queue === stage.queue : stage.leftPbxMs !== undefined && !call.stale;
}

const NOTHING_TOLD: ReadonlySet<string> = new Set();
