import type { Board, Row } from '../../src/push/protocol.ts';
import { seededRandom, type Random } from '../../src/simulator/random.ts';
import { generatedHotline } from './generated-hotline.ts';

export interface Floor {
  readonly seed: number;
  readonly nowMs: number;
  readonly seats: number;
  readonly queues: readonly string[];
  readonly hotlines: readonly string[];
}

export const SMALL_FLOOR: Floor = {
  seed: 7,
  nowMs: Date.parse('2026-03-03T06:17:42Z'),
  seats: 24,
  queues: ['emergency', 'support', 'accounts', 'metering'],
  hotlines: ['Gas emergency 96777', 'Customer service', 'Sales'],
};

const NAMES = [
  'Ana Ruiz',
  'Chen Wei',
  '王芳',
  'Marta Gil',
  'John Okafor',
  '李静',
  'Sofia Lind',
  'Tom Becker',
];
const STATES = [
  'idle',
  'talking',
  'talking',
  'talking',
  'ringing',
  'paused',
  'wrap-up',
  'idle',
  'offline',
] as const;
const REASONS = ['lunch', 'training', 'paperwork', ''];

/** A floor in the middle of a working day: the same for the same seed. */
export function generatedBoard(floor: Floor): Board {
  const random = seededRandom(floor.seed);
  const seats = Array.from({ length: floor.seats }, (_, at) => generatedSeat(floor, random, at));
  return {
    pbxs: [generatedPbx('main')],
    hotlines: floor.hotlines.map((title, at) => generatedHotline(title, at, floor.nowMs, random)),
    queues: floor.queues.map((queue, at) => generatedQueue(floor, random, queue, at, seats)),
    seats,
    breaches: [
      {
        key: 'main/queue-unstaffed/metering',
        kind: 'queue-unstaffed',
        pbx: 'main',
        hotline: '',
        queue: 'metering',
        seat: '',
        agent: '',
        uniqueid: '',
        sinceMs: floor.nowMs - 95_000,
        untilMs: null,
        acknowledged: null,
      },
    ],
    moves: [],
  };
}

export const generatedPbx = (pbx: string): Row<'pbxs'> => ({
  key: pbx,
  pbx,
  link: 'ready',
  release: '20.11.1',
  blindSinceMs: null,
  blindMs: 0,
  clockOffsetMs: 12,
  unattributed: 0,
  trunks: [{ trunk: 'isdn', linesInUse: 9, lines: 30, peakLinesInUse: 21 }],
});

const pick = <Item>(random: Random, items: readonly [Item, ...Item[]] | readonly Item[]): Item => {
  const item = items[Math.floor(random.next() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

/** A seat in a state of its own; `at` names it. */
export function generatedSeat(floor: Floor, random: Random, at: number): Row<'seats'> {
  const state = pick(random, STATES);
  const queue = pick(random, floor.queues);
  const other = pick(random, floor.queues);
  const isBusy = state === 'talking' || state === 'ringing';
  const reason = state === 'paused' ? pick(random, REASONS) : '';
  const answered = Math.floor(random.next() * 40);
  return {
    key: `main/PJSIP/${200 + at}`,
    pbx: 'main',
    seat: `PJSIP/${200 + at}`,
    agent: `${pick(random, NAMES)} ${at + 1}`,
    state,
    busyWith: isBusy ? 'queue' : null,
    on: isBusy ? queue : '',
    sinceMs: floor.nowMs - Math.floor(random.next() ** 3 * 3_000_000),
    why: isBusy ? `answered a caller of queue ${queue}` : `device state says ${state}`,
    paused: state === 'paused',
    pausedReason: reason,
    queues: [...new Set([queue, other])],
    caller: isBusy ? '138****0042' : '',
    uniqueid: isBusy ? `1700000000.${at}` : '',
    direction: isBusy ? 'in' : null,
    pausedIn: state === 'paused' ? [queue] : [],
    penalties: { [queue]: 0, [other]: 1 },
    staticIn: at % 7 === 0 ? [queue] : [],
    today: {
      answered,
      ringNoAnswer: Math.floor(random.next() * 3),
      endedFirst: Math.floor(random.next() * 2),
      talks: answered,
    },
  };
}

function generatedQueue(
  floor: Floor,
  random: Random,
  queue: string,
  at: number,
  seats: readonly Row<'seats'>[],
): Row<'queues'> {
  const waiting = [7, 2, 0, 1][at % 4] ?? 0;
  const members = seats.filter(({ queues }) => queues.includes(queue));
  const inState = (state: Row<'seats'>['state']): number =>
    members.filter((seat) => seat.state === state).length;
  const waits = Array.from({ length: waiting }, () => Math.floor(random.next() * 150_000)).toSorted(
    (a, b) => b - a,
  );
  const tooFew = at === 3;
  return {
    key: `main/${queue}`,
    pbx: 'main',
    queue,
    waiting,
    callers: waits.map((waitMs, place) => ({
      uniqueid: `1700000001.${at}${place}`,
      sinceMs: floor.nowMs - waitMs,
      caller: place === 2 ? '' : `138****${1000 + place}`,
      hotline: `h${at % floor.hotlines.length}`,
    })),
    patience: tooFew
      ? { waits: 120, abandons: 31, tooFew, medianMs: null, quarterMs: null, curve: [] }
      : { waits: 1900, abandons: 240, tooFew, medianMs: 172_000, quarterMs: 64_000, curve: [] },
    connected: inState('talking'),
    joined: 300,
    refused: 2,
    takenUp: 0,
    left: { answered: 270, 'hang-up': 20 },
    members: {},
    membersPaused: inState('paused'),
    staffed: at === 3 ? 0 : members.length - inState('offline') - inState('paused'),
    seats: {
      offline: inState('offline'),
      idle: inState('idle'),
      ringing: inState('ringing'),
      dialling: 0,
      talking: inState('talking'),
      'on-hold': 0,
      'wrap-up': inState('wrap-up'),
      paused: inState('paused'),
      unknown: 0,
    },
    rates: [],
    figures: [],
  };
}
