import { createGuard, type Guard } from './binomial.ts';

/** 5 % for a verdict and a notice, 1 % for a page: who is called at night is called for more. */
export const SIGNIFICANCES = [0.05, 0.01] as const;
export type Significance = (typeof SIGNIFICANCES)[number];

const guards = new Map<string, Guard>();

/** Configured targets are few, and their guards cost a cache each. */
export function guardOf(targetRatio: number, significance: Significance): Guard {
  const key = `${targetRatio} ${significance}`;
  let guard = guards.get(key);
  if (guard === undefined) {
    guard = createGuard(targetRatio, significance);
    guards.set(key, guard);
  }
  return guard;
}
