import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import type { SeatSpan } from '../../src/roster/presence.ts';
import { sits } from './duties.ts';
import { check, LI, off, paused, SAME, span } from './seat-spans.ts';

const DUTIES = [...SAME, LI, sits('thu', 'early', '102', 'Wang'), sits('thu', 'late', '103', 'Zhao')];
const KINDS = [
  span,
  paused,
  (seat: string, _agent: string, from: number, until: number) => off(seat, from, until),
];

/** What a seat does from two hours before the end of the shift to two hours after it, each for so many minutes. */
const life = (seat: string, lived: readonly (readonly [number, number, string])[]): readonly SeatSpan[] => {
  const spans: SeatSpan[] = [];
  let from = -120;
  for (const [kind, minutes, agent] of lived) {
    const made = KINDS[kind]?.(seat, agent, from, from + minutes);
    if (made !== undefined) spans.push(made);
    from += minutes;
  }
  return spans;
};

/** As the facts tell what lasts long. */
const cut = (whole: SeatSpan, everyMs: number): readonly SeatSpan[] => {
  const pieces: SeatSpan[] = [];
  for (let { fromMs } = whole; fromMs < whole.atMs; fromMs += everyMs) {
    pieces.push({ ...whole, fromMs, atMs: Math.min(fromMs + everyMs, whole.atMs) });
  }
  return pieces;
};

it('property: a hand-over is judged alike whether what seats did is told as a whole or in pieces', () => {
  // One kind in four is unseen.
  const lived = array(
    tuple(integer({ min: 0, max: 3 }), integer({ min: 1, max: 70 }), constantFrom('Li', 'Chen', 'Wang')),
    { maxLength: 10 },
  );
  assert(
    property(lived, lived, lived, integer({ min: 20, max: 600 }), (one, two, three, everyS) => {
      const spans = [life('101', one), life('102', two), life('103', three)].flat();
      const pieces = spans.flatMap((whole) => cut(whole, everyS * 1000));
      expect(check(DUTIES, pieces)).toEqual(check(DUTIES, spans));
    }),
  );
});
