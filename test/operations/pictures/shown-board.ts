import { z } from 'zod';
import { textOfBoard } from '../../dashboards/grafana-boards.ts';
import { asGrafanaAsks } from '../../dashboards/grafana-variables.ts';
import type { Prometheus, RangeMs } from '../prometheus.ts';

const Property = z.object({ id: z.string(), value: z.unknown() });
const Mapping = z.object({
  options: z.record(z.string(), z.object({ text: z.string(), color: z.string() })),
});
const Panel = z.object({
  type: z.string(),
  title: z.string(),
  interval: z.string().optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z
    .array(z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string(), instant: z.boolean() }))
    .default([]),
  transformations: z
    .array(z.object({ options: z.object({ renameByName: z.record(z.string(), z.string()).optional() }) }))
    .default([]),
  fieldConfig: z
    .object({
      defaults: z.object({
        unit: z.string(),
        noValue: z.string(),
        decimals: z.number().optional(),
        max: z.number().optional(),
        mappings: z.array(Mapping).default([]),
        custom: z
          .object({
            drawStyle: z.string().optional(),
            stacking: z.object({ mode: z.string() }).optional(),
          })
          .default({}),
      }),
      overrides: z.array(
        z.object({ matcher: z.object({ options: z.string() }), properties: z.array(Property) }),
      ),
    })
    .optional(),
});
const Board = z.object({ title: z.string(), panels: z.array(Panel) });
export type DrawnPanel = z.infer<typeof Panel>;

/** One line of a graph, a row of a table or a figure, by its legend. */
export interface DrawnSeries {
  readonly ref: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly { readonly atMs: number; readonly value: number }[];
}

export interface ShownPanel {
  readonly panel: DrawnPanel;
  readonly stepMs: number;
  readonly series: readonly DrawnSeries[];
}

export interface ShownBoard {
  readonly title: string;
  readonly range: RangeMs;
  readonly panels: readonly ShownPanel[];
}

const WINDOW = '30m';
const MINUTE_MS = 60_000;

/** Asks for all that a board shows over a while, as Grafana would. */
export async function shownBoard(prometheus: Prometheus, name: string, range: RangeMs): Promise<ShownBoard> {
  const { title, panels } = Board.parse(JSON.parse(textOfBoard(name)));
  const shown: ShownPanel[] = [];
  for (const panel of panels) shown.push(await shownPanel(prometheus, panel, range));
  return { title, range, panels: shown };
}

async function shownPanel(prometheus: Prometheus, panel: DrawnPanel, range: RangeMs): Promise<ShownPanel> {
  const stepMs =
    panel.interval === undefined ? range.stepMs : Number.parseInt(panel.interval, 10) * MINUTE_MS;
  const asked = { stepS: stepMs / 1000, rangeS: (range.untilMs - range.fromMs) / 1000, window: WINDOW };
  const series: DrawnSeries[] = [];
  for (const { refId, expr, legendFormat, instant } of panel.targets) {
    const found = instant
      ? (await prometheus.query(asGrafanaAsks(expr, asked), range.untilMs)).map(({ metric, value }) => ({
          metric,
          points: [{ atMs: range.untilMs, value }],
        }))
      : await prometheus.queryRange(asGrafanaAsks(expr, asked), { ...range, stepMs });
    for (const { metric, points } of found) {
      const name = legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? '');
      series.push({ ref: refId, name, labels: metric, points });
    }
  }
  return { panel: { ...panel, title: panel.title.replaceAll('$window', WINDOW) }, stepMs, series };
}
