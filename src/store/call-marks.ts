import { BREACHES, TARGETS, type Breach, type Target } from '../calls/facts.ts';
import type { StoredFact } from './compact.ts';
import type { SourcedFact } from './merge.ts';
import type { CallRow, FactSource } from './ports.ts';

/** What a report looks for among all calls without opening their bodies; '' where a call has nothing of it. */
export interface CallMarks {
  /** `unanswered emergency-not-answered` */
  readonly breaches: string;
  /** How it became known and what it was scored as, as far as it was not seen: `backfilled auto:hit transfer:miss`. */
  readonly broughtIn: string;
}

const RESULTS = ['hit', 'miss', 'set_aside'] as const;
type KnownResult = (typeof RESULTS)[number];

/** A call, or a part of it, that we know of from elsewhere. */
export interface BroughtIn {
  readonly certainty: Exclude<FactSource, 'seen'>;
  readonly scores: readonly { readonly target: Target; readonly result: KnownResult }[];
}

export function callMarksOf(row: CallRow, facts: Iterable<SourcedFact<StoredFact>>): CallMarks {
  const breaches = new Set<Breach>();
  const scores: string[] = [];
  const isOfLog = row.certainty === 'backfilled' || row.certainty === 'imported';
  let how: FactSource = isOfLog ? (row.certainty as FactSource) : 'seen';
  for (const { fact, source } of facts) {
    if (fact.type === 'breach') breaches.add(fact.breach);
    if (fact.type !== 'scored' || source === 'seen' || fact.result === 'unknown') continue;
    if (how === 'seen') how = source;
    scores.push(`${fact.target}:${fact.result}`);
  }
  return {
    breaches: BREACHES.filter((breach) => breaches.has(breach)).join(' '),
    broughtIn: how === 'seen' ? '' : [how, ...scores.toSorted()].join(' '),
  };
}

export function readBreaches(mark: string): readonly Breach[] {
  const words = mark.split(' ');
  return BREACHES.filter((breach) => words.includes(breach));
}

export function readBroughtIn(mark: string): BroughtIn {
  const [how, ...words] = mark.split(' ');
  return {
    certainty: how === 'imported' ? 'imported' : 'backfilled',
    scores: words.flatMap((word) => {
      const [told, said] = word.split(':');
      const target = TARGETS.find((one) => one === told);
      const result = RESULTS.find((one) => one === said);
      return target === undefined || result === undefined ? [] : [{ target, result }];
    }),
  };
}
