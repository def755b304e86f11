import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueueEnded, StageEnd } from '../../src/calls/facts.ts';
import { Patience, patienceColumnOf } from '../../src/rates/patience.ts';
import { ended } from '../support/facts.ts';

const wait = (waitS: number, end: StageEnd, more: Partial<QueueEnded> = {}): QueueEnded =>
  ended({ end, waitMs: waitS * 1000, ...more });
const patienceOf = (facts: readonly QueueEnded[]): Patience => {
  const patience = new Patience();
  for (const fact of facts) patience.enter(fact, 1);
  return patience;
};
const times = (count: number, waitS: number, end: StageEnd): QueueEnded[] =>
  Array.from({ length: count }, () => wait(waitS, end));

/** The remission times of Gehan (Biometrika 52, 1965), ten of each, the textbook case of the estimate; weeks for seconds. */
const GEHAN_GONE: readonly (readonly [number, number])[] = [
  [6, 3],
  [7, 1],
  [10, 1],
  [13, 1],
  [16, 1],
  [22, 1],
  [23, 1],
];
const GEHAN_STAYED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
const gehan = (): QueueEnded[] => [
  ...GEHAN_GONE.flatMap(([waitS, count]) => times(count * 10, waitS, 'hang-up')),
  ...GEHAN_STAYED.flatMap((waitS) => times(10, waitS, 'answered')),
];

describe('how long callers have been willing to wait', () => {
  it('is the product-limit estimate: the textbook case', () => {
    const { waits, abandons, curve, medianMs, quarterMs } = patienceOf(gehan()).build();
    expect({ waits, abandons }).toEqual({ waits: 210, abandons: 90 });
    expect(curve.map(({ waitMs, willing }) => [waitMs / 1000, Math.round(willing * 1000)])).toEqual([
      [6, 857],
      [7, 807],
      [10, 753],
      [13, 690],
      [16, 627],
      [22, 538],
      [23, 448],
    ]);
    expect(medianMs).toBe(23_000);
    expect(quarterMs).toBe(13_000);
  });

  it('says nothing under fifty who gave up, and says how many there were', () => {
    const facts = times(49, 10, 'hang-up');
    expect(patienceOf(facts).build()).toEqual({
      waits: 49,
      abandons: 49,
      tooFew: true,
      medianMs: null,
      quarterMs: null,
      curve: [],
    });
    expect(patienceOf([...facts, wait(10, 'hang-up')]).build()).toMatchObject({
      tooFew: false,
      medianMs: 10_000,
    });
  });

  it('leaves the half open where it was not reached', () => {
    const { medianMs, quarterMs } = patienceOf([
      ...times(50, 30, 'hang-up'),
      ...times(100, 60, 'timeout'),
    ]).build();
    expect({ medianMs, quarterMs }).toEqual({ medianMs: null, quarterMs: 30_000 });
  });

  it('counts nobody whose wait says nothing of patience', () => {
    const silent = [
      wait(5, 'hang-up', { test: true }),
      wait(0, 'full', { refused: true }),
      wait(5, 'hang-up', { takenUp: true }),
      wait(5, 'hang-up', { blind: true }),
      wait(5, 'unknown'),
    ];
    expect(silent.map(patienceColumnOf)).toEqual(silent.map(() => undefined));
    expect(patienceOf(silent).build().waits).toBe(0);
  });

  it('goes on from kept sums, and takes back what was amended', () => {
    const facts = [...gehan(), wait(4000, 'hang-up'), wait(5000, 'timeout')];
    const sums: Record<string, number> = {};
    for (const fact of facts) {
      const column = patienceColumnOf(fact);
      if (column !== undefined) sums[column] = (sums[column] ?? 0) + 1;
    }
    const kept = new Patience();
    kept.seed(sums);
    expect(kept.build()).toEqual(patienceOf(facts).build());
    const wrong = wait(8, 'hang-up');
    kept.enter(wrong, 1);
    expect(kept.build()).not.toEqual(patienceOf(facts).build());
    kept.enter(wrong, -1);
    expect(kept.build()).toEqual(patienceOf(facts).build());
  });

  it('never rises, and stays between nobody and all', () => {
    const end = fc.constantFrom<StageEnd>('hang-up', 'answered', 'timeout', 'key');
    const facts = fc.array(fc.tuple(fc.integer({ min: 0, max: 5000 }), end), {
      minLength: 60,
      maxLength: 300,
    });
    fc.assert(
      fc.property(facts, (waits) => {
        const { curve } = patienceOf(waits.map(([waitS, how]) => wait(waitS, how))).build();
        const willing = curve.map((point) => point.willing);
        expect(willing).toEqual(willing.toSorted((a, b) => b - a));
        for (const share of willing) expect(share >= 0 && share < 1).toBe(true);
        expect(curve.length).toBeLessThanOrEqual(24);
      }),
    );
  });
});
