import type { Row } from '../push/protocol.ts';

type TrendPoint = Row<'hotlines'>['trend'][string][number];
const QUARTER_MS = 900_000;

export interface TrendData {
  /** Beginnings of the quarters, unix s, without a hole between the first and the last. */
  readonly fromS: readonly number[];
  /** Null where there were no calls: a hole in the line, never 0 % nor 100 %. */
  readonly ratios: readonly (number | null)[];
  readonly calls: readonly number[];
  readonly last: TrendPoint | undefined;
  readonly lowest: TrendPoint | undefined;
}

export const ratioOf = ({ hits, misses }: TrendPoint): number => hits / (hits + misses);

/** The quarters of one target as a chart draws them. `points`: oldest first, those with calls. */
export function trendData(points: readonly TrendPoint[]): TrendData {
  const counted = points.filter(({ hits, misses }) => hits + misses > 0);
  const [first, last] = [counted[0], counted.at(-1)];
  if (first === undefined || last === undefined) {
    return { fromS: [], ratios: [], calls: [], last: undefined, lowest: undefined };
  }
  const byStart = new Map(counted.map((point) => [point.fromMs, point]));
  const instants = new Set(byStart.keys());
  for (let fromMs = first.fromMs; fromMs < last.fromMs; fromMs += QUARTER_MS) instants.add(fromMs);
  const starts = [...instants].toSorted((a, b) => a - b);
  const quarters = starts.map((fromMs) => byStart.get(fromMs));
  return {
    fromS: starts.map((fromMs) => fromMs / 1000),
    ratios: quarters.map((point) => (point === undefined ? null : ratioOf(point))),
    calls: quarters.map((point) => (point === undefined ? 0 : point.hits + point.misses)),
    last,
    lowest: counted.reduce((low, point) => (ratioOf(point) < ratioOf(low) ? point : low)),
  };
}
