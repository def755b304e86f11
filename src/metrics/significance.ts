import { guardOf, type Significance } from '../rates/guards.ts';
import type { Rate, Window } from '../rates/report.ts';
import { FEWEST_CALLS } from '../rates/verdict.ts';

/** The windows that a page looks at; in a shorter one a few calls decide, in a longer one it comes too late. */
const PAGED_WINDOWS: ReadonlySet<Window> = new Set(['30m', '2h']);

export const isPaged = (window: Window): boolean => PAGED_WINDOWS.has(window);

/** Fewest misses of the calls of a window that are significant; null without calls, or where no count would be. */
export function guardMisses(
  { hits, misses }: Rate,
  targetRatio: number,
  significance: Significance,
): number | null {
  const n = hits + misses;
  return n === 0 ? null : guardOf(targetRatio, significance)(n);
}

/**
 * Whether so many misses are significant: 1 or 0. Null where nothing may be said: without calls, while the exchange is
 * not seen, of a window that began before the daemon could know, and where the window's unknown calls could change the
 * answer (norm.md section 1).
 */
export function significant(rate: Rate, targetRatio: number, significance: Significance): 0 | 1 | null {
  const { hits, misses, unknown, verdict } = rate;
  if (hits + misses === 0 || verdict === 'blind' || verdict === 'since') return null;
  const guard = guardOf(targetRatio, significance);
  const isSo = (missed: number, n: number): boolean => {
    const fewest = guard(n);
    return n >= FEWEST_CALLS && fewest !== null && missed >= fewest;
  };
  const known = isSo(misses, hits + misses);
  if (unknown > 0) {
    const n = hits + misses + unknown;
    if (isSo(misses, n) !== isSo(misses + unknown, n)) return null;
  }
  return known ? 1 : 0;
}
