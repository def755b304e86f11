import { describe, expect, it } from 'vitest';
import { duration, percent, percentOrDash } from '../../src/http/wording.ts';

describe('a ratio for people', () => {
  it.each([
    [null, 'no calls'],
    [0, '0.0 %'],
    [0.29, '29.0 %'],
    [0.57, '57.0 %'],
    [0.8499, '84.9 %'],
    [0.9799999, '97.9 %'],
    [0.98, '98.0 %'],
    [1, '100.0 %'],
  ])('%s is %s', (ratio, words) => {
    expect(percent(ratio)).toBe(words);
  });

  it('is a dash where the absence is plain', () => {
    expect([percentOrDash(null), percentOrDash(0.5)]).toEqual(['–', '50.0 %']);
  });
});

describe('a duration for people', () => {
  it.each([
    [null, '–'],
    [-3, '0 s'],
    [400, '0 s'],
    [59_400, '59 s'],
    [60_000, '1 min 00 s'],
    [3_599_000, '59 min 59 s'],
    [3_660_000, '1 h 01 min'],
  ])('%s ms is %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});
