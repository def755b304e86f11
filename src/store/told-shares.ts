import type { Fact } from '../calls/facts.ts';
import type { FactSource } from './ports.ts';
import type { SumShare } from './sums.ts';

/** What became of one fact: the shares of what was said before under its id, and of what is said now. */
export interface ToldChange {
  readonly replaced: readonly SumShare[];
  readonly made: readonly SumShare[];
  readonly after: Fact;
  readonly source: FactSource;
}

/** Made of lengths and times that no counter tells. */
const UNCOUNTED: ReadonlySet<string> = new Set(['figures', 'seat-time']);

/**
 * The counters on the page for Prometheus count what was seen at its instant, and never fall; the sums follow what is known.
 * Where the two part, series `told-…`, by period and since ever, hold what the counters told beyond the sums, so that a
 * start can go on from both. They are no projection of the facts: it is in no fact what was once said in its place.
 */
export function toldShares({ replaced, made, after, source }: ToldChange): readonly SumShare[] {
  const isSeen = source === 'seen';
  if (isSeen && replaced.length === 0) return NONE;
  const shares = replaced.filter(isCounted).map((share) => toldOf(share, 1));
  if (isSeen) return shares;
  shares.push(...made.filter(isCounted).map((share) => toldOf(share, -1)));
  if (source !== 'backfilled' || after.type !== 'scored') return shares;
  const scored = made.find(({ series }) => series === after.target);
  if (scored !== undefined) shares.push(toldOf({ ...scored, series: `backfilled-${after.target}` }, 1));
  return shares;
}

const NONE: readonly SumShare[] = [];
const isCounted = ({ subject, series }: SumShare): boolean => subject !== 'agent' && !UNCOUNTED.has(series);

function toldOf({ pbx, subject, name, series, atMs, add }: SumShare, sign: 1 | -1): SumShare {
  const told = Object.fromEntries(Object.entries(add).map(([column, value]) => [column, sign * value]));
  return { pbx, subject, name, series: `told-${series}`, atMs, add: told };
}
