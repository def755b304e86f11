import { share } from '../rates/share.ts';
import type { PeriodFigures } from './document-hotline.ts';
import { countOf, type Sums, type Total } from './sum-table.ts';

/** Of those who asked for a person and are in the rate, whom nobody answered. */
export function missedOf(figures: Sums): number {
  return Math.max(0, countOf(figures, 'asked') - countOf(figures, 'setAside') - countOf(figures, 'answered'));
}

/**
 * The field's own figures (norm.md section 1) out of sums: the formulas of the live figures (`rates/figures.ts`), held to
 * be the same by a test that compares both.
 */
export function figuresOf({ sums, longestMs }: Total, seatTime: Sums): PeriodFigures {
  const [asked, answered, setAside] = [
    countOf(sums, 'asked'),
    countOf(sums, 'answered'),
    countOf(sums, 'setAside'),
  ];
  const judged = asked - setAside;
  return {
    asked,
    answered,
    missed: missedOf(sums),
    setAside,
    abandoned: countOf(sums, 'abandoned'),
    short: countOf(sums, 'short'),
    serviceLevel: share(countOf(sums, 'within'), judged - answered + countOf(sums, 'timed')),
    speedOfAnswerMs: share(countOf(sums, 'waitMs'), countOf(sums, 'timed')),
    handleTimeMs: share(countOf(sums, 'handleMs'), countOf(sums, 'talks')),
    abandonRate: share(Math.min(countOf(sums, 'abandoned'), judged), judged),
    longestWaitMs: longestMs,
    occupancy: share(countOf(seatTime, 'busyMs'), countOf(seatTime, 'observedMs')),
  };
}
