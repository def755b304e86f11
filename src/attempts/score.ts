import type { Chain } from './chain.ts';
import type { AttemptShare } from './share.ts';

/** norm.md section 3: by failed attempts none 20, one 16, two 8, three or more 0. */
const SCORES = [20, 16, 8] as const;

/** Attempts until through, and those who never got through (norm.md section 3). */
export const DISTRIBUTION = ['attempts1', 'attempts2', 'attempts3', 'attempts4plus', 'never'] as const;
export type AttemptBucket = (typeof DISTRIBUTION)[number];

/** Columns of the series `attempts`; `chains` is the sum of the distribution, `unknown` stands beside it. */
const ATTEMPT_COLUMNS = [...DISTRIBUTION, 'chains', 'scoreSum', 'unknown'] as const;
type AttemptColumn = (typeof ATTEMPT_COLUMNS)[number];

/** As much of a chain as its share is made of. */
export interface ChainFigures extends Pick<
  Chain,
  'pbx' | 'hotline' | 'state' | 'reachedAtMs' | 'failed' | 'certain'
> {
  readonly attempts: { readonly length: number };
}

export function scoreOf(failedAttempts: number): number {
  return SCORES[failedAttempts] ?? 0;
}

/** Where an ended chain is counted, once; undefined while it is open. */
export function bucketOf(chain: ChainFigures): AttemptBucket | 'unknown' | undefined {
  if (chain.state === 'open') return undefined;
  if (!chain.certain) return 'unknown';
  if (chain.state === 'never') return 'never';
  // None before the last was through: as many attempts as it took.
  return DISTRIBUTION[Math.min(chain.attempts.length, 4) - 1] ?? 'attempts4plus';
}

/**
 * What an ended chain adds to its hotline's sums; undefined while it is open. It belongs to the period in which its first
 * call reached the hotline: shift, day and month go by that instant (norm.md section 1), and it is the only one that
 * no later call moves. A caller who gave up has a score by the failed attempts as well, and is `never` in the
 * distribution ("also counted", norm.md section 3).
 */
export function attemptShareOf(chain: ChainFigures): AttemptShare | undefined {
  const bucket = bucketOf(chain);
  if (bucket === undefined) return undefined;
  const add: Partial<Record<AttemptColumn, number>> =
    bucket === 'unknown' ? { unknown: 1 } : { [bucket]: 1, chains: 1 };
  const score = scoreOf(chain.failed);
  if (bucket !== 'unknown' && score > 0) add.scoreSum = score;
  const { pbx, hotline, reachedAtMs } = chain;
  return { pbx, subject: 'hotline', name: hotline, series: 'attempts', atMs: reachedAtMs, add };
}

export function attemptSharesOf(chains: readonly ChainFigures[]): readonly AttemptShare[] {
  return chains.map(attemptShareOf).filter((share) => share !== undefined);
}

/** The distribution and the score of a month, or of the three of a quarter. */
export interface AttemptFigures extends Readonly<Record<AttemptBucket, number>> {
  /** Chains that ended and are known; the denominator. */
  readonly chains: number;
  /** Of 20; null where no chain ended: no data is no score. */
  readonly meanScore: number | null;
  /** Chains that ended and hang on a call of unknown outcome: in none of the above. */
  readonly unknown: number;
}

/** From the sums of the series `attempts`, one for each period (and hotline) taken together. */
export function attemptFiguresOf(sums: Iterable<Readonly<Record<string, number>>>): AttemptFigures {
  const total = Object.fromEntries(ATTEMPT_COLUMNS.map((column) => [column, 0])) as Record<
    AttemptColumn,
    number
  >;
  for (const row of sums) for (const column of ATTEMPT_COLUMNS) total[column] += row[column] ?? 0;
  const { scoreSum, chains, ...counts } = total;
  return { ...counts, chains, meanScore: chains > 0 ? scoreSum / chains : null };
}
