import { beforeAll, describe, expect, it } from 'vitest';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { liveDay } from './day.ts';
import { practiceDefinition } from './day-definition.ts';

/** Days of about 100 calls; `npm run simulate` lives as many as wanted. */
const CALLS = 100;
const DAYS = 1000;
const DAYS_A_TEST = 50;

let definition: WatchDefinition;
beforeAll(async () => {
  definition = await practiceDefinition();
});

describe('every day is told as the ledger has it', () => {
  const firsts = Array.from({ length: DAYS / DAYS_A_TEST }, (_, place) => 1 + place * DAYS_A_TEST);
  it.each(firsts)('from seed %i on', { timeout: 300_000 }, (first) => {
    let calls = 0;
    for (let seed = first; seed < first + DAYS_A_TEST; seed += 1) {
      const day = liveDay(definition, { seed, calls: CALLS, faults: false });
      calls += day.calls;
      expect(day.differences, `npm run simulate -- --days 1 --calls ${CALLS} --seed ${seed}`).toEqual([]);
      expect(day.unknown).toBe(0);
    }
    expect(calls).toBeGreaterThan(DAYS_A_TEST * CALLS * 0.7);
  });
});
