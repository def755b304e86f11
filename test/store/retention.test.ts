import { describe, expect, it } from 'vitest';
import { cutsOf } from '../../src/store/retention.ts';

const at = (text: string): number => Date.parse(`${text}T06:30:00Z`);
const DAY_MS = 86_400_000;

describe('what is past its retention', () => {
  it('is numbers of 90 days and calls of 25 months ago', () => {
    const cuts = cutsOf({ numbersDays: 90, callsMonths: 25 }, at('2026-11-21'));
    expect(cuts).toEqual({
      numbersBeforeMs: at('2026-11-21') - 90 * DAY_MS,
      callsBeforeMs: at('2024-10-21'),
    });
  });

  it.each([
    ['2026-03-31', 1, '2026-02-28'],
    ['2028-03-30', 1, '2028-02-29'],
    ['2028-02-29', 12, '2027-02-28'],
    ['2026-12-31', 6, '2026-06-30'],
    ['2026-01-15', 25, '2023-12-15'],
  ])('in months of the calendar: before %s, %d months back, it is %s', (now, callsMonths, then) => {
    expect(cutsOf({ numbersDays: 3660, callsMonths }, at(now)).callsBeforeMs).toBe(at(then));
  });

  it('is no number longer than its call', () => {
    const cuts = cutsOf({ numbersDays: 3660, callsMonths: 2 }, at('2026-11-21'));
    expect(cuts.numbersBeforeMs).toBe(cuts.callsBeforeMs);
  });
});
