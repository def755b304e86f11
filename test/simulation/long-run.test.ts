import { expect, it } from 'vitest';
import { runLong } from './long-run.ts';

/** A short form of `npm run soak`, which lives a month. */
const GROWTH_MB = 4;

it(
  'days of 24 hours over real sockets, one after the other, leave nothing behind',
  { timeout: 300_000 },
  async () => {
    const run = await runLong({ days: 2, callsPerHour: 30, seed: 7, incidentsADay: 10 });
    expect(run.differences).toEqual([]);
    expect(run.calls).toBeGreaterThan(300);
    expect(run.gaps).toBeGreaterThan(5);
    const [first, second] = run.levels;
    expect(second?.connections).toBeGreaterThan(first?.connections ?? Infinity);
    expect((second?.heapMb ?? Infinity) - (first?.heapMb ?? 0)).toBeLessThan(GROWTH_MB);
    expect(second).toMatchObject({ handles: first?.handles, files: first?.files });
  },
);
