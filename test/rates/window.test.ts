import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollingLongest } from '../../src/rates/longest.ts';
import { RollingSums } from '../../src/rates/window.ts';

const WIDTHS_MS = [5, 10, 60];

interface Added {
  readonly atMs: number;
  readonly value: number;
}
type Step = { readonly add: Added } | { readonly now: number };

/** Time goes on, facts come a little late or a little early. */
const timeline: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.record({
      passesMs: fc.integer({ min: 0, max: 15 }),
      offMs: fc.integer({ min: -12, max: 6 }),
      value: fc.integer({ min: 0, max: 9 }),
      looks: fc.boolean(),
    }),
    { maxLength: 150 },
  )
  .map((moves) => {
    let nowMs = 1000;
    return moves.flatMap(({ passesMs, offMs, value, looks }): Step[] => {
      nowMs += passesMs;
      const added: Step = { add: { atMs: nowMs + offMs, value } };
      return looks ? [added, { now: nowMs }] : [added];
    });
  });

const inside = (added: readonly Added[], nowMs: number, widthMs: number) =>
  added.filter(({ atMs }) => atMs > nowMs - widthMs && atMs <= nowMs).map(({ value }) => value);
const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('rolling sums', () => {
  it('are (now - width, now]: the first instant outside, the last inside', () => {
    const sums = new RollingSums(1, [10]);
    sums.add(100, [1]);
    const seen = [99, 100, 109, 110].map((nowMs) => (sums.moveTo(nowMs), sums.sum(0, 0)));
    expect(seen).toEqual([0, 1, 1, 0]);
  });

  it('agree with counting anew, at every instant looked at, in whatever order facts come', () => {
    fc.assert(
      fc.property(timeline, (steps) => {
        const sums = new RollingSums(2, WIDTHS_MS);
        const added: Added[] = [];
        for (const step of steps) {
          if ('add' in step) {
            added.push(step.add);
            sums.add(step.add.atMs, [1, step.add.value]);
            continue;
          }
          sums.moveTo(step.now);
          WIDTHS_MS.forEach((widthMs, window) => {
            const values = inside(added, step.now, widthMs);
            expect([sums.sum(window, 0), sums.sum(window, 1)]).toEqual([values.length, sumOf(values)]);
          });
        }
      }),
    );
  });

  it('agree though now leaps and steps back within what is remembered', () => {
    const stamps = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 });
    const looks = fc.array(fc.integer({ min: 20, max: 58 }), { maxLength: 20 });
    fc.assert(
      fc.property(stamps, looks, (atMs, nows) => {
        const sums = new RollingSums(1, WIDTHS_MS);
        const added = atMs.map((at) => ({ atMs: at, value: 1 }));
        for (const { atMs: at } of added) sums.add(at, [1]);
        for (const now of nows) {
          sums.moveTo(now);
          WIDTHS_MS.forEach((widthMs, window) => {
            expect(sums.sum(window, 0)).toBe(inside(added, now, widthMs).length);
          });
        }
      }),
    );
  });

  it('say when time alone will change a sum, and whether it did', () => {
    const sums = new RollingSums(1, WIDTHS_MS);
    sums.moveTo(0);
    expect(sums.nextDueMs()).toBe(Infinity);
    sums.add(3, [1]);
    expect(sums.nextDueMs()).toBe(3);
    const seen = [2, 3, 7, 8, 13, 62, 63].map((nowMs) => [sums.moveTo(nowMs), sums.nextDueMs()]);
    expect(seen).toEqual([
      [false, 3],
      [true, 8],
      [false, 8],
      [true, 13],
      [true, 63],
      [false, 63],
      [true, Infinity],
    ]);
  });

  it('remember no more than the longest window holds, twice over', () => {
    const sums = new RollingSums(1, WIDTHS_MS);
    for (let nowMs = 0; nowMs < 20_000; nowMs++) {
      sums.add(nowMs, [1]);
      sums.moveTo(nowMs);
    }
    expect(sums.sum(2, 0)).toBe(60);
    expect(sums.size).toBeLessThanOrEqual(2 * 60 + 1);
  });

  it('leave alone what is older than every window', () => {
    const sums = new RollingSums(1, WIDTHS_MS);
    sums.moveTo(1000);
    sums.add(940, [1]);
    expect(sums.size).toBe(0);
  });
});

describe('the longest of a rolling window', () => {
  it('agrees with looking anew, at every instant and for every width', () => {
    fc.assert(
      fc.property(timeline, (steps) => {
        const longest = new RollingLongest(Math.max(...WIDTHS_MS));
        const added: Added[] = [];
        for (const step of steps) {
          if ('add' in step) {
            added.push(step.add);
            longest.add(step.add.atMs, step.add.value);
            continue;
          }
          longest.moveTo(step.now);
          for (const widthMs of WIDTHS_MS) {
            const values = inside(added, step.now, widthMs);
            expect(longest.longest(widthMs)).toBe(values.length > 0 ? Math.max(...values) : undefined);
          }
        }
      }),
    );
  });
});
