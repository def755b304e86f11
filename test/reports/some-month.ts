import type { AttemptCall, OutboundTry } from '../../src/attempts/attempt-call.ts';
import { callBackSummaryOf } from '../../src/attempts/call-back-summary.ts';
import { openCallBackOf } from '../../src/attempts/call-backs.ts';
import type { ReportSources } from '../../src/reports/report-sources.ts';
import type { SeatSpan } from '../../src/roster/presence.ts';
import type { Backfill, BreachedCall } from '../../src/store/report-reads.ts';
import type { SumShare } from '../../src/store/sums.ts';
import { keptSources, sumsOf } from './kept-sources.ts';
import { BLIND, emergencyCall, MONTH_DEFINITION, monthFacts, shanghai, ZONE } from './month-facts.ts';

const lateInMonth = shanghai('2026-10-20', '12:00');
const share = (
  subject: 'hotline' | 'agent',
  name: string,
  series: string,
  add: SumShare['add'],
): SumShare => ({
  pbx: 'north',
  subject,
  name,
  series,
  atMs: lateInMonth,
  add,
});
/** What the attempts and the listening add, which no fact above makes. */
const SHARES: readonly SumShare[] = [
  share('hotline', 'service', 'attempts', {
    attempts1: 340,
    attempts2: 12,
    attempts3: 4,
    attempts4plus: 2,
    never: 8,
    chains: 366,
    scoreSum: 340 * 20 + 12 * 16 + 4 * 8 + 8 * 16,
    unknown: 1,
  }),
  share('hotline', 'service', 'call-backs', {
    ended: 30,
    reachedInTime: 26,
    reachedLate: 2,
    couldNotBeReached: 1,
    closedOtherwise: 1,
  }),
  share('hotline', 'emergency', 'call-backs-emergency', { ended: 1, reachedLate: 1 }),
  share('agent', 'Li Na', 'work', { listened: 3, ringNoAnswer: 2, outbound: 9, outboundAnswered: 7 }),
  share('agent', 'Chen Jie', 'work', { listened: 6, ringNoAnswer: 11 }),
];

const lostCall = (hotline: string, caller: string, closedAtMs: number, emergency = false): AttemptCall => ({
  pbx: 'north',
  uniqueid: `${closedAtMs / 1000 - 40}.12`,
  hotline,
  caller,
  reachedAtMs: closedAtMs - 40_000,
  closedAtMs,
  outcome: emergency ? 'unanswered' : 'abandoned',
  hours: 'open',
  emergency,
  asked: true,
  short: false,
});
const triedAt = (caller: string, startedAtMs: number): OutboundTry => ({
  pbx: 'north',
  uniqueid: `${startedAtMs / 1000}.99`,
  caller,
  agent: 'Li Na',
  startedAtMs,
  endedAtMs: startedAtMs + 30_000,
  answered: false,
  talkMs: 0,
});

const openCallBacks: ReportSources['openCallBacks'] = async () => {
  const rules = {
    settings: { leastTalkS: 10, reachWithinH: 72, shortAbandons: true },
    zoneOf: () => ZONE,
  };
  const histories = [
    {
      calls: [lostCall('service', 'a', shanghai('2026-10-30', '11:20'))],
      outbounds: [
        triedAt('a', shanghai('2026-10-31', '09:00')),
        triedAt('a', shanghai('2026-11-02', '09:00')),
      ],
      closings: [],
    },
    { calls: [lostCall('service', 'b', shanghai('2026-11-09', '16:05'))], outbounds: [], closings: [] },
    {
      calls: [lostCall('emergency', 'c', shanghai('2026-11-10', '08:48'), true)],
      outbounds: [],
      closings: [],
    },
  ];
  return histories.flatMap((history) => openCallBackOf(history, rules) ?? []).map(callBackSummaryOf);
};

const breachedCalls: ReportSources['breachedCalls'] = async (fromMs, untilMs) => {
  const row = (
    i: number,
    breach: BreachedCall['breach'],
    outcome: 'unanswered' | 'abandoned',
  ): BreachedCall => {
    const [first] = emergencyCall(i);
    const reachedAtMs = first?.atMs ?? 0;
    return {
      breach,
      call: {
        pbx: 'north',
        uniqueid: `${reachedAtMs / 1000}.7${i}`,
        hotline: 'emergency',
        hours: 'open',
        emergency: true,
        test: false,
        reachedAtMs,
        closedAtMs: reachedAtMs + 9_000,
        outcome,
        certainty: i === 40 ? 'backfilled' : 'seen',
        queue: 'emergency',
        agent: '',
        seat: '',
        waitMs: i === 40 ? 9_000 : 24_000,
        talkMs: 0,
      },
    };
  };
  return [
    row(40, 'emergency-not-answered', 'abandoned'),
    row(20, 'emergency-not-answered', 'unanswered'),
    row(20, 'unanswered', 'unanswered'),
  ].filter(({ call }) => call.reachedAtMs >= fromMs && call.reachedAtMs < untilMs);
};

/** Li Na leaves at 13:50, Sun Li comes at 14:05. */
const seatSpans: ReportSources['seatSpans'] = async () => {
  const span = (agent: string, state: string, from: string, until: string): SeatSpan => ({
    pbx: 'north',
    seat: 'PJSIP/101',
    agent,
    state,
    reason: '',
    fromMs: shanghai('2026-10-21', from),
    atMs: shanghai('2026-10-21', until),
    queues: state === 'offline' ? [] : ['support'],
    pausedIn: [],
  });
  return [
    span('Li Na', 'idle', '06:00', '13:50'),
    span('', 'offline', '13:50', '14:05'),
    span('Sun Li', 'idle', '14:05', '22:00'),
  ];
};

const isIn = (atMs: number, fromMs: number, untilMs: number): boolean => atMs >= fromMs && atMs < untilMs;
const CHANGE = { atMs: shanghai('2026-10-12', '10:30'), hash: '0123456789ab' };
const BACKFILLED_AT_MS = BLIND.fromMs;
const BACKFILL: Backfill = {
  pbx: 'north',
  hotline: 'service',
  certainty: 'backfilled',
  calls: 3,
  scored: [{ target: 'transfer', hits: 1, misses: 2, setAside: 0 }],
};

/** The journal after that month. */
export function monthSources(changes: Partial<ReportSources> = {}): ReportSources {
  return keptSources(sumsOf(MONTH_DEFINITION, monthFacts(), SHARES), {
    blindTimes: async (fromMs, untilMs) => (BLIND.fromMs < untilMs && BLIND.untilMs > fromMs ? [BLIND] : []),
    breachedCalls,
    openCallBacks,
    seatSpans,
    backfills: async (fromMs, untilMs) => (isIn(BACKFILLED_AT_MS, fromMs, untilMs) ? [BACKFILL] : []),
    lostCallers: async (fromMs, untilMs) =>
      untilMs - fromMs < 28 * 86_400_000
        ? []
        : [
            {
              pbx: 'north',
              hotline: 'service',
              failedCalls: 51,
              failedCallers: 26,
              notReachedCallers: 8,
              withoutNumber: 1,
              openCallers: 0,
            },
          ],
    definitionChanges: async (fromMs, untilMs) => (isIn(CHANGE.atMs, fromMs, untilMs) ? [CHANGE] : []),
    ...changes,
  });
}
