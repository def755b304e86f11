import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodOf } from '../../src/hotlines/hours.ts';
import { PeriodSums } from '../../src/rates/period.ts';
import { someHours } from '../support/definitions.ts';

const HOUR_MS = 3_600_000;
/** Periods of a hundred, so that boundaries can be seen at a glance. */
const hundreds = (atMs: number) => {
  const fromMs = Math.floor(atMs / 100) * 100;
  return { key: String(fromMs), fromMs, untilMs: fromMs + 100 };
};

describe('sums by period', () => {
  it('report the current one only, from its first instant on', () => {
    const sums = new PeriodSums(1, hundreds);
    sums.add(199, [1], undefined);
    sums.add(200, [1], undefined);
    const seen = [199, 200].map((nowMs) => (sums.moveTo(nowMs), [sums.sum(0), sums.period?.key]));
    expect(seen).toEqual([
      [1, '100'],
      [1, '200'],
    ]);
  });

  it('put a fact that comes after the boundary into the period it is about', () => {
    const sums = new PeriodSums(1, hundreds);
    sums.moveTo(150);
    sums.add(150, [1], 7);
    sums.moveTo(205);
    sums.add(198, [1], 9);
    sums.add(201, [1], 3);
    expect([sums.sum(0), sums.longest()]).toEqual([1, 3]);
    // A step back of the clock shows that it is there.
    sums.moveTo(199);
    expect([sums.sum(0), sums.longest()]).toEqual([2, 9]);
  });

  it('keep a fact about a period that has not begun until it has', () => {
    const sums = new PeriodSums(1, hundreds);
    sums.moveTo(199);
    sums.add(201, [1], undefined);
    expect(sums.sum(0)).toBe(0);
    expect(sums.moveTo(201)).toBe(true);
    expect(sums.sum(0)).toBe(1);
  });

  it('agree with counting anew, whatever is late', () => {
    const late = fc.record({ passesMs: fc.nat({ max: 60 }), lateMs: fc.nat({ max: 150 }) });
    fc.assert(
      fc.property(fc.array(late, { maxLength: 80 }), (moves) => {
        const sums = new PeriodSums(1, hundreds);
        const added: number[] = [];
        let nowMs = 1000;
        for (const { passesMs, lateMs } of moves) {
          nowMs += passesMs;
          sums.add(nowMs - lateMs, [1], undefined);
          added.push(nowMs - lateMs);
          sums.moveTo(nowMs);
          const { fromMs, untilMs } = hundreds(nowMs);
          expect(sums.sum(0)).toBe(added.filter((atMs) => atMs >= fromMs && atMs < untilMs).length);
          expect(sums.nextDueMs()).toBe(untilMs);
        }
      }),
    );
  });

  it.each([
    ['23 hours', '2026-03-28T23:00:00Z', 23],
    ['25 hours', '2026-10-24T22:00:00Z', 25],
  ])('a day of %s where the clock changes is one day', (_, midnight, hours) => {
    const fromMs = Date.parse(midnight);
    const sums = new PeriodSums(1, (atMs) => periodOf(someHours({ zone: 'Europe/Berlin' }), 'day', atMs));
    for (let hour = -1; hour <= hours; hour++) sums.add(fromMs + hour * HOUR_MS, [1], undefined);
    sums.moveTo(fromMs + HOUR_MS);
    expect(sums.sum(0)).toBe(hours);
    expect(sums.nextDueMs()).toBe(fromMs + hours * HOUR_MS);
  });
});
