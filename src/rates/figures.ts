import type { FigureColumn } from './figure-shares.ts';
import { keep } from './keep.ts';
import { WINDOWS, type Figures, type Window } from './report.ts';
import type { SeatTime } from './seat-time.ts';
import type { Series } from './series.ts';
import { share } from './share.ts';

/** What the figures of a hotline or a queue are made of. */
export interface FigureSources {
  readonly figures: Series<FigureColumn>;
  readonly seatTime: SeatTime;
}

/** The field's own figures of every window (norm.md section 1); null where there is nothing to divide by. */
export function figuresOf(
  sources: FigureSources,
  previous: readonly Figures[] | undefined,
): readonly Figures[] {
  const rows = WINDOWS.map((window, index) => keep(previous?.[index], figuresOver(sources, window)));
  return keep(previous, rows);
}

function figuresOver({ figures: series, seatTime }: FigureSources, window: Window): Figures {
  const sum = (column: FigureColumn) => series.sum(window, column);
  const judged = sum('asked') - sum('setAside');
  // An answer whose wait nobody saw (taken up in mid-life) was neither in time nor late.
  const timedOrMissed = judged - sum('answered') + sum('timed');
  return {
    window,
    asked: sum('asked'),
    answered: sum('answered'),
    abandoned: sum('abandoned'),
    short: sum('short'),
    serviceLevel: share(sum('within'), timedOrMissed),
    speedOfAnswerMs: share(sum('waitMs'), sum('timed')),
    handleTimeMs: share(sum('handleMs'), sum('talks')),
    abandonRate: share(Math.min(sum('abandoned'), judged), judged),
    longestWaitMs: series.longestMs(window) ?? null,
    occupancy: seatTime.occupancy(window),
  };
}
