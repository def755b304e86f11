import { describe, expect, it } from 'vitest';
import { readInstant } from '../../src/http/read-instant.ts';

describe('an instant in an address', () => {
  it.each([
    ['1790000000000', 1_790_000_000_000],
    ['2026-10-01T08:00:00Z', Date.UTC(2026, 9, 1, 8)],
    ['2026-10-01T08:00Z', Date.UTC(2026, 9, 1, 8)],
    ['2026-10-01T08:00:00.250Z', Date.UTC(2026, 9, 1, 8, 0, 0, 250)],
    ['2026-10-01T16:00:00+08:00', Date.UTC(2026, 9, 1, 8)],
    ['2026-10-01T16:00:00 08:00', Date.UTC(2026, 9, 1, 8)],
    ['2026-10-01T04:00:00-04:00', Date.UTC(2026, 9, 1, 8)],
  ])('%s', (text, atMs) => {
    expect(readInstant(text)).toEqual({ atMs });
  });

  it.each([
    ['yesterday', /^expected an instant such as 2026-10-01T08:00:00Z/],
    ['', /^expected an instant such as/],
    ['-5', /^expected an instant such as/],
    ['2026-10-01', /with its time and zone/],
    ['2026-10-01T08:00:00', /with its time and zone/],
    ['1790000000', /^expected unix milliseconds, of 13 digits/],
    ['2026-02-30T08:00:00Z', /no such date/],
    ['2026-10-01T25:00:00Z', /no such date/],
    ["2026-10-01T08:00:00Z' OR 1=1", /^expected an instant such as/],
  ])('is not guessed from "%s"', (text, words) => {
    const read = readInstant(text);
    expect('mistake' in read && read.mistake).toMatch(words);
  });
});
