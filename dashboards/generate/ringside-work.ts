import type { Row } from './board.ts';
import { events, type PanelMaker, series, stacked } from './panels.ts';
import { countedIn, nowOf, ofDaemons, perSecond } from './promql.ts';
import { tableOf } from './tables.ts';
import { UP } from './words.ts';

const DAEMON = '{{job}}';
const NOTHING = 'not scraped';

const daemon = (name: string, legend = DAEMON) => ({ expr: nowOf(ofDaemons(name)), legend });
const ofDaemon = (name: string) => `max by (job) (${ofDaemons(name)})`;

const count = { unit: 'short', decimals: 0 };

const journal = (): readonly PanelMaker[] => [
  series({
    title: 'Facts not yet committed',
    description: 'In memory only: a crash now would lose them.',
    unit: 'short',
    none: 'no journal',
    width: 6,
    decimals: 0,
    queries: [daemon('ringside_journal_pending_facts')],
  }),
  events({
    title: 'Facts given up',
    description:
      'Memory was full while nothing could be written: the figures after a restart will lack them.',
    unit: 'short',
    none: 'no journal',
    width: 6,
    queries: [{ expr: countedIn(ofDaemons('ringside_journal_dropped_facts_total'), 'job'), legend: DAEMON }],
  }),
  series({
    title: 'Facts committed',
    description: 'A second.',
    unit: 'cps',
    none: 'no journal',
    width: 6,
    queries: [
      { expr: perSecond(ofDaemons('ringside_journal_committed_facts_total'), 'job'), legend: DAEMON },
    ],
  }),
  series({
    title: 'Slowest commit',
    description: 'Of those since the scrape before, to the disk itself.',
    unit: 's',
    none: 'no commits',
    width: 6,
    queries: [daemon('ringside_journal_slowest_commit_seconds')],
  }),
  series({
    title: 'Since the last commit',
    description: 'Grows while there is nothing to write, as at night; with facts that wait it is a fault.',
    unit: 's',
    none: 'no commits',
    width: 8,
    queries: [
      {
        expr: `time() - ${nowOf(ofDaemons('ringside_journal_last_commit_timestamp_seconds'))}`,
        legend: DAEMON,
      },
    ],
  }),
  series({
    title: 'Size of the journal',
    description: 'Its file and its log; retention keeps it from growing for ever.',
    unit: 'bytes',
    none: 'no journal',
    width: 8,
    queries: [daemon('ringside_journal_bytes')],
  }),
  tableOf({
    title: 'Reports',
    description:
      'Shift, day, month and quarter reports that are written by themselves. Waiting: over, and not written yet.',
    unit: 'short',
    none: 'no folder',
    width: 8,
    keys: { job: 'Job' },
    columns: [
      { ref: 'up', title: 'Writing', expr: ofDaemon('ringside_reports_up'), ...count, mappings: UP },
      { ref: 'waiting', title: 'Waiting', expr: ofDaemon('ringside_reports_waiting'), ...count },
      { ref: 'written', title: 'Written', expr: ofDaemon('ringside_reports_written_total'), ...count },
      {
        ref: 'age',
        title: 'Last',
        expr: `time() - ${ofDaemon('ringside_reports_last_written_timestamp_seconds')}`,
        unit: 's',
        none: 'none yet',
      },
    ],
  }),
];

const boards = (): readonly PanelMaker[] => [
  series({
    title: "Leaders' boards that are open",
    description: 'Connections at /live.',
    unit: 'short',
    none: NOTHING,
    width: 8,
    decimals: 0,
    queries: [daemon('ringside_push_clients')],
  }),
  stacked({
    title: 'Frames sent to boards',
    description: 'A second, by kind.',
    unit: 'cps',
    none: NOTHING,
    width: 8,
    queries: [{ expr: perSecond(ofDaemons('ringside_push_frames_total'), 'kind'), legend: '{{kind}}' }],
  }),
  series({
    title: 'Boards made into text, and told less often',
    description:
      'A second. One text for each scope and change, however many read it; coalesced: changes that a slow reader was told together.',
    unit: 'cps',
    none: NOTHING,
    width: 8,
    queries: [
      { expr: perSecond(ofDaemons('ringside_push_serialisations_total'), 'job'), legend: `made ${DAEMON}` },
      { expr: perSecond(ofDaemons('ringside_push_coalesced_total'), 'job'), legend: `coalesced ${DAEMON}` },
    ],
  }),
  events({
    title: 'Whole boards sent',
    description: 'By why: somebody came, saw a gap, or had read too slowly.',
    unit: 'short',
    none: 'none',
    width: 12,
    queries: [
      { expr: countedIn(ofDaemons('ringside_push_snapshots_total'), 'reason'), legend: '{{reason}}' },
    ],
  }),
  events({
    title: 'Connections that ended',
    description: 'By why: left is a closed page, all else is a slow line, a limit or a restart.',
    unit: 'short',
    none: 'none',
    width: 12,
    queries: [{ expr: countedIn(ofDaemons('ringside_push_closed_total'), 'reason'), legend: '{{reason}}' }],
  }),
];

const process = (): readonly PanelMaker[] => [
  series({
    title: 'Processor',
    description: 'Seconds of processor a second: 1 is one core, and the daemon reads on one.',
    unit: 'percentunit',
    none: NOTHING,
    width: 8,
    queries: [
      {
        expr: perSecond(ofDaemons('process_cpu_seconds_total'), 'job,instance'),
        legend: '{{job}} {{instance}}',
      },
    ],
  }),
  series({
    title: 'Memory',
    description: 'Resident, of the whole process.',
    unit: 'bytes',
    none: NOTHING,
    width: 8,
    queries: [{ expr: ofDaemons('process_resident_memory_bytes'), legend: '{{job}} {{instance}}' }],
  }),
  series({
    title: 'Report number',
    description: 'Grows while anything happens; begins anew with the daemon.',
    unit: 'short',
    none: NOTHING,
    width: 8,
    decimals: 0,
    queries: [{ expr: ofDaemons('ringside_report_seq'), legend: '{{job}} {{instance}}' }],
  }),
  tableOf({
    title: 'What runs',
    description:
      'Version of the program and of its runtime, and the definitions in force: where the hash differs, figures are not the same figures.',
    unit: 'short',
    none: NOTHING,
    width: 24,
    height: 5,
    keys: { instance: 'Daemon', version: 'Version', node: 'Node.js', hash: 'Definitions' },
    columns: [
      {
        ref: 'build',
        title: 'Running',
        expr: `max by (job,instance,version,node) (${ofDaemons('ringside_build_info')})`,
        ...count,
        mappings: UP,
      },
      {
        ref: 'hash',
        title: 'In force',
        expr: `max by (job,instance,hash) (${ofDaemons('ringside_definition_info')})`,
        ...count,
        mappings: UP,
      },
      {
        ref: 'since',
        title: 'In force for',
        expr: `time() - max by (job,instance) (${ofDaemons('ringside_definition_timestamp_seconds')})`,
        unit: 's',
        none: 'not known',
      },
      {
        ref: 'started',
        title: 'Running for',
        expr: `time() - max by (job,instance) (${ofDaemons('process_start_time_seconds')})`,
        unit: 's',
      },
    ],
  }),
];

/** What the daemon does with what it read: writes it down, tells it to boards; and what that costs. */
export const ringsideWork = (): readonly Row[] => [
  { title: 'Journal and reports', panels: journal() },
  { title: "Leaders' boards", panels: boards() },
  { title: 'The program', panels: process() },
];
