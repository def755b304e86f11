import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { annotations } from './annotations.ts';
import type { PanelMaker } from './panels.ts';
import { variable, type VariableName } from './variables.ts';

const TAG = 'ringside';

export interface Board {
  /** Of the file, and of the address in Grafana: links to it go on. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Besides data source, job and exchange. */
  readonly variables: readonly VariableName[];
  readonly rows: readonly Row[];
}

export interface Row {
  readonly title: string;
  readonly panels: readonly PanelMaker[];
}

export function built({ name, title, description, variables, rows }: Board): Dashboard {
  const maker = new DashboardBuilder(`Ringside: ${title}`)
    .uid(`ringside-${name}`)
    .description(description)
    .tags([TAG])
    .timezone('browser')
    .time({ from: 'now-8h', to: 'now' })
    .refresh('30s')
    .tooltip(DashboardCursorSync.Crosshair)
    .variables(['datasource' as const, 'job' as const, 'pbx' as const, ...variables].map(variable))
    .annotations(annotations())
    .link(
      new DashboardLinkBuilder('Ringside')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .keepTime(true)
        .includeVars(true),
    );
  let id = 0;
  for (const row of rows) {
    maker.withRow(new RowBuilder(row.title).id((id += 1)));
    for (const panel of row.panels) {
      const made = panel.build();
      made.id = id += 1;
      maker.withPanel({ build: () => made });
    }
  }
  return withoutLegacy(maker.build());
}

/** The SDK still writes what Grafana's own types know no more: fields of tables and of variables of other kinds. */
const LEGACY = new Set(['footer', 'auto', 'auto_min', 'auto_count']);

const withoutLegacy = (board: Dashboard): Dashboard =>
  JSON.parse(JSON.stringify(board, (key, value: unknown) => (LEGACY.has(key) ? undefined : value)));
