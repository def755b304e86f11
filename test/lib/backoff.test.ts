import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/lib/backoff.ts';

const limits = { firstMs: 1_000, capMs: 30_000 };

describe('backoffMs', () => {
  it('tries at once, then doubles up to the cap', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 7, 1_000].map((failures) => backoffMs(failures, 1, limits));
    expect(waits).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('leaves the upper half to chance', () => {
    expect([0, 0.5, 1].map((jitter) => backoffMs(6, jitter, limits))).toEqual([15_000, 22_500, 30_000]);
  });
});
