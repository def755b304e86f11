import { describe, expect, it } from 'vitest';
import { periodOf } from '../../src/hotlines/hours.ts';
import { Series } from '../../src/rates/series.ts';
import { someHours } from '../support/definitions.ts';

const NOON_MS = Date.parse('2026-03-03T12:00:00Z');
const HOUR_MS = 3_600_000;
const hours = someHours();
const aSeries = () => new Series(['hit', 'miss'], (unit, atMs) => periodOf(hours, unit, atMs));

describe('a series', () => {
  it('sums by name over every window, and keeps the longest', () => {
    const series = aSeries();
    const share = (atMs: number, lengthMs: number) =>
      series.add({ scoredAtMs: atMs, reachedAtMs: atMs, values: [1, 0], lengthMs });
    share(NOON_MS - 25 * HOUR_MS, 99);
    share(NOON_MS - HOUR_MS, 50);
    share(NOON_MS, 20);
    series.moveTo(NOON_MS);
    const seen = (['5m', '1h', '2h', 'day', 'month'] as const).map((window) => [
      series.sum(window, 'hit'),
      series.longestMs(window),
    ]);
    expect(seen).toEqual([
      [1, 20],
      [1, 20],
      [2, 50],
      [2, 50],
      [3, 99],
    ]);
    expect(series.sum('month', 'miss')).toBe(0);
  });

  it('forgets what has left its windows though nobody looks', () => {
    const series = aSeries();
    for (let minute = 0; minute < 10_000; minute++) {
      const atMs = NOON_MS + minute * 60_000;
      series.add({ scoredAtMs: atMs, reachedAtMs: atMs, values: [1, 0], lengthMs: undefined });
    }
    expect(series.size).toBeLessThanOrEqual(4 * 120);
    series.moveTo(NOON_MS + 9_999 * 60_000);
    expect(series.sum('2h', 'hit')).toBe(120);
  });

  it('is right again when now is before what it was moved to unasked', () => {
    const series = aSeries();
    const midnightMs = NOON_MS + 12 * HOUR_MS;
    const aHit = { values: [1, 0], lengthMs: undefined };
    series.add({ scoredAtMs: midnightMs + 1, reachedAtMs: midnightMs - 1, ...aHit });
    series.moveTo(midnightMs - 1);
    expect([series.sum('5m', 'hit'), series.sum('day', 'hit')]).toEqual([0, 1]);
    series.moveTo(midnightMs + 1);
    expect([series.sum('5m', 'hit'), series.sum('day', 'hit')]).toEqual([1, 0]);
  });
});
