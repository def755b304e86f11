import { beforeAll, describe, expect, it } from 'vitest';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { liveDay } from './day.ts';
import { practiceDefinition } from './day-definition.ts';

/** The same days with everything that can befall an exchange, at random instants. */
const CALLS = 100;
const DAYS = 400;
const DAYS_A_TEST = 50;

let definition: WatchDefinition;
beforeAll(async () => {
  definition = await practiceDefinition();
});

describe('with faults every outcome is right, or unknown where its decision fell into a gap', () => {
  const firsts = Array.from({ length: DAYS / DAYS_A_TEST }, (_, place) => 1 + place * DAYS_A_TEST);
  it.each(firsts)('from seed %i on', { timeout: 300_000 }, (first) => {
    let gaps = 0;
    for (let seed = first; seed < first + DAYS_A_TEST; seed += 1) {
      const day = liveDay(definition, { seed, calls: CALLS, faults: true });
      gaps += day.gaps;
      expect(
        day.differences,
        `npm run simulate -- --days 1 --calls ${CALLS} --seed ${seed} --faults`,
      ).toEqual([]);
    }
    expect(gaps).toBeGreaterThan(DAYS_A_TEST);
  });
});
