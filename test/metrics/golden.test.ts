import { expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { noPushFigures } from '../../src/push/push-figures.ts';
import { someHotline, someHours, someWatch } from '../support/definitions.ts';
import { ended, scored } from '../support/facts.ts';
import { someCalls, someSeat } from '../support/picture.ts';
import { A_MORNING, JOURNAL, NOON_MS, scene } from './scene.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The late shift begins ten minutes before noon. */
const hours = someHours({
  shifts: [
    { name: 'early', fromMin: 360 },
    { name: 'late', fromMin: 710 },
  ],
});

const each = (count: number, fact: (index: number) => Fact): readonly Fact[] =>
  Array.from({ length: count }, (_, index) => fact(index));

/** Yesterday all went well; of sixty callers who gave up half did within a minute. */
const YESTERDAY = [
  ...each(30, (index) => scored({ atMs: NOON_MS - 20 * HOUR_MS + index, waitMs: 9_000 })),
  ...each(60, (index) =>
    ended({ atMs: NOON_MS - 20 * HOUR_MS + index, end: 'hang-up', waitMs: (index + 1) * 2_000 }),
  ),
];
/** Before the late shift and in it nearly every other caller was lost. */
const A_BAD_HALF_HOUR = each(14, (index) =>
  scored({ atMs: NOON_MS - (28 - index * 1.5) * MINUTE_MS, result: index % 5 < 2 ? 'hit' : 'miss' }),
);

it('the page for Prometheus is the golden one: a change of names, help or series is a reviewed difference', async () => {
  const gas = { calls: 1, waiting: 1, longestSinceMs: NOON_MS - 21_000 };
  const callers = [{ uniqueid: '1700000000.9', sinceMs: NOON_MS - 20_000 }];
  const calls = [someCalls({ hotlines: { gas }, callers: { support: callers }, linesInUse: 1 })];
  const page = await scene({
    definition: someWatch({ hotlines: [someHotline({ hours })] }),
    facts: [...YESTERDAY, ...A_BAD_HALF_HOUR, ...A_MORNING],
    picture: { calls, seats: [someSeat({ sinceMs: NOON_MS - 2_000 })] },
    perSeat: true,
    journal: JOURNAL,
    push: { ...noPushFigures(), clients: 3, serialisations: 20, coalesced: 5 },
    definedAtMs: NOON_MS - 86_400_000,
    moves: { done: 5, refused: 1, 'timed-out': 0, 'half-done': 1 },
    process: true,
  }).page();
  await expect(page).toMatchFileSnapshot('../golden/metrics.txt');
});
