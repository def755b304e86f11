import { expect, it } from 'vitest';
import { trendData } from '../../src/board/trend-data.ts';

const NOON_MS = Date.parse('2026-03-03T12:00:00Z');
const quarter = (at: number, hits: number, misses: number) => ({
  fromMs: NOON_MS + at * 900_000,
  hits,
  misses,
});

it('leaves a hole where a quarter had no calls: neither 0 % nor 100 %', () => {
  const data = trendData([quarter(0, 3, 1), quarter(2, 0, 2)]);
  expect(data.fromS).toEqual([0, 1, 2].map((at) => NOON_MS / 1000 + at * 900));
  expect(data.ratios).toEqual([0.75, null, 0]);
  expect(data.calls).toEqual([4, 0, 2]);
});

it('finds the last and the lowest', () => {
  const data = trendData([quarter(0, 3, 1), quarter(1, 1, 3), quarter(2, 9, 1)]);
  expect(data.last).toEqual(quarter(2, 9, 1));
  expect(data.lowest).toEqual(quarter(1, 1, 3));
});

it('loses no quarter that lies off the grid of the first', () => {
  const odd = { fromMs: NOON_MS + 1_000_000, hits: 1, misses: 0 };
  const data = trendData([quarter(0, 1, 0), odd, quarter(2, 1, 0)]);
  expect(data.calls.reduce((sum, calls) => sum + calls, 0)).toBe(3);
});

it('is empty without calls', () => {
  expect(trendData([])).toMatchObject({ fromS: [], last: undefined });
  expect(trendData([quarter(0, 0, 0)])).toMatchObject({ fromS: [], last: undefined });
});
