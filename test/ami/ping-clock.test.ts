import { describe, expect, it } from 'vitest';
import { PingClock } from '../../src/ami/ping-clock.ts';

describe('PingClock', () => {
  it('knows nothing before the first answer', () => {
    const clock = new PingClock();
    expect([clock.offsetMs, clock.roundTripMs]).toEqual([0, undefined]);
  });

  it('takes the middle of the round trip for the instant of the answer', () => {
    const clock = new PingClock();
    clock.take(1_000, 1_040, 6_020);
    expect([clock.offsetMs, clock.roundTripMs]).toEqual([5_000, 40]);
  });

  it('believes the quickest of the last answers, and forgets it after a while', () => {
    const clock = new PingClock();
    clock.take(0, 10, 5_005);
    clock.take(5_000, 5_400, 10_390);
    expect([clock.offsetMs, clock.roundTripMs]).toEqual([5_000, 10]);
    for (let index = 2; index < 10; index += 1)
      clock.take(index * 5_000, index * 5_000 + 100, index * 5_000 + 5_060);
    expect([clock.offsetMs, clock.roundTripMs]).toEqual([5_010, 100]);
  });

  it('follows at once when a clock was set', () => {
    const clock = new PingClock();
    clock.take(0, 10, 5_005);
    clock.take(5_000, 5_200, 3_605_100);
    expect(clock.offsetMs).toBe(3_600_000);
  });
});
