import { array, assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeatInterval } from '../../src/calls/facts.ts';
import { SumBook } from '../../src/store/sum-book.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import { someHotline, someWatch } from '../support/definitions.ts';
import { SCRIPT_START_MS } from '../support/event-script.ts';
import { interval } from '../support/facts.ts';
import { SeatFloor } from './seat-floor.ts';

const A = 'PJSIP/101';
const Q = 'gas-sales';
const HOUR_S = 3600;
/** As the daemon lets time pass, though not as often. */
const TICK_S = 10;

/** One seat in one queue, and time that passes until `untilS`. */
function watched(untilS: number, from: SeatFloor = new SeatFloor()): SeatFloor {
  from.script.member('added', {});
  return pass(from, 0, untilS);
}

function pass(made: SeatFloor, fromS: number, untilS: number): SeatFloor {
  for (let atS = fromS; atS <= untilS; atS += TICK_S) made.advance(atS);
  return made;
}

describe('a seat that does one thing for long', () => {
  test('is told up to now every 5 minutes, so that a kill at any instant leaves no more of it untold', () => {
    const made = new SeatFloor();
    made.script.member('added', {});
    for (let atS = 0; atS <= 8 * HOUR_S; atS += TICK_S) {
      made.advance(atS);
      const toldMs = made.facts.at(-1)?.atMs ?? SCRIPT_START_MS;
      expect(made.seat().intervalFromMs).toBe(toldMs);
      expect(SCRIPT_START_MS + atS * 1000 - toldMs).toBeLessThanOrEqual(300_000);
    }
    expect(made.show()).toBe('idle 0');
    expect(made.facts.length).toBeGreaterThan(90);
  });

  test('is told in pieces that adjoin, each once, and alike in a replay', () => {
    const [one, other] = [watched(2 * HOUR_S), watched(2 * HOUR_S)];
    expect(one.intervals().slice(0, 3)).toEqual(['idle 0-270', 'idle 270-540', 'idle 540-810']);
    expect(one.facts.slice(1).map(({ fromMs }) => fromMs)).toEqual(
      one.facts.slice(0, -1).map(({ atMs }) => atMs),
    );
    expect(new Set(one.facts.map(({ id }) => id)).size).toBe(one.facts.length);
    expect(other.facts).toEqual(one.facts);
  });

  test('what follows begins where it did: silence is noticed late, and what was told before stands', () => {
    const made = watched(300);
    made.script.at(312).linkLost(297);
    expect(made.show()).toBe('unknown 297');
    expect(made.intervals()).toEqual(['idle 0-270', 'idle 270-297']);
  });

  test('is not told as known while this machine slept: the link may have been lost in between', () => {
    const made = watched(100).advance(6 * HOUR_S);
    expect(made.intervals()).toEqual([]);
    made.script.at(6 * HOUR_S + 12).linkLost(101);
    expect(made.intervals()).toEqual(['idle 0-101']);
    const heard = pass(watched(100), 6 * HOUR_S, 6 * HOUR_S + 60);
    expect(heard.intervals()).toEqual([`idle 0-${6 * HOUR_S}`]);
  });

  test('a wrap-up is told as a whole, and what is unknown when it is known until when', () => {
    const made = new SeatFloor({ queues: [{ name: Q, wrapupS: 1200, emergency: false }] });
    made.script.member('added', {});
    made.script.at(1).created('c', 'PJSIP/carrier', 4).up('c').joins(Q, 'c').created('s', A);
    made.script.offers(Q, 'c', A, 's').dials('c', 's').up('s').connects(Q, 'c', A, 's').enters('b', 's', 'c');
    made.script.at(9).leaves('b', 'c').gone('c').leaves('b', 's').gone('s');
    pass(made, 10, 1300).script.at(1301).linkLost(1300);
    pass(made, 1310, 2 * HOUR_S).script.snapshot({ purpose: 'resync' });
    const told = made.facts.filter(({ state }) => state === 'wrap-up' || state === 'unknown');
    expect(told.map(({ fromMs, atMs }) => atMs - fromMs)).toEqual([1_200_000, 2 * HOUR_S * 1000 - 1_300_000]);
  });

  test('a seat that is gone is told of no more', () => {
    const made = watched(100);
    made.script.at(101).member('removed', {});
    pass(made, 110, HOUR_S);
    expect(made.intervals()).toEqual(['idle 0-101']);
    expect(made.seats.nextDueMs()).toBeUndefined();
  });
});

describe('a run that ends', () => {
  test('tells what runs up to its end; what was not seen is the next one’s to tell', () => {
    const made = watched(100);
    made.seats.pause(SCRIPT_START_MS + 103_000);
    expect(made.intervals()).toEqual(['idle 0-103']);
    const blind = watched(100);
    blind.script.at(110).linkLost(101);
    blind.seats.pause(SCRIPT_START_MS + 120_000);
    expect(blind.intervals()).toEqual(['idle 0-101']);
  });

  test('is followed by one in which nothing is known since it last saw, and nothing is told twice', () => {
    const told = (seat: string, atS: number): SeatInterval =>
      interval({ pbx: 'north', seat, atMs: SCRIPT_START_MS + atS * 1000 });
    const seats = [A, 'PJSIP/102'].map((key) => ({ interface: key, name: key }));
    const made = new SeatFloor({ seats });
    made.seats.resume(SCRIPT_START_MS + 50_000, [told(A, 20), told(A, 51)]);
    made.script.at(60);
    for (const { interface: key } of seats) made.script.device(key, 'NOT_INUSE');
    expect(seats.map(({ interface: key }) => made.intervals(key))).toEqual([
      ['unknown 51-60'],
      ['unknown 50-60'],
    ]);
  });
});

test('property: pieces add up to what the whole is', () => {
  const definition = someWatch({ hotlines: [someHotline({ queues: [Q] })] });
  const [hotline] = definition.hotlines;
  const sums = (facts: readonly SeatInterval[]) => {
    const shares = new SumShares(definition);
    const book = new SumBook((key) => shares.hoursOf(key));
    for (const fact of facts) for (const share of shares.of(fact)) book.add(share);
    return new Map(
      [...book.changes].map(({ add, ...row }) => [JSON.stringify(row), add] as const).toSorted(),
    );
  };
  assert(
    property(array(integer({ min: 1, max: 8 * HOUR_S * 1000 }), { maxLength: 20 }), (cuts) => {
      const bounds = [...new Set([0, ...cuts, 8 * HOUR_S * 1000])].toSorted((a, b) => a - b);
      const piece = (fromMs: number, untilMs: number): SeatInterval =>
        interval({
          pbx: hotline?.pbx ?? '',
          state: 'idle',
          queues: [Q],
          pausedIn: [],
          fromMs: SCRIPT_START_MS + fromMs + 0.4,
          atMs: SCRIPT_START_MS + untilMs + 0.4,
        });
      const pieces = bounds.slice(1).map((untilMs, index) => piece(bounds[index] ?? 0, untilMs));
      expect(sums(pieces)).toEqual(sums([piece(0, 8 * HOUR_S * 1000)]));
    }),
  );
});
