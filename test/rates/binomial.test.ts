import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGuard, fewestSignificantMisses, wilson95 } from '../../src/rates/binomial.ts';

/** P(at least k misses of n), in exact integers: the miss ratio is given in percent. */
function tailPercentPowers(n: number, missPercent: number, k: number): bigint {
  let tail = 0n;
  let choose = 1n;
  for (let misses = 0; misses <= n; misses++) {
    if (misses >= k) {
      tail +=
        choose * BigInt(missPercent) ** BigInt(misses) * BigInt(100 - missPercent) ** BigInt(n - misses);
    }
    choose = (choose * BigInt(n - misses)) / BigInt(misses + 1);
  }
  return tail;
}

/** The definition, word for word, in exact integers. */
function fewestByDefinition(n: number, missPercent: number, alphaPercent: number): number | null {
  const allowed = 100n ** BigInt(n - 1) * BigInt(alphaPercent);
  for (let k = 1; k <= n; k++) {
    if (tailPercentPowers(n, missPercent, k) <= allowed) return k;
  }
  return null;
}

describe("Wilson's interval", () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [9, 10, 0.5958, 0.9821],
    [45, 50, 0.7864, 0.9565],
    [98, 100, 0.93, 0.9945],
    [10, 10, 0.7225, 1],
  ])('of %i out of %i is %f to %f (Newcombe 1998)', (hits, n, low, high) => {
    const interval = wilson95(hits, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('holds the ratio, stays within 0..1 and mirrors hits and misses', () => {
    const counts = fc
      .integer({ min: 1, max: 1_000_000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(counts, ([hits, n]) => {
        const interval = wilson95(hits, n);
        const mirrored = wilson95(n - hits, n);
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.high).toBeLessThanOrEqual(1);
        expect(interval.low).toBeLessThanOrEqual(hits / n);
        expect(interval.high).toBeGreaterThanOrEqual(hits / n);
        expect(mirrored.low).toBeCloseTo(1 - interval.high, 10);
      }),
    );
  });
});

describe('the exact binomial guard', () => {
  const published: readonly (readonly [number, number, Record<number, number>])[] = [
    [15, 5, { 5: 3, 10: 4, 20: 7, 30: 9, 50: 13, 100: 22, 200: 39 }],
    [10, 5, { 5: 3, 10: 4, 20: 5, 30: 7, 50: 10, 100: 16, 200: 28 }],
    [2, 5, { 5: 2, 10: 2, 20: 3, 30: 3, 50: 4, 100: 6, 200: 8 }],
    [15, 1, { 5: 4, 10: 5, 20: 8, 30: 10, 50: 15, 100: 25, 200: 43 }],
    [10, 1, { 5: 3, 10: 5, 20: 7, 30: 8, 50: 11, 100: 19, 200: 31 }],
    [2, 1, { 5: 2, 10: 3, 20: 3, 30: 4, 50: 5, 100: 7, 200: 10 }],
  ];

  it.each(published)(
    'agrees with the table where %i of 100 may be missed, at a level of %i in 100',
    (missPercent, alphaPercent, row) => {
      const guard = createGuard(1 - missPercent / 100, alphaPercent / 100);
      for (const [n, k] of Object.entries(row)) {
        expect(fewestByDefinition(Number(n), missPercent, alphaPercent)).toBe(k);
        expect(guard(Number(n))).toBe(k);
      }
    },
  );

  it('is the definition, in exact integers, for every small count', () => {
    for (const [missPercent, alphaPercent] of published) {
      for (let n = 1; n <= 60; n++) {
        expect(fewestSignificantMisses(n, 1 - missPercent / 100, alphaPercent / 100)).toBe(
          fewestByDefinition(n, missPercent, alphaPercent),
        );
      }
    }
  });

  it('is the definition for any target and level', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 250 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (n, missPercent, alphaPercent) => {
          expect(fewestSignificantMisses(n, 1 - missPercent / 100, alphaPercent / 100)).toBe(
            fewestByDefinition(n, missPercent, alphaPercent),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('takes a probability of exactly the level for significant', () => {
    expect(fewestByDefinition(1, 5, 5)).toBe(1);
    expect(fewestSignificantMisses(1, 0.95, 0.05)).toBe(1);
  });

  it('asks for no fewer misses of more calls, and for at most one more', () => {
    for (const targetRatio of [0.85, 0.9, 0.98]) {
      let before = fewestSignificantMisses(20, targetRatio, 0.05) as number;
      for (let n = 21; n < 3000; n++) {
        const k = fewestSignificantMisses(n, targetRatio, 0.05) as number;
        expect(k - before).toBeGreaterThanOrEqual(0);
        expect(k - before).toBeLessThanOrEqual(1);
        before = k;
      }
    }
  });

  it.each([
    [0.85, 150_000],
    [0.9, 100_000],
    [0.98, 20_000],
  ])('stays stable at a million calls for %f', (targetRatio, mean) => {
    const k = fewestSignificantMisses(1_000_000, targetRatio, 0.05) as number;
    const deviation = Math.sqrt(mean * targetRatio);
    // The normal limit with its continuity correction; its skew term is (1 - 2q)(z² - 1)/6.
    const limit = mean + 1.6448536 * deviation + 0.5 + ((2 * targetRatio - 1) * (1.6448536 ** 2 - 1)) / 6;
    expect(Math.abs(k - limit)).toBeLessThanOrEqual(1.5);
  });

  it('has nothing to ask for where no count would be significant, and one miss where none is allowed', () => {
    expect(createGuard(0.85)(1)).toBeNull();
    expect(createGuard(0.85)(0)).toBeNull();
    expect(createGuard(0)(100)).toBeNull();
    expect(createGuard(1)(7)).toBe(1);
  });

  it('gives the same answer out of its cache, however many counts were asked for', () => {
    const guard = createGuard(0.9);
    const first = guard(50);
    for (let n = 1; n <= 5000; n++) guard(n);
    expect(guard(50)).toBe(first);
  });
});
