import { isDeepStrictEqual } from 'node:util';
import { breachesOf, scoresOf, shortOf } from '../../src/calls/end-scores.ts';
import type { CallClosed, Fact } from '../../src/calls/facts.ts';
import { outcomeOf } from '../../src/calls/outcome.ts';

/** Calls of which the evidence alone says anything else than was told of them. */
export function evidenceDifferences(facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) => (fact.type === 'call-closed' ? differencesOf(fact, facts) : []));
}

function differencesOf({ record, evidence }: CallClosed, facts: readonly Fact[]): string[] {
  if (!evidence) return ['no evidence'];
  const own = facts.filter((fact) => 'uniqueid' in fact && fact.uniqueid === record.uniqueid);
  const scores = own.flatMap((fact) =>
    fact.type === 'scored' && !evidence.decided.includes(fact.target)
      ? [{ target: fact.target, result: fact.result }]
      : [],
  );
  const told = {
    outcome: record.outcome,
    short: record.short,
    scores,
    breaches: own.flatMap((fact) => (fact.type === 'breach' ? [fact.breach] : [])),
  };
  const follows = {
    outcome: outcomeOf(evidence),
    short: shortOf(evidence) === true,
    scores: scoresOf(evidence),
    breaches: breachesOf(evidence),
  };
  return isDeepStrictEqual(told, follows)
    ? []
    : [`${record.uniqueid}: told ${JSON.stringify(told)}, follows ${JSON.stringify(follows)}`];
}
