import { describe, expect, it } from 'vitest';
import { shareOfQueueEnded } from '../../src/rates/figure-shares.ts';
import { ended } from '../support/facts.ts';

const BOUND_S = 20;

describe('what a stay in a queue adds to its figures', () => {
  it('an answer counts with its wait', () => {
    expect(shareOfQueueEnded(ended({ waitMs: 8000 }), BOUND_S)?.add).toEqual({
      asked: 1,
      answered: 1,
      timed: 1,
      within: 1,
      waitMs: 8000,
    });
  });

  it('an answer inside a gap counts, its wait does not: it is an upper bound only', () => {
    const share = shareOfQueueEnded(ended({ waitMs: 8000, blind: true }), BOUND_S);
    expect(share?.add).toEqual({ asked: 1, answered: 1 });
    expect(share?.lengthMs).toBeUndefined();
  });

  it('a test caller and an unknown end add nothing', () => {
    expect(shareOfQueueEnded(ended({ test: true }), BOUND_S)).toBeUndefined();
    expect(shareOfQueueEnded(ended({ end: 'unknown' }), BOUND_S)).toBeUndefined();
  });
});
