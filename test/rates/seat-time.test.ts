import { array, assert, boolean, constantFrom, integer, nat, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEAT_STATES, type SeatState } from '../../src/calls/facts.ts';
import { periodOf } from '../../src/hotlines/hours.ts';
import { WINDOWS, type Window } from '../../src/rates/report.ts';
import { countedIn, isBusy, SeatTime } from '../../src/rates/seat-time.ts';
import { ROLLING_MS } from '../../src/rates/series.ts';
import { someHours } from '../support/definitions.ts';

const NOON_MS = Date.parse('2026-03-03T12:00:00Z');
const MINUTE_MS = 60_000;
const HOURS = someHours();

const seatTime = () => new SeatTime((unit, atMs) => periodOf(HOURS, unit, atMs));
/** Minutes after noon. */
const stretch = (fromMin: number, untilMin: number, busy: boolean) => ({
  fromMs: NOON_MS + fromMin * MINUTE_MS,
  untilMs: NOON_MS + untilMin * MINUTE_MS,
  busy,
});

describe('occupancy', () => {
  it('is worked out by hand: two seats, one of which still talks', () => {
    const time = seatTime();
    // Ann: idle 10 min, talks 5. Bob: idle 12 min, then talks on and on.
    for (const over of [stretch(0, 10, false), stretch(10, 15, true), stretch(0, 12, false)]) time.add(over);
    time.run([stretch(15, 20, false), stretch(12, 20, true)]);
    time.moveTo(NOON_MS + 20 * MINUTE_MS);
    // 15 to 20: Ann idle 5, Bob talks 5. 10 to 20: busy 5 + 8, free 2 + 5. Since noon: busy 13, free 10 + 12 + 5.
    expect(time.occupancy('5m')).toBe(5 / 10);
    expect(time.occupancy('10m')).toBe(13 / 20);
    expect(time.occupancy('1h')).toBe(13 / 40);
    expect(time.occupancy('day')).toBe(13 / 40);
  });

  it('of 5 minutes is whole while a talk lasts an hour', () => {
    const time = seatTime();
    time.add(stretch(-600, 0, false));
    for (const minute of [1, 4, 5, 30, 60]) {
      time.moveTo(NOON_MS + minute * MINUTE_MS);
      time.run([stretch(0, minute, true)]);
      expect(time.occupancy('5m')).toBe(Math.min(minute, 5) / 5);
    }
  });

  it('has no value without time that counts, and 0 where all seats only waited', () => {
    const time = seatTime();
    time.moveTo(NOON_MS);
    expect(WINDOWS.map((window) => time.occupancy(window))).toEqual(WINDOWS.map(() => null));
    time.run([stretch(-1, 0, false)]);
    expect(time.occupancy('5m')).toBe(0);
  });

  it('gives the day and the month only their own part of a long stretch', () => {
    const time = seatTime();
    const midnightMs = NOON_MS - 720 * MINUTE_MS;
    time.add({ fromMs: midnightMs - 5_000_000_000, untilMs: midnightMs + 3_600_000, busy: true });
    time.run([{ fromMs: midnightMs + 3_600_000, untilMs: NOON_MS, busy: false }]);
    time.moveTo(NOON_MS);
    expect(time.over('day')).toEqual({ busyMs: 3_600_000, observedMs: 12 * 3_600_000 });
    const monthMs = NOON_MS - Date.parse('2026-03-01T00:00:00Z');
    expect(time.over('month')).toEqual({ busyMs: monthMs - 11 * 3_600_000, observedMs: monthMs });
  });

  it('is as of the last whole second, whatever ended since', () => {
    const time = seatTime();
    time.run([]);
    time.moveTo(NOON_MS);
    time.add({ fromMs: NOON_MS - 4_000, untilMs: NOON_MS + 300, busy: true });
    time.run([{ fromMs: NOON_MS + 300, untilMs: NOON_MS + 999, busy: false }]);
    time.moveTo(NOON_MS + 999);
    expect([time.over('5m'), time.over('day')]).toEqual([
      { busyMs: 4_000, observedMs: 4_000 },
      { busyMs: 4_000, observedMs: 4_000 },
    ]);
    time.run([{ fromMs: NOON_MS + 300, untilMs: NOON_MS + 1_000, busy: false }]);
    time.moveTo(NOON_MS + 1_000);
    expect(time.over('5m')).toEqual({ busyMs: 4_300, observedMs: 5_000 });
  });

  it('is right again when the clock is put back', () => {
    const time = seatTime();
    time.add(stretch(0, 2, false));
    time.add(stretch(2, 4, true));
    time.moveTo(NOON_MS + 10 * MINUTE_MS);
    expect(time.over('5m')).toEqual({ busyMs: 0, observedMs: 0 });
    time.moveTo(NOON_MS + 3 * MINUTE_MS);
    expect(time.over('5m')).toEqual({ busyMs: MINUTE_MS, observedMs: 3 * MINUTE_MS });
  });
});

describe('what a state is to occupancy', () => {
  const posts = { queues: ['a', 'b'], pausedIn: ['b'] };
  it.each<[SeatState, boolean, readonly string[]]>([
    ['talking', true, ['a', 'b']],
    ['on-hold', true, ['a', 'b']],
    ['wrap-up', true, ['a', 'b']],
    ['dialling', true, ['a', 'b']],
    ['idle', false, ['a']],
    ['ringing', false, ['a']],
    ['paused', false, []],
    ['offline', false, []],
    ['unknown', false, []],
  ])('%s: busy %s, counted in %j where it is paused in b', (state, busy, queues) => {
    expect([isBusy(state), countedIn(state, posts)]).toEqual([busy, queues]);
  });
});

interface Lived {
  readonly state: SeatState;
  readonly fromMs: number;
  readonly untilMs: number;
}
const QUEUE = { queues: ['q'], pausedIn: [] };
const overlapMs = ({ fromMs, untilMs }: Lived, sinceMs: number, nowMs: number): number =>
  Math.max(0, Math.min(untilMs, nowMs) - Math.max(fromMs, sinceMs));

describe('the time of seats', () => {
  const step = record({ state: constantFrom(...SEAT_STATES), forMs: integer({ min: 1, max: 2_000_000 }) });
  const seats = array(array(step, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 });

  it('property: adds up in every window: busy, free and neither are the time of all seats, however it was told', () => {
    assert(
      property(seats, boolean(), nat(20), (lives, looksOften, seconds) => {
        const beganMs = NOON_MS + 6 * 3_600_000;
        const nowMs = beganMs + seconds * 777_000;
        const told: Lived[] = lives.flatMap((steps) => {
          let atMs = beganMs;
          const lived = steps.map(({ state, forMs }) => ({ state, fromMs: atMs, untilMs: (atMs += forMs) }));
          // The last one goes on.
          return lived.map((one, index) =>
            index === lived.length - 1 ? { ...one, untilMs: Infinity } : one,
          );
        });
        const time = seatTime();
        const over = told.filter(({ untilMs }) => untilMs <= nowMs);
        for (const one of over.toSorted((a, b) => a.untilMs - b.untilMs)) {
          if (countedIn(one.state, QUEUE).length > 0) time.add({ ...one, busy: isBusy(one.state) });
          if (looksOften) time.moveTo(one.untilMs);
        }
        const running = told.filter(({ fromMs, untilMs }) => fromMs < nowMs && untilMs > nowMs);
        time.run(
          running
            .filter(({ state }) => countedIn(state, QUEUE).length > 0)
            .map(({ state, fromMs }) => ({ fromMs, untilMs: nowMs, busy: isBusy(state) })),
        );
        time.moveTo(nowMs);
        for (const window of WINDOWS) {
          const sinceMs = beginsMs(window, nowMs);
          const sum = (counts: (state: SeatState) => boolean) =>
            told.reduce((ms, one) => ms + (counts(one.state) ? overlapMs(one, sinceMs, nowMs) : 0), 0);
          const neitherMs = sum((state) => countedIn(state, QUEUE).length === 0);
          const { busyMs, observedMs } = time.over(window);
          expect(busyMs).toBe(sum(isBusy));
          expect(observedMs + neitherMs).toBe(lives.length * (nowMs - Math.max(sinceMs, beganMs)));
        }
      }),
    );
  });
});

const beginsMs = (window: Window, nowMs: number): number =>
  window === 'shift' || window === 'day' || window === 'month'
    ? periodOf(HOURS, window, nowMs).fromMs
    : nowMs - ROLLING_MS[window];
