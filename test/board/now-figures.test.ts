import { describe, expect, it } from 'vitest';
import { longestWait, waitingNow, waitLevel } from '../../src/board/now-figures.ts';
import type { Row } from '../../src/push/protocol.ts';

const PATIENCE = { waits: 900, abandons: 80, tooFew: false, medianMs: 120_000, quarterMs: 60_000, curve: [] };

const queue = (name: string, callers: readonly (readonly [hotline: string, sinceMs: number])[]) => ({
  pbx: 'main',
  queue: name,
  waiting: callers.length,
  patience: PATIENCE,
  callers: callers.map(([hotline, sinceMs], at) => ({
    uniqueid: `${name}.${at}`,
    hotline,
    sinceMs,
    caller: '',
  })),
});
const hotline = (name: string, waiting: number, longestSinceMs: number | null) => ({
  pbx: 'main',
  hotline: name,
  title: `The ${name}`,
  live: { calls: 9, waiting, longestSinceMs, talking: 1 },
});

describe('who waits now', () => {
  it('counts a caller in line once, and those who wait outside a line too', () => {
    const queues = [
      queue('support', [
        ['gas', 10],
        ['gas', 20],
      ]),
      queue('internal', [['', 30]]),
    ];
    expect(waitingNow(queues, [hotline('gas', 3, 10), hotline('sales', 0, null)])).toBe(4);
  });

  it('goes by the queues where there is no hotline to see', () => {
    expect(waitingNow([queue('support', [['gas', 10]])], [])).toBe(1);
  });

  it('is nobody on an empty floor', () => {
    expect(waitingNow([], [])).toBe(0);
    expect(longestWait([queue('support', [])], [hotline('gas', 0, null)])).toBeUndefined();
  });

  it('finds the longest wait, and tells the queue where a hotline says the same', () => {
    const queues = [queue('support', [['gas', 50]]), queue('accounts', [['gas', 20]])];
    expect(longestWait(queues, [hotline('gas', 2, 20)])).toMatchObject({ place: 'accounts', sinceMs: 20 });
    expect(longestWait(queues, [hotline('gas', 3, 5)])).toMatchObject({ place: 'The gas', sinceMs: 5 });
  });
});

describe('a wait against what callers bear', () => {
  const told = (waitMs: number, patience: Row<'queues'>['patience'] | undefined) =>
    waitLevel(waitMs, patience);

  it('goes by the quarter and the half that gave up', () => {
    expect(told(59_999, PATIENCE)).toBe('calm');
    expect(told(60_000, PATIENCE)).toBe('past-quarter');
    expect(told(120_000, PATIENCE)).toBe('past-half');
  });

  it('says nothing of too few abandons, nor of marks that were not reached', () => {
    expect(told(900_000, { ...PATIENCE, tooFew: true })).toBe('calm');
    expect(told(900_000, { ...PATIENCE, medianMs: null })).toBe('past-quarter');
    expect(told(900_000, { ...PATIENCE, medianMs: null, quarterMs: null })).toBe('calm');
    expect(told(900_000, undefined)).toBe('calm');
  });
});
