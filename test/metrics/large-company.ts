import type { Fact } from '../../src/calls/facts.ts';
import type { LiveSeat } from '../../src/seats/live.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';
import { closed, ended, entered, interval, opened, scored, talked } from '../support/facts.ts';
import { someCalls, someLink, someSeat } from '../support/picture.ts';
import { JOURNAL, NOON_MS, type Scene } from './scene.ts';

const PBXS = ['north', 'south'];
const numbered = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`);
/** On each of two exchanges. */
const HOTLINES = numbered('hotline', 10);
const QUEUES = numbered('queue', 25);
const SEATS = numbered('PJSIP/seat', 250);

const definition = someWatch({
  pbxs: PBXS.map((name) =>
    somePbx({ name, queues: QUEUES.map((queue) => ({ name: queue, wrapupS: undefined, emergency: false })) }),
  ),
  hotlines: PBXS.flatMap((pbx) =>
    HOTLINES.map((name, index) =>
      someHotline({ pbx, name, queues: QUEUES.filter((_, queue) => queue % HOTLINES.length === index) }),
    ),
  ),
});

/** Callers of every kind, so that no figure of a hotline is without its data. */
function factsOfHotline(pbx: string, hotline: string): readonly Fact[] {
  const of = { pbx, hotline };
  return [
    opened({ ...of, atMs: NOON_MS - 60_000 }),
    ...Array.from({ length: 8 }, () => [
      scored({ ...of, atMs: NOON_MS - 60_000, target: 'auto' }),
      scored({ ...of, atMs: NOON_MS - 50_000, waitMs: 8_000 }),
      scored({ ...of, atMs: NOON_MS - 50_000, target: 'after-hours' }),
    ]).flat(),
    talked({ ...of, atMs: NOON_MS - 20_000, talkMs: 30_000 }),
    closed({ ...of, closedAtMs: NOON_MS - 20_000, askedAtMs: NOON_MS - 58_000 }),
  ];
}

/** Sixty callers who gave up make its patience known. */
function factsOfQueue(pbx: string, queue: string): readonly Fact[] {
  const of = { pbx, queue };
  return [
    ...Array.from({ length: 60 }, (_, index) =>
      ended({ ...of, atMs: NOON_MS - 60_000, end: 'hang-up', waitMs: 1000 * (index + 1) }),
    ),
    entered({ ...of, atMs: NOON_MS - 60_000 }),
    ended({ ...of, atMs: NOON_MS - 50_000, waitMs: 9_000, seat: 'PJSIP/seat1', agent: 'Ann' }),
    talked({ ...of, atMs: NOON_MS - 20_000, talkMs: 30_000 }),
    interval({ pbx, queues: [queue], state: 'talking', fromMs: NOON_MS - 50_000, atMs: NOON_MS - 20_000 }),
  ];
}

const seats: readonly LiveSeat[] = PBXS.flatMap((pbx) =>
  SEATS.map((seat, index) =>
    someSeat({
      pbx,
      interface: seat,
      memberships: new Map([[QUEUES[index % QUEUES.length] ?? '', { status: 1, paused: false }]]),
    }),
  ),
);

const callers = Object.fromEntries(QUEUES.map((queue) => [queue, [{ uniqueid: '1.1', sinceMs: NOON_MS }]]));
const waiting = Object.fromEntries(
  HOTLINES.map((name) => [name, { calls: 2, waiting: 1, talking: 1, longestSinceMs: NOON_MS - 9_000 }]),
);
const [attempts] = JOURNAL.attempts();
const everyHotline = definition.hotlines.map(({ pbx, name }) => ({ pbx, hotline: name }));

/** Twenty hotlines, fifty queues and five hundred seats, no figure of which is without its data. */
export const LARGE_COMPANY: Scene = {
  definition,
  facts: PBXS.flatMap((pbx) => [
    ...HOTLINES.flatMap((hotline) => factsOfHotline(pbx, hotline)),
    ...QUEUES.flatMap((queue) => factsOfQueue(pbx, queue)),
  ]),
  picture: {
    calls: PBXS.map((pbx) => someCalls({ pbx, hotlines: waiting, callers, linesInUse: 3 })),
    seats,
    links: PBXS.map((pbx) => someLink({ pbx, sinceMs: NOON_MS - 40 * 86_400_000 })),
  },
  journal: {
    ...JOURNAL,
    callBacks: () => everyHotline.map((of) => ({ ...of, open: 2, overdue: 1 })),
    attempts: () => (attempts === undefined ? [] : everyHotline.map((of) => ({ ...attempts, ...of }))),
    usualDays: () =>
      everyHotline.flatMap((of) =>
        (['auto', 'transfer'] as const).map((target) => ({ ...of, target, calls: 100 })),
      ),
  },
  process: true,
};

/** One more call of each hotline was answered. */
export const MORE_CALLS: readonly Fact[] = everyHotline.flatMap((of) => [
  scored({ ...of, atMs: NOON_MS, target: 'auto' }),
  scored({ ...of, atMs: NOON_MS, waitMs: 8_000 }),
]);
