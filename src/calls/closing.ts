import type { Stamp } from '../ami/pbx-event.ts';
import { type Call, callerOf, isDaytime } from './call.ts';
import type { Channel } from './channels.ts';
import type { CallsContext } from './context.ts';
import type { CallRecord, EndedBy, Outcome } from './facts.ts';
import { askedForPerson, outcomeOf } from './outcome.ts';
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
  const open = isDaytime(call);
  // The exchange may keep the channel longer than the caller stays on the line.
  const leftPbxMs = Math.min(at.pbxMs, caller?.hangupRequestedPbxMs ?? at.pbxMs);
  const aliveMs = Math.max(0, leftPbxMs - call.reachedPbxMs);
  const asked = askedForPerson({ kind: hotline.kind, open, asked: call.askedPbxMs !== undefined });
  const told = outcomeOf({
    kind: hotline.kind,
    open,
    answered: call.answer !== undefined,
    voicemail: call.voicemail && !call.perhapsAnswered,
    // Never guessed (norm.md section 2.6): what a person may have decided unseen is not known now either.
    blind: blind || call.perhapsAnswered,
    wasUp: call.wasUp,
    rangSomebody: caller?.rangSomebody ?? false,
    metBusy: call.stages.at(-1)?.end === 'busy',
    cause: end.cause,
    endedBy,
    asked: call.askedPbxMs !== undefined,
    attended: call.attended,
    aliveMs,
    ringOutMs: hotline.ringOutS * 1000,
  });
  // One found in mid-life came up to a second earlier than its age says: so near to ringing out it may have done so.
  const mayHaveRungOut =
    told === 'abandoned' && !call.wasUp && aliveMs + ageStepMs(call) >= hotline.ringOutS * 1000;
  // That nobody was asked for, and that nothing rang, is known only where all of it was seen.
  const mayHaveAskedFor = told === 'self-served' && !call.askedSeen;
  const mayHaveRung = told === 'blocked' && call.seenSincePbxMs > call.reachedPbxMs;
  const outcome = mayHaveRungOut || mayHaveAskedFor || mayHaveRung ? 'unknown' : told;
  const askedPbxMs = hotline.kind === 'people' && open ? call.reachedPbxMs : call.askedPbxMs;
  const gaveUp = outcome === 'abandoned' && endedBy === 'caller' && askedPbxMs !== undefined;
  const short = gaveUp && isShortWait(call, leftPbxMs - askedPbxMs, leftPbxMs, hotline.shortAbandonS * 1000);
  scoreEnd(context, call, { outcome, asked, short, aliveMs }, at);
  context.emit({
    type: 'call-closed',
    id: `${call.id}/closed`,
    pbx: call.pbx,
    hotline: hotline.name,
    atMs: at.atMs,
    // A busy or congested call is cleared by us, though the far end's answer to it comes as a hang-up request.
    record: recordOf(
      call,
      hotline.name,
      { outcome, endedBy: outcome === 'blocked' ? 'exchange' : endedBy, short: short === true, askedPbxMs },
      at,
    ),
  });
  return outcome;
}

/**
 * Whether a caller waited too little to count. Whoever may have asked before, while we could not see, has waited since
 * the arrival for all we know: neither set aside nor missed by a guess, unless that too would be short.
 */
function isShortWait(call: Call, waitedMs: number, leftPbxMs: number, limitMs: number): boolean | 'perhaps' {
  if (waitedMs >= limitMs) return false;
  const atMostMs = (call.askedSeen ? waitedMs : leftPbxMs - call.reachedPbxMs) + ageStepMs(call);
  return atMostMs < limitMs || 'perhaps';
}

/** Lists tell ages in whole seconds. */
const ageStepMs = (call: Call): number => (call.takenUp ? 1000 : 0);

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
  hotline: string,
  said: Pick<CallRecord, 'outcome' | 'endedBy' | 'short'> & { askedPbxMs: number | undefined },
  at: Stamp,
): CallRecord {
  return Object.freeze({
    pbx: call.pbx,
    uniqueid: call.uniqueid,
    hotline,
    kind: call.hotline?.kind ?? 'people',
    hours: call.hours,
    emergency: call.emergency,
    test: call.test,
    takenUp: call.takenUp,
    reachedAtMs: call.reachedAtMs,
    closedAtMs: at.atMs,
    outcome: said.outcome,
    endedBy: said.endedBy,
    pickupMs: call.upPbxMs === undefined ? undefined : Math.max(0, call.upPbxMs - call.reachedPbxMs),
    askedAtMs: said.askedPbxMs === call.reachedPbxMs ? call.reachedAtMs : call.askedAtMs,
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
