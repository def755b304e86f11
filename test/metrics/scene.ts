import type { Fact } from '../../src/calls/facts.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { Metrics, type JournalPorts } from '../../src/metrics/metrics.ts';
import type { SelfFigures } from '../../src/metrics/self-metrics.ts';
import { ReportBuilder, type Picture } from '../../src/rates/build-report.ts';
import { Tally } from '../../src/rates/tally.ts';
import type { PushTotals } from '../../src/metrics/push-gauges.ts';
import type { ProcessFigures } from '../../src/metrics/process-gauges.ts';
import type { MoveEnd } from '../../src/moves/move.ts';
import { noPushFigures } from '../../src/push/push-figures.ts';
import { someWatch } from '../support/definitions.ts';
import { closed, ended, entered, interval, opened, scored, talked, transferredIn } from '../support/facts.ts';
import { someCalls, someLink } from '../support/picture.ts';

export const NOON_MS = Date.parse('2026-03-03T12:00:00Z');

/** All is written down, one caller waits for a call, and one got through at the second attempt. */
export const JOURNAL: JournalPorts = {
  status: () => ({
    state: 'writing',
    pendingFacts: 3,
    droppedFacts: 0,
    committedFacts: 18,
    lastCommitAtMs: NOON_MS - 100,
    slowestCommitMs: 4.5,
    bytes: 81_920,
  }),
  flush: () => Promise.resolve(),
  reports: () => ({ fault: '', waiting: 0, written: 7, lastWrittenAtMs: NOON_MS - 3_600_000 }),
  usualDays: () => [
    { pbx: 'north', hotline: 'gas', target: 'auto', calls: 151.5 },
    { pbx: 'north', hotline: 'gas', target: 'transfer', calls: 120.25 },
  ],
  callBacks: () => [{ pbx: 'north', hotline: 'gas', open: 2, overdue: 1 }],
  attempts: () => [
    {
      pbx: 'north',
      hotline: 'gas',
      attempts1: 4,
      attempts2: 1,
      attempts3: 0,
      attempts4plus: 0,
      never: 1,
      unknown: 0,
      meanScore: 18.4,
    },
  ],
};

export interface Scene {
  readonly definition?: WatchDefinition;
  readonly facts?: readonly Fact[];
  readonly picture?: Partial<Picture>;
  readonly perSeat?: boolean;
  readonly journal?: JournalPorts;
  readonly push?: PushTotals;
  readonly definedAtMs?: number;
  readonly moves?: Readonly<Record<MoveEnd, number>>;
  readonly process?: boolean;
}

const NO_MOVES: Readonly<Record<MoveEnd, number>> = { done: 0, refused: 0, 'timed-out': 0, 'half-done': 0 };
const A_PROCESS: ProcessFigures = {
  startedAtMs: NOON_MS - 7_200_500,
  residentBytes: 104_857_600,
  cpuMs: 93_750,
};

/** The whole way from facts to the page, as production goes it. */
export function scene({
  definition = someWatch(),
  facts = [],
  picture = {},
  perSeat = false,
  ...ports
}: Scene = {}) {
  const tally = new Tally(definition);
  const builder = new ReportBuilder(tally, NOON_MS - 86_400_000);
  const links = picture.links ?? [someLink({ sinceMs: NOON_MS - 7_200_000, clockOffsetMs: 40 })];
  const self: SelfFigures = {
    links,
    eventLoopLagMs: 12,
    pbxs: [
      {
        pbx: 'north',
        eventsRead: 1234,
        unknownEvents: 2,
        bytesRead: 56_789,
        droppedBlocks: { 'line-too-long': 0 },
        eventLagMs: 8,
        booksUnbalanced: 0,
      },
    ],
  };
  const metrics = new Metrics({
    definition,
    report: () => builder.build({ nowMs: NOON_MS, calls: [someCalls()], seats: [], ...picture, links }),
    seats: () => picture.seats ?? [],
    self: () => self,
    build: { version: '0.1.0', node: 'v24.0.0' },
    perSeat,
    definedAtMs: () => ports.definedAtMs,
    ...(ports.journal ? { journal: ports.journal } : {}),
    push: () => ports.push ?? noPushFigures(),
    moves: () => [{ pbx: 'north', ended: ports.moves ?? NO_MOVES }],
    ...(ports.process && { process: () => A_PROCESS }),
    patience: (pbx, queue) => tally.patienceOf(pbx, queue),
  });
  for (const fact of facts) {
    tally.apply(fact);
    metrics.record(fact);
  }
  return {
    redefine: (next: WatchDefinition) => metrics.redefine(next),
    tell: (fact: Fact) => {
      tally.apply(fact);
      metrics.record(fact);
    },
    record: (fact: Fact) => metrics.record(fact),
    backfill: (fact: Fact) => metrics.backfill(fact),
    seed: (sums: Parameters<Metrics['seed']>[0]) => metrics.seed(sums),
    page: async () => (await metrics.page()).toString(),
  };
}

export const A_MORNING: readonly Fact[] = [
  opened({ atMs: NOON_MS - 60_000 }),
  scored({ atMs: NOON_MS - 60_000, target: 'auto' }),
  entered({ atMs: NOON_MS - 50_000 }),
  scored({ atMs: NOON_MS - 42_000, waitMs: 8_000 }),
  ended({ atMs: NOON_MS - 42_000, waitMs: 8_000, seat: 'PJSIP/101', agent: 'Ann' }),
  talked({ atMs: NOON_MS - 12_000, talkMs: 30_000 }),
  closed({ closedAtMs: NOON_MS - 12_000, askedAtMs: NOON_MS - 50_000 }),
  interval({
    atMs: NOON_MS - 2_000,
    fromMs: NOON_MS - 12_000,
    wrapsUp: { hotline: 'gas', queue: 'support' },
  }),
  opened({ atMs: NOON_MS - 40_000 }),
  scored({ atMs: NOON_MS - 40_000, target: 'auto' }),
  scored({ atMs: NOON_MS - 5_000, result: 'miss' }),
  closed({
    closedAtMs: NOON_MS - 5_000,
    askedAtMs: NOON_MS - 36_000,
    outcome: 'abandoned',
    stages: [{ queue: 'support', startedAtMs: NOON_MS - 36_000, waitMs: 31_000, end: 'hang-up' }],
  }),
  transferredIn(NOON_MS - 4_000),
  { id: 'u', pbx: 'north', atMs: NOON_MS, type: 'unattributed', trunk: 'PJSIP/13800000001' },
  { id: 'o', pbx: 'north', atMs: NOON_MS, type: 'unknown-origin', interface: 'PJSIP/new-carrier' },
  { id: 'c', pbx: 'north', atMs: NOON_MS, type: 'corrected', channels: 1, seats: 2, queues: 0 },
  {
    id: 'r',
    pbx: 'north',
    atMs: NOON_MS,
    type: 'ring-no-answer',
    uniqueid: '1700000000.1',
    queue: 'support',
    seat: 'PJSIP/102',
    agent: 'Bob',
    ringMs: 15_000,
  },
  {
    id: 'b',
    pbx: 'north',
    atMs: NOON_MS - 7_200_000,
    type: 'blind',
    fromMs: NOON_MS - 7_203_500,
    untilMs: NOON_MS - 7_200_000,
    openCalls: 2,
    endedUnknown: 1,
    takenUp: 1,
    rebooted: false,
    missedCalls: undefined,
  },
];

export const valuesOf = (page: string, name: string): readonly string[] =>
  page.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
export const valueOf = (page: string, series: string): string | undefined =>
  page
    .split('\n')
    .find((line) => line.startsWith(`${series} `))
    ?.slice(series.length + 1);
