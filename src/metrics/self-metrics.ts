import { LINK_FAILURES, type LinkStatus } from '../ami/connection.ts';
import type { Report } from '../rates/report.ts';
import { ReadCounter, ReadGauge, type Families } from './families.ts';

/** What the daemon knows of its own work on one exchange; totals since its start. */
export interface PbxWork {
  readonly pbx: string;
  readonly eventsRead: number;
  readonly unknownEvents: number;
  readonly bytesRead: number;
  /** Blocks that broke a limit of the reader, by which limit. */
  readonly droppedBlocks: Readonly<Record<string, number>>;
  /** Our clock less the last event's, both as ours; undefined before the first. */
  readonly eventLagMs: number | undefined;
  /** Hotlines and queues whose standing equation does not hold now. */
  readonly booksUnbalanced: number;
}

export interface SelfFigures {
  readonly pbxs: readonly PbxWork[];
  readonly links: readonly LinkStatus[];
  /** How late a timer came at worst since the last scrape. */
  readonly eventLoopLagMs: number | undefined;
}

export interface Build {
  readonly version: string;
  readonly node: string;
}

/** What is to be known of the watcher itself before its figures are believed. */
export class SelfMetrics {
  private readonly build: Build;
  private readonly links: ReturnType<typeof linkFamilies>;
  private readonly work: ReturnType<typeof workFamilies>;

  constructor(families: Families, build: Build) {
    this.build = build;
    this.links = linkFamilies(families);
    this.work = workFamilies(families);
  }

  fill(report: Report, self: SelfFigures, definedAtMs: number | undefined): void {
    for (const family of [...Object.values(this.links), ...Object.values(this.work)]) family.empty();
    for (const { pbx, blindSinceMs } of report.pbxs) {
      this.links.blind.set({ pbx }, blindSinceMs === null ? 0 : 1);
      this.links.blindFor.set(
        { pbx },
        blindSinceMs === null ? 0 : Math.max(0, report.atMs - blindSinceMs) / 1000,
      );
    }
    for (const link of self.links) this.fillLink(link);
    for (const work of self.pbxs) this.fillWork(work);
    const { eventLoopLagMs } = self;
    this.work.loopLag.set({}, eventLoopLagMs === undefined ? undefined : eventLoopLagMs / 1000);
    this.work.report.set({}, report.seq);
    this.work.build.set({ version: this.build.version, node: this.build.node }, 1);
    this.work.definition.set({ hash: report.definitionHash }, 1);
    this.work.defined.set({}, definedAtMs === undefined ? undefined : definedAtMs / 1000);
  }

  private fillLink({ pbx, state, failure, connections, reboots, clockOffsetMs, release }: LinkStatus): void {
    const { links } = this;
    const up = state === 'ready';
    links.up.set({ pbx }, up ? 1 : 0);
    for (const code of LINK_FAILURES) links.failure.set({ pbx, code }, !up && failure?.code === code ? 1 : 0);
    links.connections.set({ pbx }, connections);
    links.restarts.set({ pbx }, reboots);
    if (!up) return;
    links.offset.set({ pbx }, clockOffsetMs / 1000);
    links.release.set({ pbx, release }, 1);
  }

  private fillWork(one: PbxWork): void {
    const { work } = this;
    const { pbx } = one;
    work.events.set({ pbx }, one.eventsRead);
    work.unknown.set({ pbx }, one.unknownEvents);
    work.bytes.set({ pbx }, one.bytesRead);
    for (const [reason, blocks] of Object.entries(one.droppedBlocks))
      work.dropped.set({ pbx, reason }, blocks);
    work.lag.set({ pbx }, one.eventLagMs === undefined ? undefined : one.eventLagMs / 1000);
    work.books.set({ pbx }, one.booksUnbalanced);
  }
}

function linkFamilies(families: Families) {
  return {
    up: new ReadGauge(
      families,
      'ringside_ami_up',
      'Whether the exchange is seen: session ready, first snapshot read.',
      ['pbx'],
    ),
    failure: new ReadGauge(
      families,
      'ringside_ami_failure',
      'Why the exchange is not seen: 1 for the last failure, else 0.',
      ['pbx', 'code'],
    ),
    blind: new ReadGauge(families, 'ringside_blind', 'Whether we are blind now.', ['pbx']),
    blindFor: new ReadGauge(
      families,
      'ringside_blind_for_seconds',
      'How long we have been blind now; 0 while we see.',
      ['pbx'],
    ),
    connections: new ReadCounter(
      families,
      'ringside_ami_connections_total',
      'Connections made to the exchange.',
      ['pbx'],
    ),
    restarts: new ReadCounter(
      families,
      'ringside_exchange_restarts_total',
      'Restarts of the exchange noticed.',
      ['pbx'],
    ),
    offset: new ReadGauge(
      families,
      'ringside_clock_offset_seconds',
      'Clock of the exchange less ours; absent while it is not seen.',
      ['pbx'],
    ),
    release: new ReadGauge(families, 'ringside_exchange_info', 'Release of the exchange.', [
      'pbx',
      'release',
    ]),
  };
}

function workFamilies(families: Families) {
  return {
    events: new ReadCounter(families, 'ringside_events_read_total', 'Events read.', ['pbx']),
    unknown: new ReadCounter(
      families,
      'ringside_events_unknown_total',
      'Events read of which we know nothing.',
      ['pbx'],
    ),
    bytes: new ReadCounter(families, 'ringside_bytes_read_total', 'Bytes read.', ['pbx']),
    dropped: new ReadCounter(
      families,
      'ringside_blocks_dropped_total',
      'Blocks that broke a limit of the reader.',
      ['pbx', 'reason'],
    ),
    lag: new ReadGauge(
      families,
      'ringside_event_lag_seconds',
      'How old the last event was when it was read.',
      ['pbx'],
    ),
    books: new ReadGauge(
      families,
      'ringside_books_unbalanced',
      'Hotlines and queues whose standing equation does not hold: anything but 0 is a fault of this program.',
      ['pbx'],
    ),
    loopLag: new ReadGauge(
      families,
      'ringside_event_loop_lag_seconds',
      'How late a timer came at worst since the last scrape.',
      [],
    ),
    report: new ReadGauge(families, 'ringside_report_seq', 'Number of the Report this page was made of.', []),
    build: new ReadGauge(families, 'ringside_build_info', 'Version of this program and of its runtime.', [
      'version',
      'node',
    ]),
    definition: new ReadGauge(
      families,
      'ringside_definition_info',
      'Hash of the definitions in force: where it changes, figures before and after are not the same figures.',
      ['hash'],
    ),
    defined: new ReadGauge(
      families,
      'ringside_definition_timestamp_seconds',
      'Since when the definitions in force are, unix time; absent where that is not known.',
      [],
    ),
  };
}
