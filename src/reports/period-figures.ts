import { summedFigures } from '../rates/figure-ratios.ts';
import { share } from '../rates/share.ts';
import type { PeriodFigures } from './document-hotline.ts';
import { countOf, type Sums, type Total } from './sum-table.ts';

/** Of those who asked for a person and are in the rate, whom nobody answered. */
export function missedOf(figures: Sums): number {
  return Math.max(0, countOf(figures, 'asked') - countOf(figures, 'setAside') - countOf(figures, 'answered'));
}

/** The field's own figures (norm.md section 1) out of sums, by the formulas of the live ones. */
export function figuresOf({ sums, longestMs }: Total, seatTime: Sums): PeriodFigures {
  const { asked, answered, ...others } = summedFigures((column) => countOf(sums, column));
  return {
    asked,
    answered,
    missed: missedOf(sums),
    setAside: countOf(sums, 'setAside'),
    ...others,
    longestWaitMs: longestMs,
    occupancy: share(countOf(seatTime, 'busyMs'), countOf(seatTime, 'observedMs')),
  };
}
