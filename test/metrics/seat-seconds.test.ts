import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEAT_STATES, type SeatState } from '../../src/calls/facts.ts';
import { Families } from '../../src/metrics/families.ts';
import { SeatSeconds, type SeatNow } from '../../src/metrics/seat-seconds.ts';
import { interval } from '../support/facts.ts';

/** The counter of exchange `north`, s by state, zeros left out. */
function counting() {
  const families = new Families();
  const seconds = new SeatSeconds(families);
  seconds.redefine(['north']);
  return {
    seconds,
    async scrape(seats: Iterable<SeatNow>, nowMs: number): Promise<Record<string, number>> {
      seconds.fill(seats, nowMs);
      const [family] = families.all();
      const told = [...(family?.parts().join('') ?? '').matchAll(/state="([^"]+)"} (.+)/g)];
      return Object.fromEntries(
        told.map(([, state = '', total]) => [state, Number(total)]).filter(([, total]) => total !== 0),
      );
    },
  };
}
const now = (state: SeatState, intervalFromMs: number): SeatNow => ({
  pbx: 'north',
  interface: 'PJSIP/101',
  state,
  intervalFromMs,
});

describe('the time of seats by state', () => {
  it('runs on at every scrape, and is not counted again when the talk ends', async () => {
    const { seconds, scrape } = counting();
    expect(await scrape([now('talking', 0)], 1_800_000)).toEqual({ talking: 1_800 });
    expect(await scrape([now('talking', 0)], 3_600_000)).toEqual({ talking: 3_600 });
    seconds.record(interval({ state: 'talking', fromMs: 0, atMs: 3_605_000 }));
    expect(await scrape([now('idle', 3_605_000)], 3_615_000)).toEqual({ talking: 3_605, idle: 10 });
  });

  it('never falls where a state is found to have begun before the last scrape', async () => {
    const { seconds, scrape } = counting();
    expect(await scrape([now('idle', 0)], 60_000)).toEqual({ idle: 60 });
    seconds.record(interval({ state: 'idle', fromMs: 0, atMs: 55_000 }));
    expect(await scrape([now('unknown', 55_000)], 70_000)).toEqual({ idle: 60, unknown: 10 });
  });

  it('counts each seat, and only of exchanges that are watched', async () => {
    const { seconds, scrape } = counting();
    const others = [
      { ...now('idle', 0), interface: 'PJSIP/102' },
      { ...now('idle', 0), pbx: 'south' },
    ];
    seconds.record(interval({ pbx: 'south', state: 'idle', atMs: 5_000 }));
    expect(await scrape([now('idle', 0), ...others], 10_000)).toEqual({ idle: 20 });
    seconds.redefine(['north', 'south']);
    expect(await scrape([now('idle', 0)], 20_000)).toEqual({ idle: 30 });
    seconds.redefine(['south']);
    expect(await scrape([now('idle', 0)], 30_000)).toEqual({});
  });

  it('property: never falls, and all states together are the time of the seat, however often it is scraped', async () => {
    const step = record({
      state: constantFrom(...SEAT_STATES),
      forMs: integer({ min: 1, max: 60_000 }),
      /** It began that long before it was noticed. */
      lateMs: integer({ min: 0, max: 20_000 }),
      scrapedAfterMs: integer({ min: 0, max: 60_000 }),
    });
    const told = array(step, { minLength: 1, maxLength: 20 });
    const lives: { state: SeatState; forMs: number; lateMs: number; scrapedAfterMs: number }[][] = [];
    assert(property(told, (steps) => void lives.push(steps)));
    for (const steps of lives) {
      const { seconds, scrape } = counting();
      let fromMs = 0;
      let nowMs = 0;
      let state: SeatState = 'unknown';
      let before: Record<string, number> = {};
      for (const step of steps) {
        nowMs += step.forMs;
        const changedMs = Math.max(fromMs, nowMs - step.lateMs);
        if (changedMs > fromMs) seconds.record(interval({ state, fromMs, atMs: changedMs }));
        fromMs = changedMs;
        state = step.state;
        nowMs += step.scrapedAfterMs;
        const after = await scrape([now(state, fromMs)], nowMs);
        const sum = Object.values(after).reduce((total, value) => total + value, 0);
        expect(sum).toBeCloseTo(nowMs / 1000, 6);
        for (const [name, value] of Object.entries(before)) expect(after[name]).toBeGreaterThanOrEqual(value);
        before = after;
      }
    }
  });
});
