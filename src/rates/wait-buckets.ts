import type { WatchDefinition } from '../hotlines/definition.ts';

const WAIT_BUCKETS_S = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600];
/** Upper bounds of the histogram of talks, s. */
export const TALK_BUCKETS_S: readonly number[] = [10, 30, 60, 120, 180, 300, 600, 900, 1800, 3600];

/** Upper bounds of the histograms of waits, s: that of every service level in force is one, so that PromQL can compute the same figure. */
export function waitBucketsS(definition: WatchDefinition): readonly number[] {
  const bounds = new Set([
    ...WAIT_BUCKETS_S,
    ...definition.hotlines.map(({ serviceLevelS }) => serviceLevelS),
  ]);
  return [...bounds].sort((a, b) => a - b);
}
