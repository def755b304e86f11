import type { Fact } from '../../src/calls/facts.ts';
import type { Trace } from '../traces/replay.ts';

/** What a gap may take from a call is what we know of it; it may not make another truth of it. */
export function untruths(trace: Trace, facts: readonly Fact[]): string[] {
  const truths = trace.truth.calls;
  const results = new Set(truths.flatMap(({ scores }) => Object.entries(scores).map(String)));
  const outcomes = new Set<string>(truths.map(({ outcome }) => outcome));
  const seenWhole = new Set(
    facts.flatMap((fact) => (fact.type === 'call-opened' && !fact.takenUp ? [fact.uniqueid] : [])),
  );
  return facts.flatMap((fact) => {
    if (fact.type === 'scored' && fact.result !== 'unknown' && seenWhole.has(fact.uniqueid)) {
      return results.has(String([fact.target, fact.result])) ? [] : [`${fact.target} ${fact.result}`];
    }
    if (fact.type === 'breach')
      return truths.some(({ breaches }) => breaches.includes(fact.breach)) ? [] : [fact.breach];
    if (fact.type !== 'call-closed' || fact.record.takenUp || fact.record.outcome === 'unknown') return [];
    return outcomes.has(fact.record.outcome) ? [] : [fact.record.outcome];
  });
}
