import type { Breach, Outcome, Result, Target } from './facts.ts';
import { ageStepMs, askedForPerson, isDaytime, outcomeOf, type Evidence } from './outcome.ts';

/** What the end of a call says of it in one rate. */
export interface EndScore {
  readonly target: Target;
  readonly result: Result;
}

/**
 * Whether a caller who gave up waited too little to count. Whoever may have asked before, while we could not see, has
 * waited since the arrival for all we know: neither set aside nor missed by a guess, unless that too would be short.
 */
export function shortOf(end: Evidence, outcome: Outcome = outcomeOf(end)): boolean | 'perhaps' {
  if (outcome !== 'abandoned' || end.endedBy !== 'caller' || !askedForPerson(end)) return false;
  const waitedMs = end.kind === 'people' && isDaytime(end) ? end.aliveMs : end.waitedMs;
  if (waitedMs >= end.shortMs) return false;
  const atMostMs = (end.askedSeen ? waitedMs : end.aliveMs) + ageStepMs(end);
  return atMostMs < end.shortMs || 'perhaps';
}

/** What is still undecided when the caller's channel is gone (norm.md section 1, "When a call enters a rate"), in order. */
export function scoresOf(end: Evidence, outcome: Outcome = outcomeOf(end)): readonly EndScore[] {
  if (end.test) return [];
  return undecided(end, outcome).filter(
    ({ target, result }) =>
      !end.decided.includes(target) &&
      // What cannot be known of a time before the watch is no unknown call of a window: that one says `since` itself.
      !(result === 'unknown' && end.beforeWatch),
  );
}

/** The promises that its end broke. */
export function breachesOf(end: Evidence, outcome: Outcome = outcomeOf(end)): readonly Breach[] {
  if (end.test) return [];
  const breaches: Breach[] = [];
  if (outcome === 'unanswered' && isDaytime(end)) breaches.push('unanswered');
  const notTaken = scoresOf(end, outcome).some(
    ({ target, result }) => target === 'after-hours' && result === 'miss',
  );
  if (notTaken) breaches.push('after-hours-not-taken');
  const nobody = outcome !== 'answered' && outcome !== 'unknown';
  if (end.emergency && askedForPerson(end) && nobody) breaches.push('emergency-not-answered');
  return breaches;
}

function undecided(end: Evidence, outcome: Outcome): EndScore[] {
  const scores: EndScore[] = [];
  const blind = outcome === 'unknown';
  const short = end.setAsideShort && shortOf(end, outcome);
  const missed: Result = blind || short === 'perhaps' ? 'unknown' : short ? 'set_aside' : 'miss';
  if (end.kind === 'attendant') {
    if (end.hours === 'open') scores.push({ target: 'auto', result: blind ? 'unknown' : 'miss' });
    if (isDaytime(end) && (askedForPerson(end) || blind)) scores.push({ target: 'transfer', result: missed });
  } else if (isDaytime(end)) scores.push({ target: 'direct', result: missed });
  if (end.hours === 'closed') {
    const early = outcome === 'abandoned' && end.aliveMs < end.ringOutMs;
    scores.push({ target: 'after-hours', result: blind ? 'unknown' : early ? 'set_aside' : 'miss' });
  }
  return scores;
}
