import { breachesOf, scoresOf } from '../calls/end-scores.ts';
import type { Breach, CallClosed, Fact, Outcome, Result, Target } from '../calls/facts.ts';
import { isDaytime, outcomeOf, type Evidence } from '../calls/outcome.ts';

/** What a call counted for. */
export interface Counted {
  readonly outcome: Outcome;
  readonly scores: Readonly<Partial<Record<Target, Result>>>;
  readonly breaches: readonly Breach[];
}

/** What the facts of a call say it counted for; undefined while it is open. */
export function countedOf(facts: readonly Fact[]): Counted | undefined {
  const closed = facts.find((fact) => fact.type === 'call-closed');
  if (closed === undefined) return undefined;
  const scores: Partial<Record<Target, Result>> = {};
  const breaches: Breach[] = [];
  for (const fact of facts) {
    if (fact.type === 'scored') scores[fact.target] = fact.result;
    else if (fact.type === 'breach') breaches.push(fact.breach);
  }
  return { outcome: closed.record.outcome, scores, breaches };
}

/**
 * What a call must count for by the rules of norm.md sections 1 and 2, judged anew by what the journal keeps of it: never
 * by the scores that were kept. Undefined while it is open, and where nothing was kept that could decide it (a call known
 * from elsewhere, or of an older version).
 */
export function replayFacts(facts: readonly Fact[]): Counted | undefined {
  const evidence = facts.find((fact): fact is CallClosed => fact.type === 'call-closed')?.evidence;
  if (evidence === undefined) return undefined;
  const outcome = outcomeOf(evidence);
  const scores: Partial<Record<Target, Result>> = {};
  for (const target of hitsBefore(evidence, facts)) scores[target] = 'hit';
  for (const { target, result } of scoresOf(evidence, outcome)) scores[target] = result;
  return { outcome, scores, breaches: breachesOf(evidence, outcome) };
}

/** Whether both say the same. */
export function countSame(one: Counted, other: Counted): boolean {
  const said = ({ outcome, scores, breaches }: Counted): string =>
    JSON.stringify([outcome, Object.entries(scores).toSorted(), breaches.toSorted()]);
  return said(one) === said(other);
}

/** What a pick-up, a person's answer and whatever took an after-hours call decided as they happened. */
function hitsBefore(end: Evidence, facts: readonly Fact[]): readonly Target[] {
  if (end.test) return [];
  const decided = facts.filter((fact) => fact.type === 'call-decided');
  const pickedUp = decided.some(({ what }) => what === 'picked-up');
  const byAttendant = end.kind === 'attendant' && pickedUp;
  const answered = decided.some(({ what }) => what === 'answered') && !answeredUnseen(end);
  const hits: Target[] = [];
  if (byAttendant && end.hours === 'open') hits.push('auto');
  if (answered && isDaytime(end)) hits.push(end.kind === 'people' ? 'direct' : 'transfer');
  // A closed announcement takes a call without picking it up, an attendant does not: the rate has spoken, or it has not.
  const taken = byAttendant || answered || ((end.attended || end.voicemail) && !pickedUpUnseen(end));
  if (taken && end.hours === 'closed' && end.decided.includes('after-hours')) hits.push('after-hours');
  return hits;
}

/** Found Up, so that the attendant had it already: the rate of pick-ups is marked too, which never speaks of a call after hours. */
const pickedUpUnseen = ({ kind, hours, decided }: Evidence): boolean =>
  kind === 'attendant' && hours === 'closed' && decided.includes('auto');

/** Found in a snapshot with a person: both kinds of hotline's rates are marked then, where an answer scores in one. */
const answeredUnseen = ({ decided }: Evidence): boolean =>
  decided.includes('transfer') && decided.includes('direct');
