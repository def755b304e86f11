import type { BlindTime, CallRecord, Fact } from '../../src/calls/facts.ts';
import type { RosterDefinition, WatchDefinition } from '../../src/hotlines/definition.ts';
import { someHotline, someHours, somePbx, someWatch } from '../support/definitions.ts';
import { closed, interval, opened, scored, talked } from '../support/facts.ts';

export const ZONE = 'Asia/Shanghai';
const SHIFTS = [
  { name: 'early', fromMin: 360 },
  { name: 'late', fromMin: 840 },
  { name: 'night', fromMin: 1320 },
];
const DAY = [{ fromMin: 480, untilMin: 1200 }];
const WEEK = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: DAY, sun: DAY };
const hours = someHours({ zone: ZONE, shifts: SHIFTS, week: WEEK });

/** A company of three hotlines: an attendant's, an emergency one answered by people, and one that nobody calls. */
export const MONTH_DEFINITION: WatchDefinition = someWatch({
  pbxs: [
    somePbx({ queues: ['support', 'emergency'].map((name) => ({ name, wrapupS: 15, emergency: false })) }),
  ],
  hotlines: [
    someHotline({ name: 'service', title: 'Customer service', hours }),
    someHotline({
      name: 'emergency',
      title: 'Gas emergency',
      kind: 'people',
      emergency: true,
      queues: ['emergency'],
      serviceLevelS: 10,
      hours: someHours({ zone: ZONE, shifts: SHIFTS }),
    }),
    someHotline({ name: 'west', title: 'West branch', kind: 'people', queues: [], hours }),
  ],
});

export const MONTH_ROSTER: RosterDefinition = {
  hash: 'abcdef012345',
  zone: ZONE,
  shifts: SHIFTS,
  duties: [
    { day: '2026-10-21', shift: 'early', role: 'leader', pbx: '', seat: '', agent: 'Wang Fang' },
    { day: '2026-10-21', shift: 'late', role: 'leader', pbx: '', seat: '', agent: 'Liu Yang' },
    { day: '2026-10-21', shift: 'early', role: 'seat', pbx: 'north', seat: 'PJSIP/101', agent: 'Li Na' },
    { day: '2026-10-21', shift: 'late', role: 'seat', pbx: 'north', seat: 'PJSIP/101', agent: 'Sun Li' },
  ],
};

/** A wall clock in Shanghai. */
export const shanghai = (date: string, time: string): number => Date.parse(`${date}T${time}+08:00`);
/** Ten days after the month. */
export const MADE_AT_MS = shanghai('2026-11-10', '09:00');

const AGENTS = ['Li Na', 'Chen Jie', 'Sun Li'] as const;
/** Calls of an hour from 08:00 on, of 100. */
const HOURS_WEIGHT = [6, 11, 13, 12, 7, 6, 9, 11, 10, 8, 5, 2];

type Story = 'answered' | 'self-served' | 'abandoned' | 'short' | 'voicemail' | 'never-up' | 'unknown';
/** Hand-made: 400 calls of open hours. Asked 336: 289 answered, 33 missed, 14 short. */
const STORIES: readonly (readonly [Story, number])[] = [
  ['answered', 289],
  ['self-served', 59],
  ['abandoned', 21],
  ['short', 14],
  ['voicemail', 12],
  ['never-up', 4],
  ['unknown', 1],
];

/** Every call's facts, in order; what each story is scored as is the table of norm.md section 2. */
export function monthFacts(): readonly Fact[] {
  const stories = STORIES.flatMap(([story, count]) => Array.from({ length: count }, () => story));
  return [
    // 7 and 400 have no divisor in common: the stories are spread over days and hours.
    ...stories.flatMap((_story, i) => serviceCall(stories[(i * 7) % stories.length] ?? 'answered', i)),
    ...Array.from({ length: 40 }, (_none, i) => afterHoursCall(i)).flat(),
    ...Array.from({ length: 60 }, (_none, i) => emergencyCall(i)).flat(),
    ...seatTime(),
    BLIND,
  ];
}

function startOf(i: number): number {
  const day = String(1 + (i % 28)).padStart(2, '0');
  let left = (i * 37) % 100;
  const hour = HOURS_WEIGHT.findIndex((weight) => (left -= weight) < 0);
  return shanghai(`2026-10-${day}`, `${String(8 + hour).padStart(2, '0')}:00`) + ((i * 61) % 3_500) * 1000;
}

function serviceCall(story: Story, i: number): readonly Fact[] {
  const reachedAtMs = startOf(i);
  const uniqueid = `${reachedAtMs / 1000}.${i}`;
  const call = { uniqueid, hotline: 'service', atMs: reachedAtMs + 1_000 };
  const waitMs = (4 + (i % 30)) * 1000;
  const record: Partial<CallRecord> = {
    uniqueid,
    hotline: 'service',
    reachedAtMs,
    closedAtMs: reachedAtMs + 60_000,
  };
  const asked = { askedAtMs: reachedAtMs + 10_000 };
  const person = (result: 'hit' | 'miss' | 'set_aside' | 'unknown'): Fact =>
    scored({
      ...call,
      target: 'transfer',
      result,
      reachedAtMs,
      waitMs: result === 'hit' ? waitMs : undefined,
    });
  const up = scored({ ...call, target: 'auto', result: story === 'never-up' ? 'miss' : 'hit', reachedAtMs });
  const begun = [opened({ ...call, atMs: reachedAtMs, reachedAtMs }), up];
  switch (story) {
    case 'answered': {
      const agent = AGENTS[i % 3] ?? AGENTS[0];
      const talkMs = 90_000 + (i % 60) * 1000;
      const endedBy = i % 20 === 0 ? 'seat' : 'caller';
      const talk = { hotline: 'service', agent, seat: `PJSIP/10${1 + (i % 3)}`, talkMs, endedBy } as const;
      return [
        ...begun,
        person('hit'),
        talked({ ...talk, uniqueid, atMs: reachedAtMs + 10_000 + waitMs + talkMs }),
        closed({ ...record, ...asked, outcome: 'answered' }),
      ];
    }
    case 'self-served':
      return [...begun, closed({ ...record, outcome: 'self-served' })];
    case 'abandoned':
      return [...begun, person('miss'), closed({ ...record, ...asked, outcome: 'abandoned' })];
    case 'short':
      return [
        ...begun,
        person('set_aside'),
        closed({ ...record, ...asked, outcome: 'abandoned', short: true }),
      ];
    case 'voicemail':
      return [
        ...begun,
        person('miss'),
        closed({ ...record, ...asked, outcome: 'voicemail', message: 'left' }),
      ];
    case 'never-up':
      return [...begun, closed({ ...record, outcome: 'abandoned' })];
    case 'unknown':
      return [...begun, person('unknown'), closed({ ...record, ...asked, outcome: 'unknown' })];
  }
}

/** 38 taken by the voicemail, 2 gave up at once. */
function afterHoursCall(i: number): readonly Fact[] {
  const day = String(1 + (i % 30)).padStart(2, '0');
  const reachedAtMs = shanghai(`2026-10-${day}`, '21:15') + i * 1000;
  const call = {
    uniqueid: `${reachedAtMs / 1000}.9${i}`,
    hotline: 'service',
    atMs: reachedAtMs,
    reachedAtMs,
  };
  const gaveUp = i >= 38;
  return [
    opened({ ...call, hours: 'closed' }),
    scored({ ...call, target: 'after-hours', result: gaveUp ? 'set_aside' : 'hit' }),
    closed({
      uniqueid: call.uniqueid,
      hotline: 'service',
      hours: 'closed',
      reachedAtMs,
      closedAtMs: reachedAtMs + 20_000,
      outcome: gaveUp ? 'abandoned' : 'voicemail',
    }),
  ];
}

/** 58 answered; one rang out unanswered, one gave up after 9 s. */
export function emergencyCall(i: number): readonly Fact[] {
  const day = String(1 + (i % 31)).padStart(2, '0');
  const reachedAtMs = shanghai(`2026-10-${day}`, `${String((i * 5) % 24).padStart(2, '0')}:10`);
  const uniqueid = `${reachedAtMs / 1000}.7${i}`;
  const call = { uniqueid, hotline: 'emergency', atMs: reachedAtMs + 9_000 };
  const kind = { kind: 'people', emergency: true } as const;
  const outcome = i === 20 ? 'unanswered' : i === 40 ? 'abandoned' : 'answered';
  const waitMs = outcome === 'answered' ? (2 + (i % 10)) * 1000 : undefined;
  const breach = { ...call, reachedAtMs, id: `breach-${i}`, pbx: 'north', type: 'breach' } as const;
  return [
    opened({ ...call, ...kind, atMs: reachedAtMs, reachedAtMs }),
    scored({
      ...call,
      target: 'direct',
      result: outcome === 'answered' ? 'hit' : 'miss',
      reachedAtMs,
      waitMs,
    }),
    ...(outcome === 'answered' ? [] : [{ ...breach, breach: 'emergency-not-answered' } as const]),
    ...(outcome === 'unanswered' ? [{ ...breach, id: 'breach-20b', breach: 'unanswered' } as const] : []),
    closed({
      ...kind,
      uniqueid,
      hotline: 'emergency',
      reachedAtMs,
      closedAtMs: reachedAtMs + 9_000,
      outcome,
    }),
  ];
}

/** Two hours of each agent on the 5th: one talking, half an hour idle, a quarter paused, a quarter away. */
function seatTime(): readonly Fact[] {
  return AGENTS.flatMap((agent, i) => {
    const fromMs = shanghai('2026-10-05', '09:00');
    const seat = { agent, seat: `PJSIP/10${i + 1}`, queues: ['support'] };
    const piece = (state: 'talking' | 'idle' | 'paused' | 'offline', from: number, until: number): Fact =>
      interval({ ...seat, state, fromMs: fromMs + from * 60_000, atMs: fromMs + until * 60_000 });
    return [
      piece('talking', 0, 60),
      piece('idle', 60, 90),
      piece('paused', 90, 105),
      piece('offline', 105, 120),
    ];
  });
}

export const BLIND: BlindTime = {
  id: 'north/blind/1',
  pbx: 'north',
  type: 'blind',
  atMs: shanghai('2026-10-14', '03:12'),
  fromMs: shanghai('2026-10-14', '03:00'),
  untilMs: shanghai('2026-10-14', '03:12'),
  openCalls: 1,
  endedUnknown: 1,
  takenUp: 0,
  rebooted: true,
  missedCalls: 2,
};
