import type { Board, Row } from './board.ts';
import { events, figures, type PanelMaker, series, states } from './panels.ts';
import { countedIn, nowOf, ofDaemons, ofExchanges, perSecond, rowOf } from './promql.ts';
import { ringsideWork } from './ringside-work.ts';
import { tableOf } from './tables.ts';
import { BALANCED, BLIND, FAILED, SEEN, UP } from './words.ts';

const PBX = '{{pbx}}';
const DAEMON = '{{job}}';
const NOTHING = 'not scraped';

const exchange = (name: string, legend = PBX) => ({ expr: nowOf(ofExchanges(name)), legend });
const daemon = (name: string, legend = DAEMON) => ({ expr: nowOf(ofDaemons(name)), legend });
const ofExchange = (name: string) => `max by (job,pbx) (${ofExchanges(name)})`;

const count = { unit: 'short', decimals: 0 };

/** What must hold before any other figure is believed: large, one beside the other. */
const trust = (): readonly PanelMaker[] => [
  figures({
    title: 'Daemon',
    description: 'Whether Prometheus could read it last.',
    unit: 'short',
    none: NOTHING,
    width: 4,
    height: 4,
    mappings: UP,
    queries: [{ expr: ofDaemons('up'), legend: '{{job}} {{instance}}' }],
  }),
  figures({
    title: 'Exchange seen',
    description: 'Session ready, and the first snapshot read.',
    unit: 'short',
    none: NOTHING,
    width: 4,
    height: 4,
    mappings: SEEN,
    queries: [exchange('ringside_ami_up')],
  }),
  figures({
    title: 'Blind',
    description:
      'While it is blind there are no live figures, and rates have no verdict where unknown calls could change it.',
    unit: 'short',
    none: NOTHING,
    width: 4,
    height: 4,
    mappings: BLIND,
    queries: [exchange('ringside_blind')],
  }),
  figures({
    title: 'Blind for',
    description: 'How long the exchange has not been seen now; 0 while it is.',
    unit: 's',
    none: NOTHING,
    width: 4,
    height: 4,
    decimals: 0,
    queries: [exchange('ringside_blind_for_seconds')],
  }),
  figures({
    title: 'Books out of balance',
    description:
      'Hotlines and queues where reached + taken up is not live + every outcome: anything but 0 is a fault of Ringside, to be reported.',
    unit: 'short',
    none: NOTHING,
    width: 4,
    height: 4,
    mappings: BALANCED,
    queries: [exchange('ringside_books_unbalanced')],
  }),
  figures({
    title: 'Journal',
    description: 'Whether what is seen is being written down: while it is not, a restart loses it.',
    unit: 'short',
    none: 'no journal',
    width: 4,
    height: 4,
    mappings: UP,
    queries: [daemon('ringside_journal_up')],
  }),
];

const session = (): readonly PanelMaker[] => [
  states({
    title: 'Exchange seen, over time',
    description: 'Green while its events are read; what is red is blind time, marked in every graph.',
    unit: 'short',
    none: NOTHING,
    width: 12,
    height: 6,
    mappings: SEEN,
    queries: [exchange('ringside_ami_up')],
  }),
  states({
    title: 'Why an exchange is not seen',
    description:
      'The last failure of the session: unreachable, login-refused, no-rights ... as the daemon logs it. The README says what to do about each.',
    unit: 'short',
    none: 'seen',
    width: 12,
    height: 6,
    mappings: FAILED,
    queries: [{ expr: `${nowOf(ofExchanges('ringside_ami_failure'))} == 1`, legend: `${PBX}: {{code}}` }],
  }),
  tableOf({
    title: 'Sessions, in the time shown',
    description:
      'Clock: of the exchange less ours. Blind time: with what runs now. Ended unknown, taken up, unseen: calls that blind time touched. Where the daemon began to count anew in that time (a start without a journal): since then.',
    unit: 'short',
    none: 'not seen',
    width: 24,
    height: 5,
    keys: { pbx: 'Exchange', release: 'Asterisk' },
    columns: [
      {
        ref: 'release',
        title: 'Seen',
        expr: rowOf(ofExchanges('ringside_exchange_info'), 'release'),
        ...count,
        mappings: SEEN,
      },
      {
        ref: 'clock',
        title: 'Clock',
        expr: ofExchange('ringside_clock_offset_seconds'),
        unit: 's',
        decimals: 3,
      },
      { ref: 'connections', title: 'Connections', expr: shown('ringside_ami_connections_total'), ...count },
      { ref: 'restarts', title: 'Its restarts', expr: shown('ringside_exchange_restarts_total'), ...count },
      {
        ref: 'blind',
        title: 'Blind time',
        // What runs is counted when it is over.
        expr: `${shown('ringside_blind_seconds_total')} + ${ofExchange('ringside_blind_for_seconds')}`,
        unit: 's',
        decimals: 1,
      },
      { ref: 'resyncs', title: 'Resyncs', expr: shown('ringside_resyncs_total'), ...count },
      {
        ref: 'ended',
        title: 'Ended unknown',
        expr: shown('ringside_resync_calls_total', ',result="ended_unknown"'),
        ...count,
      },
      {
        ref: 'taken',
        title: 'Taken up',
        expr: shown('ringside_resync_calls_total', ',result="taken_up"'),
        ...count,
      },
      {
        ref: 'unseen',
        title: 'Unseen',
        expr: shown('ringside_resync_calls_total', ',result="missed"'),
        ...count,
      },
    ],
  }),
  events({
    title: 'Corrections of the live picture',
    description:
      'Entries that the check of every minute found wrong and put right: a few are a race, many are a fault.',
    unit: 'short',
    none: 'none',
    width: 12,
    queries: [
      {
        expr: countedIn(ofExchanges('ringside_corrections_total'), 'pbx,reason'),
        legend: `${PBX} {{reason}}`,
      },
    ],
  }),
  series({
    title: 'Clock of each exchange less ours',
    description:
      'Instants are told in our time: the difference is taken off. A jump is somebody setting a clock.',
    unit: 's',
    none: 'not seen',
    width: 12,
    isSigned: true,
    queries: [exchange('ringside_clock_offset_seconds')],
  }),
];

function shown(name: string, matchers = ''): string {
  const selected = ofExchanges(name, matchers.replace(/^,/, ''));
  return `sum by (job,pbx) (${selected} - min_over_time(${selected}[$__range]))`;
}

const reading = (): readonly PanelMaker[] => [
  series({
    title: 'Age of the last event when it was read',
    description: 'Network and queueing together: while it grows, every live figure is as old.',
    unit: 's',
    none: 'no events',
    width: 12,
    queries: [exchange('ringside_event_lag_seconds')],
  }),
  series({
    title: 'How late a timer came at worst',
    description: 'Event-loop lag since the scrape before: the daemon had no time for anything else.',
    unit: 's',
    none: NOTHING,
    width: 12,
    queries: [daemon('ringside_event_loop_lag_seconds')],
  }),
  series({
    title: 'Events read',
    description:
      'Events a second from each exchange; of unknown ones the daemon knows nothing: harmless, but worth a look after an upgrade of Asterisk.',
    unit: 'cps',
    none: NOTHING,
    width: 8,
    queries: [
      { expr: perSecond(ofExchanges('ringside_events_read_total'), 'pbx'), legend: PBX },
      { expr: perSecond(ofExchanges('ringside_events_unknown_total'), 'pbx'), legend: `unknown ${PBX}` },
    ],
  }),
  series({
    title: 'Bytes read',
    description: 'What the exchanges send.',
    unit: 'Bps',
    none: NOTHING,
    width: 8,
    queries: [{ expr: perSecond(ofExchanges('ringside_bytes_read_total'), 'pbx'), legend: PBX }],
  }),
  events({
    title: 'Blocks that broke a limit',
    description: 'Dropped by the reader, by which limit: not one in normal running.',
    unit: 'short',
    none: 'none',
    width: 8,
    queries: [
      {
        expr: countedIn(ofExchanges('ringside_blocks_dropped_total'), 'pbx,reason'),
        legend: `${PBX} {{reason}}`,
      },
    ],
  }),
];

const rows = (): readonly Row[] => [
  { title: 'Can the figures be believed?', panels: trust() },
  { title: 'Sessions with the exchanges', panels: session() },
  { title: 'Reading', panels: reading() },
  ...ringsideWork(),
];

export const ringside = (): Board => ({
  name: 'ringside',
  title: 'Ringside itself',
  description:
    'Whether the watcher sees, keeps up and writes down: to be looked at before its figures are believed.',
  variables: [],
  rows: rows(),
});
