import { breachesOf, scoresOf, shortOf } from '../calls/end-scores.ts';
import { BREACHES, type Breach, type Outcome, type Result, TARGETS, type Target } from '../calls/facts.ts';
import { type Evidence, outcomeOf } from '../calls/outcome.ts';

/** How it may have been, and what in it spoke of a rate before the end. */
export interface World {
  readonly evidence: Evidence;
  readonly scored: Readonly<Partial<Record<Target, Result>>>;
}

/** What is so in every world. */
export interface Agreed {
  /** Undefined where they differ. */
  readonly outcome: Outcome | undefined;
  readonly short: boolean;
  readonly scores: ReadonlyMap<Target, Result>;
  readonly breaches: readonly Breach[];
}

/**
 * Never guessed (norm.md section 2.6): of all the ways it may have been as far as we saw and the log says, what is the
 * same in each is known, and nothing else.
 */
export function agreed(worlds: readonly World[]): Agreed {
  const told = worlds.map(tell);
  const [first] = told;
  const isSame = (of: (one: Told) => unknown): boolean =>
    told.every((one) => of(one) === (first && of(first)));
  const results = TARGETS.map((target) => [target, first?.scores.get(target)] as const);
  return {
    outcome: isSame(({ outcome }) => outcome) ? first?.outcome : undefined,
    short: told.every(({ short }) => short),
    scores: new Map(
      results.flatMap(([target, result]) =>
        result !== undefined && isSame(({ scores }) => scores.get(target)) ? [[target, result] as const] : [],
      ),
    ),
    breaches: BREACHES.filter(
      (breach) => told.length > 0 && told.every(({ breaches }) => breaches.includes(breach)),
    ),
  };
}

interface Told {
  readonly outcome: Outcome;
  readonly short: boolean;
  readonly scores: ReadonlyMap<Target, Result>;
  readonly breaches: readonly Breach[];
}

function tell({ evidence, scored }: World): Told {
  const before = Object.entries(scored) as [Target, Result][];
  const decided = [...evidence.decided, ...before.map(([target]) => target)];
  const end = { ...evidence, decided };
  const outcome = outcomeOf(end);
  const after = scoresOf(end, outcome).map(({ target, result }) => [target, result] as const);
  return {
    outcome,
    short: shortOf(end, outcome) === true,
    scores: new Map([...(end.test ? [] : before), ...after]),
    breaches: breachesOf(end, outcome),
  };
}
