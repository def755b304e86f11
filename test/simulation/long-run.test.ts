import { expect, it } from 'vitest';
import { practiceDefinition } from './day-definition.ts';
import { runLong } from './long-run.ts';

/** A short form of `npm run soak`, which lives a month. */
const GROWTH_MB = 4;

it('days of 24 hours, one after the other, leave nothing behind', { timeout: 300_000 }, async () => {
  const run = await runLong({
    definition: await practiceDefinition(),
    days: 3,
    callsPerHour: 40,
    seed: 7,
    incidentsADay: 10,
  });
  expect(run.differences).toEqual([]);
  expect(run.gaps).toBeGreaterThan(5);
  const [, second, third] = run.levels;
  expect((third?.heapMb ?? 0) - (second?.heapMb ?? 0)).toBeLessThan(GROWTH_MB);
  expect(third?.handles).toBe(second?.handles);
});
