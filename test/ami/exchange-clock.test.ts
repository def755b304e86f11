import { describe, expect, it } from 'vitest';
import { ExchangeClock } from '../../src/ami/exchange-clock.ts';

/** The exchange's clock is ten seconds ahead; a Ping at 0 has said so, and takes `tripMs` there and back. */
function known(tripMs = 20): ExchangeClock {
  const clock = new ExchangeClock();
  ping(clock, 0, 10_000, tripMs);
  return clock;
}
function ping(clock: ExchangeClock, sentMs: number, aheadMs: number, tripMs = 20): void {
  clock.read(sentMs + tripMs);
  clock.take(sentMs, sentMs + tripMs, sentMs + tripMs / 2 + aheadMs);
}
/** An event that is read at `atMs` and stamped so: its instant on our clock. */
function hear(clock: ExchangeClock, atMs: number, stampMs: number): number {
  clock.read(atMs);
  const pbxMs = clock.pbxMs(stampMs);
  return pbxMs - clock.offsetMs;
}

describe('the exchange’s clock', () => {
  it('goes by its stamps as long as nobody sets it', () => {
    const clock = known();
    expect(hear(clock, 1_000, 10_990)).toBe(990);
    expect([clock.setMs, clock.aheadMs]).toEqual([0, 10_000]);
  });

  it.each([700, 61_000, 3_600_000])('set forward by %i ms: an event from the future shows it', (byMs) => {
    const clock = known();
    clock.read(1_000);
    const before = clock.pbxMs(11_000);
    expect(hear(clock, 3_000, 13_000 + byMs)).toBe(3_000);
    clock.read(4_000);
    expect(clock.pbxMs(14_000 + byMs) - before).toBe(3_000);
    expect([clock.setMs, clock.aheadMs]).toEqual([byMs, 10_000 + byMs]);
  });

  it.each([700, 61_000, 3_600_000])('set back by %i ms: a stamp older than the last shows it', (byMs) => {
    const clock = known();
    expect(hear(clock, 2_000, 12_000)).toBe(2_000);
    expect(hear(clock, 2_010, 12_010 - byMs)).toBe(2_010);
    expect(clock.setMs).toBe(-byMs);
  });

  it.each([-61_000, -1_500, 1_500, 61_000])(
    'set by %i ms while nothing happens: the next Ping shows it',
    (byMs) => {
      const clock = known();
      ping(clock, 5_000, 10_000 + byMs);
      expect([clock.setMs, clock.offsetMs]).toEqual([byMs, 10_000]);
      expect(hear(clock, 6_000, 16_000 + byMs)).toBe(6_000);
    },
  );

  it('what comes late out of a backlog is old, and no step', () => {
    const clock = known();
    ping(clock, 5_000, 10_000);
    expect(hear(clock, 9_000, 12_000)).toBe(2_000);
    expect(hear(clock, 9_000, 18_900)).toBe(8_900);
    expect(clock.setMs).toBe(0);
  });

  it('a correction by events that was late itself is mended by the next event', () => {
    const clock = known();
    expect(hear(clock, 2_000, 12_000)).toBe(2_000);
    expect(hear(clock, 5_000, 13_000 - 60_000)).toBe(5_000);
    expect(hear(clock, 5_001, 15_001 - 60_000)).toBe(5_001);
    expect(clock.setMs).toBe(-60_000);
  });

  it('drift is followed and is no step', () => {
    const clock = known();
    for (let index = 1; index <= 100; index += 1) ping(clock, index * 5_000, 10_000 + index * 10);
    expect(clock.setMs).toBe(0);
    expect(clock.offsetMs).toBeGreaterThan(10_900);
  });

  it('our own clock set back moves nothing of the exchange’s', () => {
    const clock = known();
    clock.shift(-3_600_000);
    ping(clock, -3_595_000, 3_610_000);
    expect([clock.setMs, clock.offsetMs]).toEqual([0, 3_610_000]);
  });

  it('our own clock set forward does not either: stamps go on as they did', () => {
    const clock = known();
    hear(clock, 4_900, 14_900);
    ping(clock, 3_605_000, 15_000 - 3_605_000);
    expect([clock.setMs, clock.aheadMs]).toEqual([0, 15_000 - 3_605_000]);
  });

  it('is held against what the last connection said', () => {
    const clock = known();
    clock.reconnect();
    expect([clock.roundTripMs, clock.offsetMs]).toEqual([undefined, 10_000]);
    ping(clock, 90_000, 70_000);
    expect([clock.setMs, clock.offsetMs]).toEqual([60_000, 10_000]);
  });

  it('guesses nothing before the first answer', () => {
    const clock = new ExchangeClock();
    expect(hear(clock, 1_000, 3_601_000)).toBe(3_601_000);
    ping(clock, 1_000, 3_600_000);
    expect([clock.setMs, clock.offsetMs]).toEqual([0, 3_600_000]);
  });
});
