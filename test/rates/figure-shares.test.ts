import { describe, expect, it } from 'vitest';
import type { QueueEnded } from '../../src/calls/facts.ts';
import { FIGURE_COLUMNS, shareOfQueueEnded } from '../../src/rates/figure-shares.ts';
import { ended } from '../support/facts.ts';

const BOUND_S = 20;
/** What is added, by the names of the columns; what is 0 is left out. */
const addedBy = (fact: QueueEnded) => {
  const share = shareOfQueueEnded(fact, BOUND_S);
  const named = share?.values.map((value, index) => [FIGURE_COLUMNS[index], value] as const);
  return { ...share, add: Object.fromEntries(named?.filter(([, value]) => value !== 0) ?? []) };
};

describe('what a stay in a queue adds to its figures', () => {
  it('an answer counts with its wait', () => {
    expect(addedBy(ended({ waitMs: 8000 })).add).toEqual({
      asked: 1,
      answered: 1,
      timed: 1,
      within: 1,
      waitMs: 8000,
    });
  });

  it('an answer inside a gap counts, its wait does not: it is an upper bound only', () => {
    const { add, lengthMs } = addedBy(ended({ waitMs: 8000, blind: true }));
    expect(add).toEqual({ asked: 1, answered: 1 });
    expect(lengthMs).toBeUndefined();
  });

  it('a test caller and an unknown end add nothing', () => {
    expect(shareOfQueueEnded(ended({ test: true }), BOUND_S)).toBeUndefined();
    expect(shareOfQueueEnded(ended({ end: 'unknown' }), BOUND_S)).toBeUndefined();
  });
});
