import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGuard, wilson95 } from '../../src/rates/binomial.ts';
import { verdictOf, type Judgement } from '../../src/rates/verdict.ts';

function judging(targetRatio: number, changes: Partial<Judgement> = {}): Judgement {
  return {
    targetRatio,
    guard: createGuard(targetRatio),
    blindNow: false,
    beganBeforeKnown: false,
    ...changes,
  };
}
const counts = (hits: number, misses: number, unknown = 0) => ({ hits, misses, unknown });

describe('the verdict on a window', () => {
  it('is no-data without a call, never 100 % and never 0 %', () => {
    expect(verdictOf(counts(0, 0), judging(0.85))).toBe('no-data');
  });

  it('is too-few-calls below five, even where all were missed', () => {
    expect(verdictOf(counts(0, 4), judging(0.85))).toBe('too-few-calls');
    expect(verdictOf(counts(4, 0), judging(0.85))).toBe('too-few-calls');
    expect(verdictOf(counts(0, 5), judging(0.85))).toBe('missing');
  });

  it.each([
    [0.85, 22],
    [0.9, 35],
    [0.98, 189],
  ])('without a miss says meeting %f from the call number %i on', (targetRatio, fewest) => {
    expect(verdictOf(counts(fewest - 1, 0), judging(targetRatio))).toBe('on-track');
    expect(verdictOf(counts(fewest, 0), judging(targetRatio))).toBe('meeting');
  });

  it.each([
    [0.85, 100, 22],
    [0.9, 100, 16],
    [0.98, 100, 6],
    [0.85, 5, 3],
    [0.98, 5, 2],
  ])('for %f of %i calls says missing from %i misses on', (targetRatio, n, k) => {
    expect(verdictOf(counts(n - k, k), judging(targetRatio))).toBe('missing');
    expect(verdictOf(counts(n - k + 1, k - 1), judging(targetRatio))).not.toBe('missing');
  });

  it('between the two goes by the plain rate', () => {
    expect(verdictOf(counts(17, 3), judging(0.85))).toBe('on-track');
    expect(verdictOf(counts(16, 4), judging(0.85))).toBe('at-risk');
  });

  it('is blind while we are blind, whatever was counted', () => {
    expect(verdictOf(counts(500, 0), judging(0.85, { blindNow: true }))).toBe('blind');
    expect(verdictOf(counts(0, 0), judging(0.85, { blindNow: true, beganBeforeKnown: true }))).toBe('blind');
  });

  it('is blind where the unknown calls could change it, and only there', () => {
    // 22 hits of 22 meet 85 %; as a miss the one unknown call would not.
    expect(verdictOf(counts(22, 0, 1), judging(0.85))).toBe('blind');
    expect(verdictOf(counts(300, 0, 1), judging(0.85))).toBe('meeting');
    expect(verdictOf(counts(0, 40, 3), judging(0.85))).toBe('missing');
  });

  it('with unknown calls only: says no data while they would be too few either way, then blind', () => {
    expect(verdictOf(counts(0, 0, 4), judging(0.85))).toBe('no-data');
    expect(verdictOf(counts(0, 0, 5), judging(0.85))).toBe('blind');
  });

  it('is withheld for a window that began before the daemon could know', () => {
    expect(verdictOf(counts(500, 0), judging(0.85, { beganBeforeKnown: true }))).toBe('since');
    expect(verdictOf(counts(22, 0, 1), judging(0.85, { beganBeforeKnown: true }))).toBe('blind');
  });

  it('judges closed hours, where nothing may be missed, by the first miss', () => {
    expect(verdictOf(counts(10, 0), judging(1))).toBe('on-track');
    expect(verdictOf(counts(9, 1), judging(1))).toBe('missing');
  });

  it('says meeting where the bound does, and never contradicts the plain rate', () => {
    const tuple = fc.tuple(
      fc.integer({ min: 5, max: 400 }),
      fc.nat({ max: 60 }),
      fc.constantFrom(0.85, 0.9, 0.98),
    );
    fc.assert(
      fc.property(tuple, ([hits, misses, targetRatio]) => {
        const verdict = verdictOf(counts(hits, misses), judging(targetRatio));
        const n = hits + misses;
        expect(verdict === 'meeting').toBe(wilson95(hits, n).low >= targetRatio);
        expect(verdict === 'meeting' || verdict === 'on-track').toBe(hits / n >= targetRatio);
      }),
    );
  });
});
