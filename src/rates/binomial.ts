/** Two-sided 95 % of the normal distribution. */
const Z_95 = 1.959963984540054;
/** A weight this small beside the mode's cannot move a tail of 1 % in a double. */
const NEGLIGIBLE = 1e-22;
/** A tail that is exactly `alpha` is significant, though 1 - 0.95 is a hair more than 0.05. */
const ROUNDING = 1e-9;
/** Counts kept in a guard's cache; a window's n moves by one, so even a small cache always hits. */
const CACHED_COUNTS = 4096;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's 95 % score interval of `hits` out of `n` (Newcombe 1998, method 3). `n` must be at least 1; the bounds
 * stay within 0..1, and are exactly 0 or 1 where no hit or no miss was seen.
 */
export function wilson95(hits: number, n: number): Interval {
  const z2 = Z_95 * Z_95;
  const ratio = hits / n;
  const centre = ratio + z2 / (2 * n);
  const spread = Z_95 * Math.sqrt((ratio * (1 - ratio) + z2 / (4 * n)) / n);
  const scale = 1 + z2 / n;
  return {
    low: hits === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: hits === n ? 1 : Math.min(1, (centre + spread) / scale),
  };
}

/** Fewest misses of n calls that are significant; null where not even n misses of n would be. */
export type Guard = (n: number) => number | null;

/**
 * The exact binomial test, one-sided: were the target just met, k or more misses of n calls would come with a
 * probability of at most `alpha`. Answers are cached, so that a report may ask for the same window again and again.
 *
 * @param targetRatio share of hits the target asks for, 0..1
 * @param alpha 0.05 for a verdict, 0.01 for a page
 */
export function createGuard(targetRatio: number, alpha = 0.05): Guard {
  const cache = new Map<number, number | null>();
  return (n) => {
    const known = cache.get(n);
    if (known !== undefined) return known;
    const fewest = fewestSignificantMisses(n, targetRatio, alpha);
    if (cache.size >= CACHED_COUNTS) cache.clear();
    cache.set(n, fewest);
    return fewest;
  };
}

/**
 * The same, computed anew. The weights of the distribution are built by their recurrence outwards from the mode
 * (no factorial, no logarithm, nothing over- or underflows that matters) and the tail is summed from its small
 * end; work grows with the square root of n: some 6,000 steps for a million calls.
 */
export function fewestSignificantMisses(n: number, targetRatio: number, alpha: number): number | null {
  const missRatio = 1 - targetRatio;
  if (n < 1 || missRatio >= 1) return null;
  if (missRatio <= 0) return 1;
  const mode = Math.min(n, Math.floor((n + 1) * missRatio));
  const upper = weightsAboveMode(n, missRatio, mode);
  const allowed = alpha * (1 + ROUNDING) * (sumOf(upper) + weightBelowMode(n, missRatio, mode));
  let tail = 0;
  for (let above = upper.length - 1; above >= 0; above--) {
    // `above` is within the array by the loop's bounds.
    tail += upper[above] as number;
    if (tail > allowed) {
      const fewest = mode + above + 1;
      return fewest > n ? null : fewest;
    }
  }
  return mode;
}

/** Weights of mode, mode + 1, … relative to the mode's, until negligible. */
function weightsAboveMode(n: number, missRatio: number, mode: number): number[] {
  const odds = missRatio / (1 - missRatio);
  const weights: number[] = [];
  let weight = 1;
  for (let misses = mode; misses <= n && weight > NEGLIGIBLE; misses++) {
    weights.push(weight);
    weight *= ((n - misses) / (misses + 1)) * odds;
  }
  return weights;
}

function weightBelowMode(n: number, missRatio: number, mode: number): number {
  const odds = (1 - missRatio) / missRatio;
  let total = 0;
  let weight = 1;
  for (let misses = mode; misses > 0; misses--) {
    weight *= (misses / (n - misses + 1)) * odds;
    if (weight < NEGLIGIBLE) break;
    total += weight;
  }
  return total;
}

function sumOf(weights: readonly number[]): number {
  return weights.reduceRight((total, weight) => total + weight, 0);
}
