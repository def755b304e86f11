/**
 * Sums over calendar periods, the one projection behind restarts and reports: what month to date, a day's profile by
 * hour and the counters since ever are read from. Derived from facts and from nothing else, so it can be made anew.
 */
export const SUM_UNITS = ['hour', 'shift', 'day', 'month', 'ever'] as const;
export type SumUnit = (typeof SUM_UNITS)[number];
export const SUM_SUBJECTS = ['hotline', 'queue', 'agent', 'pbx'] as const;
export type SumSubject = (typeof SUM_SUBJECTS)[number];

/** What is summed: `auto`, `transfer`, `direct`, `after-hours` (columns: the results), `figures`, `outcomes-open` … */
export interface SumKey {
  readonly pbx: string;
  readonly subject: SumSubject;
  /** Name of the hotline, queue, agent or exchange. */
  readonly name: string;
  readonly series: string;
}

/** One fact's share; the store adds it to each unit's period that `atMs` lies in. */
export interface SumShare extends SumKey {
  /** The instant that decides the period: for a call's rates the one at which it reached the hotline (norm.md section 1). */
  readonly atMs: number;
  /** Whole numbers; a negative one takes back what a fact said that another has replaced. */
  readonly add: Readonly<Record<string, number>>;
  /** A length of time of which the longest is kept. */
  readonly lengthMs?: number;
}

/** One period's sums. `ever` has one period, from 0 to Infinity (stored as null). */
export interface SumRow extends SumKey {
  readonly unit: SumUnit;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly sums: Readonly<Record<string, number>>;
  readonly longestMs: number | null;
}
