import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  type Panel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { DATA_SOURCE } from './variables.ts';

export type PanelMaker = cog.Builder<Panel>;

/** One expression, and what its series are called: `{{label}}` is a label of theirs. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
}

/** What every panel says. */
export interface About {
  readonly title: string;
  readonly description: string;
  /** Of Grafana's (getValueFormats): s, percentunit, short, ... */
  readonly unit: string;
  /** What stands there while there is nothing to show. */
  readonly none: string;
  /** Columns of 24. */
  readonly width: number;
  /** Rows of about 36 pixels. */
  readonly height?: number;
}

interface Graph extends About {
  readonly queries: readonly Query[];
  readonly max?: number;
  readonly decimals?: number;
  /** Below 0 too. */
  readonly isSigned?: true;
  /** Settings for the series of these names. */
  readonly like?: readonly (readonly [names: string, properties: DynamicConfigValue[]])[];
}

/** The part of every panel builder that tells what a panel is about. */
interface Told {
  title(title: string): this;
  description(description: string): this;
  unit(unit: string): this;
  noValue(noValue: string): this;
  span(w: number): this;
  height(h: number): this;
  datasource(datasource: typeof DATA_SOURCE): this;
  thresholds(thresholds: ThresholdsConfigBuilder): this;
}

/** Says what a panel is about. No threshold has a number: what is asked comes out of the metrics. */
export const tell = <Maker extends Told>(maker: Maker, about: About): Maker =>
  maker
    .title(about.title)
    .description(about.description)
    .unit(about.unit)
    .noValue(about.none)
    .span(about.width)
    .height(about.height ?? 8)
    .datasource(DATA_SOURCE)
    .thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([{ value: null, color: 'text' }]),
    );

/** Letters, as Grafana names queries itself. */
const refOf = (index: number): string => String.fromCodePoint(65 + index);

const asked = ({ expr, legend }: Query, index: number) =>
  new DataqueryBuilder().expr(expr).legendFormat(legend).refId(refOf(index)).datasource(DATA_SOURCE);
const overTime = (query: Query, index: number) => asked(query, index).range();
const now = (query: Query, index: number) => asked(query, index).instant();

const legend = (...calcs: string[]) =>
  new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs(calcs);
const allSeries = () =>
  new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending);

/** What every graph over time has: what is asked, its bounds, and how single series are set apart. */
function graphOf({ queries, max, decimals, like = [], ...about }: Graph): timeseries.PanelBuilder {
  const maker = tell(new timeseries.PanelBuilder(), about)
    .targets(queries.map(overTime))
    .legend(legend())
    .tooltip(allSeries());
  if (about.isSigned === undefined) maker.min(0);
  if (max !== undefined) maker.max(max);
  if (decimals !== undefined) maker.decimals(decimals);
  for (const [names, properties] of like) maker.overrideByRegexp(names, properties);
  return maker;
}

const onTop = () => new StackingConfigBuilder().mode(StackingMode.Normal).group('A');

/** Lines over time. */
export const series = (graph: Graph): PanelMaker =>
  graphOf(graph).drawStyle(GraphDrawStyle.Line).lineWidth(2).fillOpacity(0).showPoints(VisibilityMode.Auto);

/** How many of each at a time, one on top of the other. */
export const stacked = (graph: Graph): PanelMaker =>
  graphOf(graph)
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(60)
    .showPoints(VisibilityMode.Never)
    .stacking(onTop());

/**
 * Events, a bar for each step of at least 5 minutes; the sum of the bars is the count of the time shown. Where there was
 * none there is no bar, and a graph without any says so.
 */
export const events = (graph: Graph): PanelMaker =>
  graphOf({
    ...graph,
    decimals: 0,
    queries: graph.queries.map(({ expr, legend }) => ({ expr: `${expr} > 0`, legend })),
  })
    .interval('5m')
    .drawStyle(GraphDrawStyle.Bars)
    .lineWidth(1)
    .fillOpacity(80)
    .stacking(onTop())
    .legend(legend('sum'))
    .tooltip(allSeries().hideZeros(true));

interface Figures extends About {
  readonly queries: readonly Query[];
  readonly mappings?: ValueMapping[];
  readonly decimals?: number;
}

/** Figures as large as there is room for. */
export function figures(about: Figures): PanelMaker {
  const maker = tell(new stat.PanelBuilder(), about)
    .targets(about.queries.map(now))
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .mappings(about.mappings ?? []);
  if (about.decimals !== undefined) maker.decimals(about.decimals);
  return maker;
}

/** Bars side by side, as they are now. */
export const bars = (about: Figures): PanelMaker =>
  tell(new bargauge.PanelBuilder(), about)
    .targets(about.queries.map(now))
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .mappings(about.mappings ?? [])
    .min(0);

/** Which state something was in, over time. */
export const states = (about: About & Required<Pick<Figures, 'mappings' | 'queries'>>): PanelMaker =>
  tell(new statetimeline.PanelBuilder(), about)
    .targets(about.queries.map(overTime))
    .mappings(about.mappings)
    .mergeValues(true)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.8)
    .fillOpacity(80)
    .lineWidth(0)
    .legend(legend())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single));

/** How many waits were how long: the query gives the buckets of a histogram. */
export const waits = (about: About & { readonly query: Query }): PanelMaker =>
  tell(new heatmap.PanelBuilder(), about)
    .targets([overTime(about.query, 0).format(PromQueryFormat.Heatmap)])
    .interval('15m')
    .calculate(false)
    .color(
      new heatmap.HeatmapColorOptionsBuilder()
        .mode(heatmap.HeatmapColorMode.Scheme)
        .scheme('Oranges')
        .steps(32)
        .reverse(false)
        .exponent(0.5)
        .fill('dark-orange'),
    )
    .filterValues(new heatmap.FilterValueRangeBuilder().le(1e-9))
    .cellValues(new heatmap.CellValuesBuilder().unit('short').decimals(0))
    .yAxis(new heatmap.YAxisConfigBuilder().unit(about.unit))
    .showLegend()
    .cellGap(1);

/** Dashed: a bound, beside what it bounds. */
export const DASHED_LINE: DynamicConfigValue[] = [
  { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
];

/** Dashed and thin, and not in the legend: what is asked, beside what is. */
export const DASHED: DynamicConfigValue[] = [
  ...DASHED_LINE,
  { id: 'custom.lineWidth', value: 1 },
  { id: 'custom.hideFrom', value: { legend: true, tooltip: false, viz: false } },
];

/** Of this colour, wherever it is on the list. */
export const colored = (color: string): DynamicConfigValue[] => [
  { id: 'color', value: { mode: 'fixed', fixedColor: color } },
];
