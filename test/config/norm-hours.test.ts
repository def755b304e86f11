import { describe, expect, it } from 'vitest';
import { leastHoursADay } from '../../src/config/norm-hours.ts';

/** norm.md section 4: 8 h under 1,000 households and just opened, 10 h in regular operation, 12 h above 100,000. */
describe('leastHoursADay', () => {
  it.each([
    [999, true, 8],
    [1_000, true, 10],
    [999, false, 10],
    [100_000, false, 10],
    [100_001, false, 12],
    [100_001, true, 12],
    [undefined, true, 8],
    [undefined, false, 10],
  ])('%s households, newly opened %s: %s h', (households, newlyOpened, expected) => {
    expect(leastHoursADay({ households, newlyOpened })).toBe(expected);
  });
});
