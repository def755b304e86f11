import { expect, test } from 'vitest';
import { EventLag } from '../src/event-lag.ts';
import { systemClock } from '../src/lib/clock.ts';

test('the lag of the last event of a chunk, by a clock that is read once for it', async () => {
  let reads = 0;
  const lag = new EventLag({ ...systemClock, nowMs: () => 1_000 + ++reads });
  for (const atMs of [100, 300, 200]) lag.hear(atMs);
  expect(lag.lastMs).toBeUndefined();
  await Promise.resolve();
  expect([lag.lastMs, reads]).toEqual([801, 1]);
  lag.hear(1_002);
  await Promise.resolve();
  expect(lag.lastMs).toBe(0);
});
