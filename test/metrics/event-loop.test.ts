import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { watchEventLoop } from '../../src/metrics/event-loop.ts';

describe('the watch over the event loop', () => {
  it('sees a loop that was held up, once, and is never negative', async () => {
    const lag = watchEventLoop();
    const seen: number[] = [];
    // The first samples may be taken before the hold-up: look until it shows.
    while (!seen.some((lateMs) => lateMs > 30)) {
      await setTimeout(25);
      const untilMs = performance.now() + 100;
      while (performance.now() < untilMs);
      await setTimeout(25);
      seen.push(lag.worstMs());
    }
    lag.stop();
    expect(seen.every((lateMs) => lateMs >= 0)).toBe(true);
    expect(lag.worstMs()).toBe(0);
  });
});
