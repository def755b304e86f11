import type { Result, Target } from '../../src/calls/facts.ts';
import { ROLLING_MS } from '../../src/rates/series.ts';
import type { Window } from '../../src/rates/report.ts';
import { HOTLINES } from '../../src/simulator/company.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import type { Book } from '../simulation/book.ts';
import { NEW_MONTH_MS } from './practice-evening.ts';

/** How many calls of a target there truly were in a window. */
export interface TrueCalls {
  readonly window: Window;
  readonly hotline: string;
  readonly target: Target;
  readonly result: Result;
  readonly count: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Local hours at which the shifts of the practice company begin. */
const SHIFTS = [8, 14, 20];
/** Whoever called while nobody heard has hung up so long afterwards. */
const LAST_CALL_MS = 30 * 60_000;

/** What the ledger says of every window at an instant, but of those in which the exchange was not heard all the while. */
export function* trueCalls({ ledger, gaps }: Book, atMs: number): Generator<TrueCalls> {
  for (const window of [...Object.keys(ROLLING_MS), 'shift', 'day', 'month'] as Window[]) {
    const fromMs = beginOf(window, atMs);
    const isHeard = gaps.every((gap) => atMs < gap.fromMs || fromMs > gap.untilMs + LAST_CALL_MS);
    if (!isHeard) continue;
    const counts = new Map<string, number>();
    for (const { truth, reachedMs } of ledger.entries) {
      for (const score of truth?.scores ?? []) {
        if (score.atMs > atMs) continue;
        // Rolling windows go by the instant of the score and are open at their beginning, the others by the arrival.
        const isIn = window in ROLLING_MS ? score.atMs > fromMs : reachedMs >= fromMs;
        const key = `${truth?.hotline ?? ''} ${score.target} ${score.result}`;
        if (isIn) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    for (const hotline of HOTLINES) {
      const own: readonly Target[] = hotline.kind === 'attendant' ? ['auto', 'transfer'] : ['direct'];
      for (const target of hotline.staffed ? [...own, 'after-hours' as const] : own) {
        for (const result of ['hit', 'miss', 'set_aside', 'unknown'] as const) {
          const count = counts.get(`${hotline.name} ${target} ${result}`) ?? 0;
          yield { window, hotline: hotline.name, target, result, count };
        }
      }
    }
  }
}

function beginOf(window: Window, atMs: number): number {
  if (window in ROLLING_MS) return atMs - ROLLING_MS[window as keyof typeof ROLLING_MS];
  const midnightMs = Math.floor((atMs + SHANGHAI.offsetMs) / DAY_MS) * DAY_MS - SHANGHAI.offsetMs;
  // The month before began before the evening did.
  if (window === 'month') return atMs >= NEW_MONTH_MS ? NEW_MONTH_MS : -Infinity;
  if (window === 'day') return midnightMs;
  const hour = (atMs - midnightMs) / HOUR_MS;
  const begun = SHIFTS.findLast((one) => one <= hour);
  return begun === undefined ? midnightMs - DAY_MS + 20 * HOUR_MS : midnightMs + begun * HOUR_MS;
}
