import UPlot from 'uplot';

interface Trend {
  readonly zone: string;
  readonly targetRatio: number | null;
  /** Which quarter the pointer is at. */
  readonly pointAt: (at: number | null) => void;
}

const HEIGHT_PX = 80;
const QUARTER_S = 900;
const LEAST_S = 3 * 3600;

/** The chart itself, without data yet: quarters, calls, target, rate. As wide as its place; its colours are the page's. */
export function drawTrend(place: HTMLElement, trend: Trend): { plot: UPlot; destroy: () => void } {
  const plot = new UPlot(options(place, trend), [[], [], [], []], place);
  const sizes = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT_PX }));
  sizes.observe(place);
  return {
    plot,
    destroy: () => {
      sizes.disconnect();
      plot.destroy();
    },
  };
}

function options(place: HTMLElement, { zone, pointAt }: Trend): UPlot.Options {
  const style = getComputedStyle(place);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const [ink, soft, line, back] = [colour('--ink'), colour('--soft'), colour('--line'), colour('--card')];
  return {
    width: place.clientWidth,
    height: HEIGHT_PX,
    padding: [8, 16, 0, 0],
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), zone),
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6, fill: ink } },
    scales: {
      x: { range: ({ data: [quarters] }) => span(quarters) },
      ratio: { range: [0, 1] },
      // Bars keep to the lower part, under the line.
      calls: { range: (_plot, _least, most) => [0, Math.max(1, most) * 2] },
    },
    axes: [
      {
        stroke: soft,
        grid: { show: false },
        ticks: { show: false },
        size: 20,
        gap: 4,
        font: `10px ${style.fontFamily}`,
        values: '{HH}:{mm}',
        space: 48,
      },
      {
        scale: 'ratio',
        stroke: soft,
        grid: { stroke: line, width: 1 },
        ticks: { show: false },
        size: 32,
        gap: 4,
        font: `10px ${style.fontFamily}`,
        splits: [0, 0.5, 1],
        values: (_plot, splits) => splits.map((split) => `${split * 100}`),
      },
    ],
    series: [
      {},
      { scale: 'calls', stroke: line, fill: line, points: { show: false }, ...bars() },
      { scale: 'ratio', stroke: soft, width: 1, dash: [4, 4], points: { show: false } },
      { scale: 'ratio', stroke: ink, width: 2, points: { size: 4, fill: back } },
    ],
    hooks: { setCursor: [({ cursor }) => pointAt(cursor.idx ?? null)] },
  };
}

/**
 * A young watch has few quarters: they must not be drawn as if they were the day. Asked of the data itself, for where
 * there is one quarter alone the chart would have a day follow it.
 */
function span(quartersS: ArrayLike<number>): [number, number] {
  const first = quartersS[0] ?? 0;
  const last = quartersS[quartersS.length - 1] ?? first;
  return [Math.min(first, last - LEAST_S), last + QUARTER_S];
}

const bars = (): Pick<UPlot.Series, 'paths'> =>
  UPlot.paths.bars === undefined ? {} : { paths: UPlot.paths.bars({ size: [0.7], align: 1 }) };
