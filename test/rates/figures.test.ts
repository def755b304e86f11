import { describe, expect, it } from 'vitest';
import { closed, interval, scored, talked } from '../support/facts.ts';
import { someSeat } from '../support/picture.ts';
import { REPORT_AT_MS, someReport } from '../support/report.ts';

const atMs = REPORT_AT_MS;

describe("the field's figures", () => {
  it('are the worked example: ten asked, two of them set aside, one answer with no known wait', () => {
    const seats = [someSeat({ sinceMs: atMs - 30_000 })];
    const asked = { askedAtMs: atMs - 31_000, closedAtMs: atMs } as const;
    const facts = [
      ...[4_000, 8_000, 20_000, 40_000].map((waitMs) => scored({ atMs, waitMs })),
      scored({ atMs, waitMs: undefined }),
      ...Array.from({ length: 3 }, () => scored({ atMs, result: 'miss' })),
      ...Array.from({ length: 2 }, () => scored({ atMs, result: 'set_aside' })),
      scored({ atMs, result: 'unknown' }),
      closed({ ...asked, outcome: 'abandoned' }),
      closed({ ...asked, outcome: 'abandoned' }),
      closed({ ...asked, outcome: 'abandoned', short: true }),
      talked({ atMs, talkMs: 60_000 }),
      talked({ atMs, talkMs: 90_000 }),
      interval({
        state: 'dialling',
        atMs: atMs - 30_000,
        fromMs: atMs - 40_000,
        queues: ['other', 'support'],
      }),
    ];
    const [window] = someReport(facts, { seats }).hotlines[0]?.figures ?? [];
    expect(window).toEqual({
      window: '5m',
      asked: 10,
      answered: 5,
      abandoned: 2,
      short: 1,
      // 3 in time of 4 timed answers and 3 misses.
      serviceLevel: 3 / 7,
      speedOfAnswerMs: 18_000,
      handleTimeMs: 75_000,
      abandonRate: 2 / 8,
      longestWaitMs: 40_000,
      // Its one seat, dialling for 10 s, then idle for 30 s.
      occupancy: 10 / 40,
    });
  });

  it('have no service level where everyone who asked was set aside', () => {
    const [window] = someReport([scored({ atMs, result: 'set_aside' })]).hotlines[0]?.figures ?? [];
    expect(window).toMatchObject({ asked: 1, serviceLevel: null, abandonRate: null });
  });
});
