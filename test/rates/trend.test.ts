import { describe, expect, it } from 'vitest';
import type { Result, Scored } from '../../src/calls/facts.ts';
import { Trend } from '../../src/rates/trend.ts';
import { scored } from '../support/facts.ts';

const QUARTER_MS = 900_000;
const START_MS = Date.UTC(2026, 10, 21, 8);
const told = (atMs: number, result: Result): Scored => scored({ atMs, result });

const pointsOf = (trend: Trend) => trend.build().transfer;

describe('the last hours of a target', () => {
  it('are told by quarters of an hour, and only where a call was', () => {
    const trend = new Trend();
    trend.enter(told(START_MS + 1, 'hit'), 1);
    trend.enter(told(START_MS + QUARTER_MS - 1, 'miss'), 1);
    trend.enter(told(START_MS + 3 * QUARTER_MS, 'hit'), 1);
    trend.enter(told(START_MS + 3 * QUARTER_MS, 'set_aside'), 1);
    trend.enter(told(START_MS + 3 * QUARTER_MS, 'unknown'), 1);
    expect(pointsOf(trend)).toEqual([
      { fromMs: START_MS, hits: 1, misses: 1 },
      { fromMs: START_MS + 3 * QUARTER_MS, hits: 1, misses: 0 },
    ]);
  });

  it('forget what is older than eight hours, also where it is told late', () => {
    const trend = new Trend();
    for (let quarter = 0; quarter < 40; quarter++)
      trend.enter(told(START_MS + quarter * QUARTER_MS, 'hit'), 1);
    trend.enter(told(START_MS, 'miss'), 1);
    const points = pointsOf(trend);
    expect(points).toHaveLength(33);
    expect(points?.[0]?.fromMs).toBe(START_MS + 7 * QUARTER_MS);
  });

  it('take back what was amended, and a quarter without a call is gone', () => {
    const trend = new Trend();
    const fact = told(START_MS, 'hit');
    trend.enter(fact, 1);
    const before = trend.build();
    expect(trend.build()).toBe(before);
    trend.enter(fact, -1);
    expect(pointsOf(trend)).toEqual([]);
  });
});
