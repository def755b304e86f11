import { useEffect, useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import type { Row } from '../push/protocol.ts';
import { isDark, words } from './settings.ts';
import { drawTrend } from './trend-plot.ts';
import { ratioOf, trendData, type TrendData } from './trend-data.ts';

interface Props {
  readonly points: Row<'hotlines'>['trend'][string];
  readonly targetRatio: number | null;
  readonly zone: string;
  /** Of the target. */
  readonly name: string;
}

/** The last hours by quarter of an hour: the rate as a line, the calls as bars, the target dashed; and the gist in words. */
export function TrendChart({ points, targetRatio, zone, name }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [at, pointAt] = useState<number | null>(null);
  const data = trendData(points);
  const hasCalls = data.last !== undefined;
  const look = isDark.value;
  useEffect(() => {
    if (place.current === null || !hasCalls) return undefined;
    const drawn = drawTrend(place.current, { zone, targetRatio, pointAt });
    plot.current = drawn.plot;
    return () => {
      plot.current = undefined;
      drawn.destroy();
    };
  }, [hasCalls, zone, targetRatio, look]);
  useEffect(() => {
    const target = data.fromS.map(() => targetRatio);
    plot.current?.setData([[...data.fromS], [...data.calls], target, [...data.ratios]]);
  }, [points, hasCalls, zone, targetRatio, look]);
  if (!hasCalls) return <p class="trend soft">{words.value.say('trend.none')}</p>;
  return (
    <figure class="trend">
      <div ref={place} role="img" aria-label={`${name}. ${gist(data, zone)}`} />
      <figcaption>{at === null ? '' : quarterTold(data, at, zone)}</figcaption>
    </figure>
  );
}

function gist({ fromS, last, lowest }: TrendData, zone: string): string {
  if (last === undefined || lowest === undefined) return '';
  const say = words.value;
  return say.say('trend.label', {
    hours: Math.ceil(fromS.length / 4),
    last: say.percent(ratioOf(last)),
    lowest: say.percent(ratioOf(lowest)),
    time: say.timeOfDay(lowest.fromMs, zone),
  });
}

function quarterTold(data: TrendData, at: number, zone: string): string {
  const say = words.value;
  const [fromS, calls, ratio] = [data.fromS[at], data.calls[at] ?? 0, data.ratios[at] ?? null];
  if (fromS === undefined) return '';
  const hits = ratio === null ? 0 : Math.round(ratio * calls);
  const counts = say.say('rate.of', { hits: say.count(hits), calls: say.count(calls) });
  return `${say.timeOfDay(fromS * 1000, zone)} · ${say.percent(ratio)} · ${counts}`;
}
