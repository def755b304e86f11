import type { Rate, Verdict } from '../rates/report.ts';

/** The verdict as one number; what is not here has none. */
const NUMBERS: Partial<Record<Verdict, number>> = {
  blind: 0,
  'too-few-calls': 1,
  missing: 2,
  'at-risk': 3,
  'on-track': 4,
  meeting: 5,
};

export const VERDICT_HELP =
  'Verdict on a target: 0 blind, 1 too few calls, 2 missing, 3 at risk, 4 on track, 5 meeting; ' +
  'absent without calls, and for a window that began before the daemon could know.';

/** Undefined where the window holds no call, decided or unknown. */
export function verdictNumber(rate: Rate): number | undefined {
  if (rate.hits + rate.misses + rate.unknown === 0) return undefined;
  return NUMBERS[rate.verdict];
}
