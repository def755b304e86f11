import { FIGURE, type FigureColumn } from './figure-shares.ts';
import { summedFigures } from './figure-ratios.ts';
import { keep } from './keep.ts';
import { WINDOWS, type Figures, type Window } from './report.ts';
import type { SeatTime } from './seat-time.ts';
import type { Series } from './series.ts';

/** What the figures of a hotline or a queue are made of. */
export interface FigureSources {
  readonly figures: Series<FigureColumn>;
  readonly seatTime: SeatTime;
}

const COLUMNS = Object.values(FIGURE);
/** Beside the columns: the longest wait and the occupancy. */
const LONGEST = COLUMNS.length;
const OCCUPANCY = LONGEST + 1;
const NUMBERS = OCCUPANCY + 1;
/** Stands for a longest wait or an occupancy that there is none of. */
const NONE = -1;

/** The field's own figures of every window (norm.md section 1), made anew only where a number of theirs moved. */
export class FigureRows {
  private readonly sources: FigureSources;
  /** What each row was made of, window by window. */
  private readonly madeOf = new Float64Array(WINDOWS.length * NUMBERS);
  /** The version of the sums that they were read at. */
  private readAt = -1;
  private rows: readonly Figures[] | undefined;

  constructor(sources: FigureSources) {
    this.sources = sources;
  }

  build(): readonly Figures[] {
    const before = this.rows;
    const { version } = this.sources.figures;
    if (before !== undefined && version === this.readAt && !this.hasOccupancyMoved()) return before;
    this.readAt = version;
    let rows: Figures[] | undefined;
    for (let index = 0; index < WINDOWS.length; index++) {
      if (!this.read(index) && before !== undefined) continue;
      rows ??= before === undefined ? [] : [...before];
      // One of WINDOWS, by the loop's bounds.
      rows[index] = keep(before?.[index], this.make(index, WINDOWS[index] as Window));
    }
    if (rows !== undefined) this.rows = keep(before, rows);
    return this.rows ?? [];
  }

  /** By time alone. */
  private hasOccupancyMoved(): boolean {
    const { madeOf, sources } = this;
    for (let window = 0; window < WINDOWS.length; window++) {
      const occupancy = sources.seatTime.occupancyAt(window) ?? NONE;
      if (madeOf[window * NUMBERS + OCCUPANCY] !== occupancy) return true;
    }
    return false;
  }

  /** Reads the numbers of a window; true if one moved. */
  private read(window: number): boolean {
    const { madeOf, sources } = this;
    const first = window * NUMBERS;
    let moved = false;
    for (let number = 0; number < NUMBERS; number++) {
      const value =
        number < LONGEST
          ? sources.figures.sumAt(window, number)
          : number === LONGEST
            ? (sources.figures.longestMsAt(window) ?? NONE)
            : (sources.seatTime.occupancyAt(window) ?? NONE);
      if (madeOf[first + number] === value) continue;
      madeOf[first + number] = value;
      moved = true;
    }
    return moved;
  }

  private make(index: number, window: Window): Figures {
    const number = (column: number): number => this.madeOf[index * NUMBERS + column] ?? 0;
    return {
      window,
      ...summedFigures((column) => number(FIGURE[column])),
      longestWaitMs: numberOrNull(number(LONGEST)),
      occupancy: numberOrNull(number(OCCUPANCY)),
    };
  }
}

const numberOrNull = (number: number): number | null => (number === NONE ? null : number);
