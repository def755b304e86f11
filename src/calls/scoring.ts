import type { Stamp } from '../ami/pbx-event.ts';
import type { Call } from './call.ts';
import type { CallsContext } from './context.ts';
import { breachesOf, scoresOf } from './end-scores.ts';
import type { Breach, Outcome, Result, Target } from './facts.ts';
import { type Evidence, isDaytime } from './outcome.ts';

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

/** What is still undecided when the caller's channel is gone. */
export function scoreEnd(
  context: CallsContext,
  call: Call,
  end: Evidence,
  outcome: Outcome,
  at: Stamp,
): void {
  for (const { target, result } of scoresOf(end, outcome))
    score(context, call, target, result, at, undefined);
  for (const what of breachesOf(end, outcome)) breach(context, call, what, at);
}

function breach(context: CallsContext, call: Call, what: Breach, at: Stamp): void {
  if (!call.hotline) return;
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
