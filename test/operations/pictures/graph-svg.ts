import { escaped, lookOf, textOf } from './look.ts';
import type { DrawnSeries, ShownBoard, ShownPanel } from './shown-board.ts';

const LEFT = 52;
const BOTTOM = 18;
const TOP = 6;

/** Where an instant and a value lie. */
interface Plane {
  readonly width: number;
  readonly height: number;
  x(atMs: number): number;
  y(value: number): number;
}

/** Lines, stacked areas or bars of a panel, with its axes. */
export function graphOf(shown: ShownPanel, board: ShownBoard, width: number, height: number): string {
  const { panel, series } = shown;
  const { custom, max } = panel.fieldConfig?.defaults ?? { custom: {} };
  const isStacked = custom?.stacking?.mode === 'normal';
  const lines = isStacked
    ? stackedOf(series)
    : series.map((one) => ({ one, base: new Map<number, number>() }));
  const tops = lines.flatMap(({ one, base }) =>
    one.points.map(({ atMs, value }) => value + (base.get(atMs) ?? 0)),
  );
  const plane = planeOf(board, width, height, Math.min(0, ...tops), max ?? Math.max(...tops, 1e-3) * 1.05);
  const drawn = lines.map(({ one, base }, place) => {
    const { color, isDashed } = lookOf(panel, one.name, place);
    if (custom?.drawStyle === 'bars') return barsOf(one, base, shown.stepMs, plane, color);
    if (isStacked) return areaOf(one, base, plane, color);
    return lineOf(one, shown.stepMs, plane, color, isDashed);
  });
  return `<svg width="${width}" height="${height}">${axesOf(board, plane, shown)}${drawn.join('')}</svg>`;
}

export function planeOf(
  { range }: ShownBoard,
  width: number,
  height: number,
  low: number,
  high: number,
): Plane {
  const { fromMs, untilMs } = range;
  return {
    width,
    height,
    x: (atMs) => LEFT + ((atMs - fromMs) / (untilMs - fromMs)) * (width - LEFT - 4),
    y: (value) => height - BOTTOM - ((value - low) / (high - low)) * (height - BOTTOM - TOP),
  };
}

function stackedOf(series: readonly DrawnSeries[]) {
  const sums = new Map<number, number>();
  return series.map((one) => {
    const base = new Map(one.points.map(({ atMs }) => [atMs, sums.get(atMs) ?? 0]));
    for (const { atMs, value } of one.points) sums.set(atMs, (sums.get(atMs) ?? 0) + value);
    return { one, base };
  });
}

type Base = ReadonlyMap<number, number>;

function barsOf({ points }: DrawnSeries, base: Base, stepMs: number, plane: Plane, color: string): string {
  return points
    .filter(({ value }) => value > 0)
    .map(({ atMs, value }) => {
      const from = base.get(atMs) ?? 0;
      const width = Math.max(2, plane.x(stepMs) - plane.x(0) - 1);
      const [top, bottom] = [plane.y(from + value), plane.y(from)];
      return `<rect x="${plane.x(atMs) - width}" y="${top}" width="${width}" height="${bottom - top}" fill="${color}"/>`;
    })
    .join('');
}

function areaOf({ points }: DrawnSeries, base: Base, plane: Plane, color: string): string {
  const upper = points.map(({ atMs, value }) => `${plane.x(atMs)},${plane.y(value + (base.get(atMs) ?? 0))}`);
  const lower = points.map(({ atMs }) => `${plane.x(atMs)},${plane.y(base.get(atMs) ?? 0)}`).toReversed();
  return `<polygon points="${[...upper, ...lower].join(' ')}" fill="${color}" fill-opacity="0.7"/>`;
}

function lineOf(
  { points }: DrawnSeries,
  stepMs: number,
  plane: Plane,
  color: string,
  isDashed: boolean,
): string {
  let path = '';
  let lastMs = -Infinity;
  for (const { atMs, value } of points) {
    path += `${atMs - lastMs > stepMs ? 'M' : 'L'}${plane.x(atMs).toFixed(1)} ${plane.y(value).toFixed(1)}`;
    lastMs = atMs;
  }
  const dash = isDashed ? ' stroke-dasharray="6 6" stroke-width="1"' : ' stroke-width="1.7"';
  return `<path d="${path}" fill="none" stroke="${color}"${dash}/>`;
}

/** Hours below, and three values at the side. */
function axesOf(board: ShownBoard, plane: Plane, { panel, series }: ShownPanel): string {
  const { unit = '', max } = panel.fieldConfig?.defaults ?? {};
  const values = series.flatMap(({ points }) => points.map(({ value }) => value));
  const top = (plane.y(0) - TOP) / (plane.y(0) - plane.y(1));
  const ticks = values.length === 0 ? [] : [0, 0.5, 1].map((share) => share * (max ?? top));
  const sides = ticks.map((value) => {
    const y = plane.y(value);
    return `<line x1="${LEFT}" x2="${plane.width}" y1="${y}" y2="${y}" class="grid"/><text x="${LEFT - 4}" y="${y + 4}" text-anchor="end">${escaped(textOf(value, unit))}</text>`;
  });
  return sides.join('') + hoursOf(board, plane);
}

export function hoursOf({ range }: ShownBoard, plane: Plane): string {
  const stepMs = (range.untilMs - range.fromMs) / 5;
  return Array.from({ length: 5 }, (_, place) => {
    const atMs = range.fromMs + place * stepMs;
    return `<text x="${plane.x(atMs)}" y="${plane.height - 4}">${new Date(atMs).toISOString().slice(11, 16)}</text>`;
  }).join('');
}
