import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const FOLDER = join(import.meta.dirname, '../../dashboards/grafana');
export const BOARD_NAMES = ['hotlines', 'floor', 'ringside'] as const;

const Target = z.object({
  refId: z.string(),
  expr: z.string(),
  legendFormat: z.string(),
  format: z.string().optional(),
  instant: z.boolean(),
});
const Override = z.object({
  matcher: z.object({ id: z.string(), options: z.string() }),
  properties: z.array(z.object({ id: z.string(), value: z.unknown() })),
});
const Grid = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });
const Panel = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string(),
  description: z.string(),
  interval: z.string().optional(),
  gridPos: Grid,
  targets: z.array(Target),
  transformations: z
    .array(z.object({ id: z.string(), options: z.record(z.string(), z.unknown()) }))
    .default([]),
  fieldConfig: z.object({
    defaults: z.object({
      unit: z.string(),
      noValue: z.string(),
      thresholds: z.object({ steps: z.array(z.object({ value: z.number().nullable() })) }),
    }),
    overrides: z.array(Override),
  }),
});
const RowPanel = z.object({ id: z.number(), type: z.literal('row'), title: z.string(), gridPos: Grid });
const Variable = z.object({
  name: z.string(),
  label: z.string(),
  description: z.string(),
  type: z.string(),
  query: z.union([z.string(), z.object({ query: z.string() })]),
  multi: z.boolean().optional(),
  includeAll: z.boolean().optional(),
  allValue: z.string().optional(),
});
const Board = z.object({
  uid: z.string(),
  title: z.string(),
  panels: z.array(z.union([RowPanel, Panel])),
  templating: z.object({ list: z.array(Variable) }),
  annotations: z.object({
    list: z.array(
      z.object({ name: z.string(), expr: z.string(), titleFormat: z.string(), textFormat: z.string() }),
    ),
  }),
});

export type GrafanaPanel = z.infer<typeof Panel>;
export type GrafanaBoard = z.infer<typeof Board>;

export const textOfBoard = (name: string): string => readFileSync(join(FOLDER, `${name}.json`), 'utf8');

/** A board of dashboards/grafana as far as the tests look at it. */
export const readBoard = (name: string): GrafanaBoard => Board.parse(JSON.parse(textOfBoard(name)));

/** Those that show something. */
export const panelsOf = (board: GrafanaBoard): readonly GrafanaPanel[] =>
  board.panels.filter((panel): panel is GrafanaPanel => panel.type !== 'row');

/** An expression of a board, and where it stands. */
export interface BoardExpression {
  readonly where: string;
  readonly expr: string;
  /** What Grafana puts labels into. */
  readonly texts: readonly string[];
}

/** Every expression that Grafana would ask Prometheus for: panels, annotations, and the series of variables. */
export function expressionsOf(board: GrafanaBoard): readonly BoardExpression[] {
  const panels = panelsOf(board).flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => ({
      where: `${board.uid}: ${title}: ${legendFormat}`,
      expr,
      texts: [legendFormat],
    })),
  );
  const annotations = board.annotations.list.map(({ name, expr, titleFormat, textFormat }) => ({
    where: `${board.uid}: annotation ${name}`,
    expr,
    texts: [titleFormat, textFormat],
  }));
  const variables = board.templating.list.flatMap(({ name, query }) => {
    const [, expr, label] = LABEL_VALUES.exec(typeof query === 'string' ? query : query.query) ?? [];
    return expr === undefined
      ? []
      : [{ where: `${board.uid}: variable ${name}`, expr, texts: [`{{${label ?? ''}}}`] }];
  });
  return [...panels, ...annotations, ...variables];
}

const LABEL_VALUES = /^label_values\((.*), (\w+)\)$/;
