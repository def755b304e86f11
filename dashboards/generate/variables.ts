import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';

/** The Prometheus that is chosen at the top of the board. */
export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };

/** Of Grafana's own code, where a query of variables is for the values of a label. */
const LABEL_VALUES = 1;

/** All of them, and what has the label empty, as phones have that are dialled without a queue. */
const ALL = '.*';

function labelVariable(
  name: string,
  label: string,
  description: string,
  series: string,
): QueryVariableBuilder {
  const query = `label_values(${series}, ${name})`;
  return new QueryVariableBuilder(name)
    .label(label)
    .description(description)
    .datasource(DATA_SOURCE)
    .query({ qryType: LABEL_VALUES, query, refId: name })
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: ['All'], value: ['$__all'] })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}

const WINDOWS = ['5m', '10m', '30m', '1h', '2h'];
const USUAL_WINDOW = '30m';

/** Each made of one that is exported whether or not there are calls, and whether or not an exchange is seen. */
const MAKERS = {
  datasource: () =>
    new DatasourceVariableBuilder('datasource')
      .label('Data source')
      .description('The Prometheus that scrapes Ringside.')
      .type('prometheus'),
  // All are those there are: on a Prometheus of a whole company every program has an `up` and a `process_...`.
  job: () => labelVariable('job', 'Job', 'Scrape job of the daemons.', 'ringside_build_info'),
  pbx: () =>
    labelVariable('pbx', 'Exchange', 'Exchanges that are watched.', 'ringside_ami_up{job=~"$job"}').allValue(
      ALL,
    ),
  hotline: () =>
    labelVariable(
      'hotline',
      'Hotline',
      'Published numbers.',
      'ringside_hotline_open{job=~"$job",pbx=~"$pbx"}',
    ).allValue(ALL),
  queue: () =>
    labelVariable(
      'queue',
      'Queue',
      'Queues that hotlines use.',
      'ringside_queue_joined_total{job=~"$job",pbx=~"$pbx"}',
    ).allValue(ALL),
  window: () =>
    new CustomVariableBuilder('window')
      .label('Window')
      .description('The calls of how long ago until now are in a figure of "the window".')
      .values(WINDOWS.join(','))
      .options(WINDOWS.map((text) => ({ selected: text === USUAL_WINDOW, text, value: text })))
      .current({ selected: true, text: USUAL_WINDOW, value: USUAL_WINDOW }),
} as const satisfies Record<string, () => cog.Builder<VariableModel>>;

export type VariableName = keyof typeof MAKERS;

export const variable = (name: VariableName): cog.Builder<VariableModel> => MAKERS[name]();
