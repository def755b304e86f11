import type { FigureColumn } from './figure-shares.ts';
import type { Figures } from './report.ts';
import { share } from './share.ts';

/** What a window's columns say by themselves. */
export type SummedFigures = Omit<Figures, 'window' | 'longestWaitMs' | 'occupancy'>;

/** The field's own figures (norm.md section 1) of sums, live or of a period that is over. */
export function summedFigures(sumOf: (column: FigureColumn) => number): SummedFigures {
  const asked = sumOf('asked');
  const answered = sumOf('answered');
  const abandoned = sumOf('abandoned');
  const timed = sumOf('timed');
  const judged = asked - sumOf('setAside');
  return {
    asked,
    answered,
    abandoned,
    short: sumOf('short'),
    // An answer whose wait nobody saw (taken up in mid-life) was neither in time nor late.
    serviceLevel: share(sumOf('within'), judged - answered + timed),
    speedOfAnswerMs: share(sumOf('waitMs'), timed),
    handleTimeMs: share(sumOf('handleMs'), sumOf('talks')),
    abandonRate: share(Math.min(abandoned, judged), judged),
  };
}
