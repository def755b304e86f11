import { expect, it } from 'vitest';
import { elapsed } from '../../src/board/elapsed.ts';

it.each([
  [0, '0:00'],
  [59_999, '0:59'],
  [60_000, '1:00'],
  [3_599_999, '59:59'],
  [3_600_000, '1:00:00'],
  [47 * 3_600_000 + 61_000, '47:01:01'],
  [49 * 3_600_000 + 300_000, '2 d 01:05'],
  // Clocks that differ by a little must not show a wait that is yet to begin.
  [-500, '0:00'],
])('%d ms is %s', (ms, told) => {
  expect(elapsed(ms)).toBe(told);
});
