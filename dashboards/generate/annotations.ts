import { type AnnotationQuery, AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import { ofDaemons, ofExchanges } from './promql.ts';
import { DATA_SOURCE } from './variables.ts';

/** An annotation is asked for at steps of a minute: what looks back a minute is marked once, where its value is 1. */
const STEP = '60s';

const marked = (name: string, color: string, expr: string, title: string, text: string) =>
  new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATA_SOURCE)
    .enable(true)
    .iconColor(color)
    .expr(expr)
    .titleFormat(title)
    .textFormat(text)
    .step(STEP);

const COUNTED = ofExchanges('ringside_blind_seconds_total');

/** What explains a jump in any figure: nobody looked, somebody moved a seat, something new is running. */
export const annotations = (): cog.Builder<AnnotationQuery>[] => [
  marked(
    'Blind time',
    'purple',
    // Also where it was over before a scrape could see it: it is counted then.
    `max without (instance) (max_over_time(${ofExchanges('ringside_blind')}[1m])) == 1 or ` +
      `max without (instance) (${COUNTED} - ${COUNTED} offset 1m > bool 0) == 1`,
    'Blind: {{pbx}}',
    'The exchange was not seen: no live figures, and calls that ended now have an unknown end.',
  ),
  marked(
    'Moves',
    'blue',
    `${ofExchanges('ringside_moves_total')} - ${ofExchanges('ringside_moves_total')} offset 1m > bool 0 == 1`,
    'Seat moved: {{pbx}}',
    'A leader moved a seat; the exchange said: {{result}}.',
  ),
  marked(
    'Deploys',
    'green',
    `time() - ${ofDaemons('process_start_time_seconds')} < bool 60 == 1`,
    'Ringside started: {{job}}',
    'The daemon at {{instance}} started.',
  ),
  marked(
    'Definitions',
    'yellow',
    `${ofDaemons('ringside_definition_info')} unless ${ofDaemons('ringside_definition_info')} offset 1m`,
    'Definitions in force: {{hash}}',
    'Where the hash changed, figures before and after are not the same figures.',
  ),
];
