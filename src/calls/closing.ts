import type { Stamp } from '../ami/pbx-event.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import { type Call, callerOf } from './call.ts';
import type { Channel } from './channels.ts';
import type { CallsContext } from './context.ts';
import { shortOf } from './end-scores.ts';
import { type CallRecord, type EndedBy, type Outcome, TARGETS } from './facts.ts';
import { type Evidence, isDaytime, outcomeOf } from './outcome.ts';
import { scoreEnd } from './scoring.ts';
import { NONE } from './short-list.ts';
import { endStageAtHangup, isInLine } from './stages.ts';
import { endTalks } from './parting.ts';

/** How the caller's channel ended; `blind`: it vanished while we could not see. */
export interface CallEnd {
  readonly cause: number;
  readonly blind: boolean;
}

/**
 * The caller's channel is gone: everything still open ends, the call gets its one outcome and enters its rates.
 * Returns the outcome; undefined for an internal caller, who has none.
 */
export function closeCall(context: CallsContext, call: Call, end: CallEnd, at: Stamp): Outcome | undefined {
  const caller = callerOf(call);
  const blind = end.blind || call.stale || mayHaveAsked(call, caller, at);
  const endedBy: EndedBy = blind
    ? 'unknown'
    : (caller?.hangupRequested ?? call.hungUp?.byCaller)
      ? 'caller'
      : 'exchange';
  if (call.hotline || blind || !isInLine(call))
    endStageAtHangup(context, call, endedBy === 'caller', blind, at);
  endTalks(context, call, at);
  const { hotline } = call;
  if (!hotline) return undefined;
  const evidence = evidenceOf(call, hotline, { cause: end.cause, endedBy, blind }, at);
  const outcome = outcomeOf(evidence);
  const short = shortOf(evidence, outcome) === true;
  scoreEnd(context, call, evidence, outcome, at);
  // A busy or congested call is cleared by us, though the far end's answer to it comes as a hang-up request.
  const saidEndedBy = outcome === 'blocked' ? 'exchange' : endedBy;
  context.emit({
    type: 'call-closed',
    id: `${call.id}/closed`,
    pbx: call.pbx,
    hotline: hotline.name,
    atMs: at.atMs,
    record: recordOf(call, hotline, { outcome, endedBy: saidEndedBy, short }, at),
    evidence,
  });
  return outcome;
}

function evidenceOf(
  call: Call,
  hotline: HotlineDefinition,
  end: Pick<Evidence, 'cause' | 'endedBy' | 'blind'>,
  at: Stamp,
): Evidence {
  const caller = callerOf(call);
  // The exchange may keep the channel longer than the caller stays on the line.
  const leftPbxMs = Math.min(at.pbxMs, caller?.hangupRequestedPbxMs ?? at.pbxMs);
  return Object.freeze({
    kind: hotline.kind,
    hours: call.hours,
    emergency: call.emergency,
    test: call.test,
    takenUp: call.takenUp,
    beforeWatch: call.beforeWatch,
    answered: call.answer !== undefined,
    voicemail: call.voicemail,
    ...end,
    perhapsAnswered: call.perhapsAnswered,
    askedSeen: call.askedSeen,
    wasUnseen: call.seenSincePbxMs > call.reachedPbxMs,
    wasUp: call.wasUp,
    rangSomebody: caller?.rangSomebody ?? false,
    metBusy: call.stages.at(-1)?.end === 'busy',
    asked: call.askedPbxMs !== undefined,
    attended: call.attended,
    aliveMs: wholeMs(leftPbxMs - call.reachedPbxMs),
    waitedMs: wholeMs(leftPbxMs - (call.askedPbxMs ?? leftPbxMs)),
    ringOutMs: hotline.ringOutS * 1000,
    shortMs: hotline.shortAbandonS * 1000,
    setAsideShort: hotline.setAsideShort,
    decided: Object.freeze(TARGETS.filter((target) => call.scored[target] !== undefined)),
  });
}

/** Down: against limits of whole milliseconds it says what the parts of one would. */
const wholeMs = (lengthMs: number): number => Math.max(0, Math.floor(lengthMs));

/**
 * A caller's request to hang up comes just before its Hangup. Where sight came back in between, who ended the call is
 * not known, and with it whether the caller or the exchange gave up.
 */
const mayHaveAsked = (call: Call, caller: Channel | undefined, at: Stamp): boolean =>
  caller?.hangupRequested !== true && at.pbxMs - call.seenSincePbxMs < REQUEST_MS && !outlastedTry(call, at);

const REQUEST_MS = 2000;

/** The exchange gave a try at a person up since then: the caller was still there, and a request after it would be heard. */
function outlastedTry(call: Call, at: Stamp): boolean {
  const last = call.stages.at(-1);
  if (!last || (last.end !== 'timeout' && last.end !== 'busy')) return false;
  return at.atMs - (last.startedAtMs + last.waitMs) < at.pbxMs - call.seenSincePbxMs;
}

function recordOf(
  call: Call,
  hotline: HotlineDefinition,
  said: Pick<CallRecord, 'outcome' | 'endedBy' | 'short'>,
  at: Stamp,
): CallRecord {
  const asksByCalling = hotline.kind === 'people' && isDaytime(call);
  return Object.freeze({
    pbx: call.pbx,
    uniqueid: call.uniqueid,
    hotline: hotline.name,
    kind: hotline.kind,
    hours: call.hours,
    emergency: call.emergency,
    test: call.test,
    takenUp: call.takenUp,
    reachedAtMs: call.reachedAtMs,
    closedAtMs: at.atMs,
    outcome: said.outcome,
    endedBy: said.endedBy,
    pickupMs: call.upPbxMs === undefined ? undefined : Math.max(0, call.upPbxMs - call.reachedPbxMs),
    askedAtMs: asksByCalling ? call.reachedAtMs : call.askedAtMs,
    stages: call.stages.length === 0 ? NONE : Object.freeze([...call.stages]),
    answer: call.answer,
    message: call.voicemail ? (call.message ?? 'none') : undefined,
    short: said.short,
    talkMs: call.talkMs,
    holdMs: call.holdMs,
    transfers: call.transfers,
    lostAfterAnswer: call.answer !== undefined && call.adrift,
  });
}
