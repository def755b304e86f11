import { HOTLINES } from '../../src/simulator/company.ts';
import type { InboundPlan, Round, StagePlan, TalkPlan } from '../../src/simulator/plan.ts';

/** A recording of a real exchange, and the plan that should play the same story on the practice exchange. */
export interface Story {
  readonly recording: string;
  readonly plan: InboundPlan;
  /** Phones of the recording that say BUSY while they ring (device_state_busy_at=1) go through other states. */
  readonly busyAtOne?: true;
}

const AT_MS = Date.UTC(2026, 10, 23, 2, 0, 0);
const [service, emergency, branch] = HOTLINES;
const QUIET = {
  kind: 'inbound',
  atMs: AT_MS + 1000,
  trunk: 'PJSIP/carrier',
  caller: '13900001000',
  blockedCause: 0,
  ringsOutMs: 0,
  attendant: undefined,
  closedMs: 0,
  stages: [],
  talk: undefined,
  outside: undefined,
  voicemail: undefined,
  endedBy: 'caller',
} as const;
const onService: InboundPlan = {
  ...QUIET,
  number: service.number,
  hotline: service,
  attendant: { pickupMs: 10, menuMs: 1200, asksForPerson: true },
};
const onBranch: InboundPlan = { ...QUIET, number: '55500300', hotline: branch };
const onEmergency: InboundPlan = { ...QUIET, number: '55500119', hotline: emergency };

const SEAT = 'PJSIP/seat101';
const round = (end: Round['end'], ringMs: number, afterMs = 0, seats: readonly string[] = [SEAT]): Round => ({
  afterMs,
  ringMs,
  seats,
  end,
  winner: end === 'answered' ? (seats.at(-1) ?? '') : '',
});
const stage = (end: StagePlan['end'], rounds: readonly Round[], queue = 'billing'): StagePlan => {
  const last = rounds.at(-1);
  return { queue, waitMs: last ? last.afterMs + last.ringMs : 0, rounds, end };
};
const talk = (more: Partial<TalkPlan> = {}): TalkPlan => ({
  seat: SEAT,
  member: more.seat ?? SEAT,
  queue: 'billing',
  talkMs: 6000,
  holds: [],
  endedBy: 'caller',
  transfer: undefined,
  parking: undefined,
  lateComplete: false,
  ...more,
});
const mail = (messageMs: number, announcementMs = 0, leavesBefore = false) => ({
  announcementMs,
  leavesBefore,
  greetingMs: 3000,
  messageMs,
});
const transfer = {
  to: 'PJSIP/seat401',
  ringMs: 3000,
  consultMs: 6000,
  talkMs: 8000,
  endedBy: 'caller',
} as const;
const parking = { ringMs: 3000, talkMs: 7000, endedBy: 'caller' } as const;
const answered = stage('answered', [round('answered', 3000)]);
const timedOut = stage('timeout', [round('cut', 8000)]);
const blocked = (blockedCause: 17 | 34 | 42): InboundPlan => ({
  ...onBranch,
  blockedCause,
  endedBy: 'exchange',
});
const dialled = (end: StagePlan['end'], rounds: readonly Round[]): StagePlan => stage(end, rounds, '');
const DESK = ['PJSIP/seat301'];

export const STORIES: readonly Story[] = [
  { recording: 'queue-answered', plan: { ...onService, stages: [answered], talk: talk() } },
  {
    recording: 'queue-seat-ends',
    plan: { ...onService, stages: [answered], talk: talk({ endedBy: 'seat' }) },
    busyAtOne: true,
  },
  {
    recording: 'queue-held',
    plan: { ...onService, stages: [answered], talk: talk({ holds: [{ afterMs: 2000, holdMs: 2000 }] }) },
  },
  {
    recording: 'queue-abandoned',
    plan: { ...onService, stages: [stage('hang-up', [round('cut', 12_000)])] },
  },
  {
    recording: 'queue-short',
    plan: { ...onService, stages: [stage('hang-up', [round('cut', 3000)])] },
    busyAtOne: true,
  },
  {
    recording: 'queue-ring-out',
    plan: {
      ...onService,
      stages: [
        stage('answered', [
          round('no-answer', 5000),
          round('busy', 2, 6000, ['PJSIP/seat102']),
          round('answered', 2000, 6010, ['PJSIP/seat103']),
        ]),
      ],
      talk: talk({ seat: 'PJSIP/seat103', lateComplete: true }),
    },
  },
  {
    recording: 'queue-overflow',
    plan: {
      ...onService,
      stages: [timedOut, stage('answered', [round('answered', 2000, 10, ['PJSIP/seat106'])], 'repairs')],
      talk: talk({ seat: 'PJSIP/seat106', queue: 'repairs' }),
    },
  },
  {
    recording: 'queue-ring-all',
    plan: {
      ...onEmergency,
      hotline: service,
      attendant: onService.attendant,
      stages: [
        stage('answered', [round('answered', 4000, 0, ['PJSIP/seat201', 'PJSIP/seat202'])], 'emergency'),
      ],
      talk: talk({ seat: 'PJSIP/seat202', queue: 'emergency' }),
    },
    busyAtOne: true,
  },
  {
    recording: 'queue-local-n',
    plan: {
      ...onService,
      stages: [stage('answered', [round('answered', 3000, 0, ['PJSIP/seat111'])], 'key-accounts')],
      talk: talk({ seat: 'PJSIP/seat111', queue: 'key-accounts' }),
    },
  },
  {
    recording: 'queue-local-optimised',
    plan: {
      ...onService,
      stages: [stage('answered', [round('answered', 3000, 0, ['PJSIP/seat112'])], 'key-accounts')],
      talk: talk({ seat: 'PJSIP/seat112', queue: 'key-accounts', talkMs: 8000, endedBy: 'seat' }),
    },
  },
  {
    recording: 'people-queue-answered',
    plan: {
      ...onEmergency,
      stages: [stage('answered', [round('answered', 3000, 0, ['PJSIP/seat201'])], 'emergency')],
      talk: talk({ seat: 'PJSIP/seat201', queue: 'emergency' }),
    },
    busyAtOne: true,
  },
  {
    recording: 'timeout-message',
    plan: {
      ...onService,
      stages: [stage('timeout', [round('no-answer', 8000), round('cut', 6000, 9000)])],
      voicemail: mail(9000),
    },
  },
  { recording: 'timeout-greeting', plan: { ...onService, stages: [timedOut], voicemail: mail(0) } },
  {
    recording: 'timeout-announcement',
    plan: { ...onService, stages: [timedOut], voicemail: mail(0, 3000, true) },
  },
  {
    recording: 'exit-key',
    plan: { ...onService, stages: [stage('key', [round('cut', 5000)])], voicemail: mail(5000) },
  },
  {
    recording: 'join-empty',
    plan: { ...onService, stages: [stage('join-empty', [])], voicemail: mail(9000) },
  },
  { recording: 'voicemail-by-choice', plan: { ...onService, voicemail: mail(5000) } },
  { recording: 'self-served', plan: onService },
  { recording: 'menu-timeout', plan: { ...onService, endedBy: 'exchange' } },
  {
    recording: 'blind-to-seat',
    plan: { ...onService, stages: [answered], talk: talk({ transfer: { kind: 'blind', ...transfer } }) },
  },
  {
    recording: 'attended-to-seat',
    plan: { ...onService, stages: [answered], talk: talk({ transfer: { kind: 'attended', ...transfer } }) },
  },
  {
    recording: 'parked-taken',
    plan: {
      ...onService,
      stages: [answered],
      talk: talk({ parking: { ...parking, end: 'fetched', parkedMs: 8200, by: 'PJSIP/seat401' } }),
    },
  },
  {
    recording: 'parked-given-up',
    plan: {
      ...onService,
      stages: [answered],
      talk: talk({ parking: { ...parking, end: 'given-up', parkedMs: 9900, by: '' } }),
    },
  },
  {
    recording: 'parked-timed-out',
    plan: {
      ...onService,
      stages: [answered],
      talk: talk({ parking: { ...parking, end: 'timed-out', parkedMs: 12_000, by: SEAT } }),
    },
  },
  {
    recording: 'picked-up',
    plan: {
      ...onService,
      stages: [stage('answered', [{ ...round('answered', 3500), pickedUpBy: 'PJSIP/seat102' }])],
      talk: talk({ seat: 'PJSIP/seat102', member: SEAT, talkMs: 8600 }),
    },
  },
  {
    recording: 'people-picked-up',
    plan: {
      ...onBranch,
      stages: [dialled('answered', [{ ...round('answered', 3500, 0, DESK), pickedUpBy: 'PJSIP/seat401' }])],
      talk: talk({ seat: 'PJSIP/seat401', member: 'PJSIP/seat301', queue: '', talkMs: 8000 }),
    },
  },
  { recording: 'blocked-busy', plan: blocked(17) },
  { recording: 'blocked-congestion', plan: blocked(34) },
  { recording: 'blocked-refused', plan: blocked(42) },
  { recording: 'never-picked-up-long', plan: { ...onBranch, ringsOutMs: 22_000 } },
  {
    recording: 'people-answered',
    plan: {
      ...onBranch,
      stages: [dialled('answered', [round('answered', 4000, 0, DESK)])],
      talk: talk({ seat: 'PJSIP/seat301', queue: '', endedBy: 'seat' }),
    },
  },
  {
    recording: 'people-group',
    plan: {
      ...onBranch,
      stages: [dialled('answered', [round('answered', 4000, 0, ['PJSIP/seat301', 'PJSIP/seat302'])])],
      talk: talk({ seat: 'PJSIP/seat302', queue: '' }),
    },
  },
  {
    recording: 'people-hangup',
    plan: { ...onBranch, stages: [dialled('hang-up', [round('cut', 8000, 0, DESK)])] },
  },
  {
    recording: 'people-gives-up',
    plan: { ...onBranch, stages: [dialled('timeout', [round('cut', 20_000, 0, DESK)])], endedBy: 'exchange' },
  },
  {
    recording: 'people-voicemail',
    plan: {
      ...onBranch,
      stages: [dialled('timeout', [round('cut', 10_000, 0, DESK)])],
      voicemail: mail(4000),
    },
  },
  {
    recording: 'forwarded-outside',
    plan: {
      ...onBranch,
      outside: { number: '13600006101', ringMs: 4000, talkMs: 6000, answered: true, endedBy: 'caller' },
    },
  },
  {
    recording: 'closed-mobile',
    plan: {
      ...onBranch,
      outside: { number: '13600006501', ringMs: 3000, talkMs: 6000, answered: true, endedBy: 'far-end' },
    },
  },
  { recording: 'closed-voicemail', plan: { ...onBranch, voicemail: mail(4000) } },
  { recording: 'closed-announcement', plan: { ...onBranch, closedMs: 3000, endedBy: 'exchange' } },
];

export const STORY_START_MS = AT_MS;
