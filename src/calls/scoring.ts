import type { Stamp } from '../ami/pbx-event.ts';
import { type Call, isDaytime } from './call.ts';
import type { CallsContext } from './context.ts';
import type { Breach, Outcome, Result, Target } from './facts.ts';

/** Says once for each target that a call entered its rate. Test callers enter none; a hit is never taken back. */
export function score(
  context: CallsContext,
  call: Call,
  target: Target,
  result: Result,
  at: Stamp,
  waitMs: number | undefined,
): void {
  const { hotline } = call;
  if (!hotline || call.test || call.scored[target] !== undefined) return;
  // What cannot be known of a time before the watch is no unknown call of a window: that one says `since` itself.
  if (result === 'unknown' && call.beforeWatch) return;
  call.scored[target] = result;
  context.emit({
    type: 'scored',
    id: `${call.id}/scored/${target}`,
    pbx: call.pbx,
    uniqueid: call.uniqueid,
    hotline: hotline.name,
    atMs: at.atMs,
    target,
    result,
    reachedAtMs: call.reachedAtMs,
    waitMs,
  });
}

/** The caller's channel reached Up: on an attendant hotline that is the pick-up. */
export function scorePickup(context: CallsContext, call: Call, at: Stamp): void {
  if (call.hotline?.kind !== 'attendant') return;
  if (call.hours === 'open') score(context, call, 'auto', 'hit', at, undefined);
  else scoreTaken(context, call, at);
}

/** Something took an after-hours call: an attendant, a voicemail, a closed announcement, a person. */
export function scoreTaken(context: CallsContext, call: Call, at: Stamp): void {
  if (call.hours === 'closed') score(context, call, 'after-hours', 'hit', at, undefined);
}

/** A person is in one bridge with the caller. */
export function scoreAnswer(context: CallsContext, call: Call, at: Stamp, waitMs: number | undefined): void {
  scoreTaken(context, call, at);
  if (!isDaytime(call)) return;
  const target = call.hotline?.kind === 'people' ? 'direct' : 'transfer';
  score(context, call, target, 'hit', at, waitMs);
}

export interface Ending {
  readonly outcome: Outcome;
  readonly asked: boolean;
  /** Perhaps: what the caller asked for before cannot have been seen. */
  readonly short: boolean | 'perhaps';
  /** From reaching the hotline to the end, ms. */
  readonly aliveMs: number;
}

/** What is still undecided when the caller's channel is gone (norm.md section 1, "When a call enters a rate"). */
export function scoreEnd(context: CallsContext, call: Call, ending: Ending, at: Stamp): void {
  const { hotline } = call;
  if (!hotline) return;
  const blind = ending.outcome === 'unknown';
  const short = hotline.setAsideShort && ending.short;
  const missed: Result = blind || short === 'perhaps' ? 'unknown' : short ? 'set_aside' : 'miss';
  if (hotline.kind === 'attendant') {
    if (call.hours === 'open') score(context, call, 'auto', blind ? 'unknown' : 'miss', at, undefined);
    if (isDaytime(call) && (ending.asked || blind)) score(context, call, 'transfer', missed, at, undefined);
  } else if (isDaytime(call)) {
    score(context, call, 'direct', missed, at, undefined);
  }
  if (call.hours === 'closed') {
    const early = ending.outcome === 'abandoned' && ending.aliveMs < hotline.ringOutS * 1000;
    score(context, call, 'after-hours', blind ? 'unknown' : early ? 'set_aside' : 'miss', at, undefined);
  }
  breaches(context, call, ending, at);
}

function breaches(context: CallsContext, call: Call, ending: Ending, at: Stamp): void {
  if (ending.outcome === 'unanswered' && isDaytime(call)) breach(context, call, 'unanswered', at);
  if (call.scored['after-hours'] === 'miss') breach(context, call, 'after-hours-not-taken', at);
  const nobody = ending.outcome !== 'answered' && ending.outcome !== 'unknown';
  if (call.emergency && ending.asked && nobody) breach(context, call, 'emergency-not-answered', at);
}

function breach(context: CallsContext, call: Call, what: Breach, at: Stamp): void {
  if (!call.hotline || call.test) return;
  context.emit({
    type: 'breach',
    id: `${call.id}/breach/${what}`,
    pbx: call.pbx,
    uniqueid: call.uniqueid,
    hotline: call.hotline.name,
    atMs: at.atMs,
    breach: what,
    reachedAtMs: call.reachedAtMs,
  });
}
