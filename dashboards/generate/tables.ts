import { TableCellHeight } from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import * as table from '@grafana/grafana-foundation-sdk/table';
import { type About, type PanelMaker, tell } from './panels.ts';
import { DATA_SOURCE } from './variables.ts';

/** A figure of each row: one series for each combination of the labels that are the keys of the table. */
export interface Column {
  /** Names the query, and its values until they get their title. */
  readonly ref: string;
  readonly title: string;
  readonly expr: string;
  readonly unit: string;
  readonly decimals?: number;
  /** Where it is not what stands in the other columns. */
  readonly none?: string;
  readonly mappings?: ValueMapping[];
}

interface Table extends About {
  /** Labels that make a row, and their titles. */
  readonly keys: Readonly<Record<string, string>>;
  readonly columns: readonly Column[];
}

/** As they are now: a row for each combination of the keys. */
export function tableOf(about: Table): PanelMaker {
  const { keys, columns } = about;
  const titles: Readonly<Record<string, string>> = {
    ...keys,
    ...Object.fromEntries(columns.map(({ ref, title }) => [`Value #${ref}`, title])),
  };
  const maker = tell(new table.PanelBuilder(), about)
    .targets(columns.map(asked))
    .transformations([
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true, ...(keys['job'] === undefined && { job: true }) },
          indexByName: Object.fromEntries(Object.keys(titles).map((name, index) => [name, index])),
          renameByName: titles,
        },
      },
    ])
    .filterable(true)
    .minWidth(60)
    .showHeader(true)
    .cellHeight(TableCellHeight.Sm);
  for (const column of columns) maker.overrideByName(column.title, settingsOf(column));
  return maker;
}

const asked = ({ ref, expr, title }: Column) =>
  new DataqueryBuilder()
    .expr(expr)
    .legendFormat(title)
    .refId(ref)
    .datasource(DATA_SOURCE)
    .format(PromQueryFormat.Table)
    .instant();

function settingsOf({ unit, decimals, none, mappings }: Column): DynamicConfigValue[] {
  const settings: DynamicConfigValue[] = [{ id: 'unit', value: unit }];
  if (decimals !== undefined) settings.push({ id: 'decimals', value: decimals });
  if (none !== undefined) settings.push({ id: 'noValue', value: none });
  if (mappings !== undefined) {
    settings.push(
      { id: 'mappings', value: mappings },
      { id: 'custom.cellOptions', value: { type: 'color-text' } },
    );
  }
  return settings;
}
