import { expect, it } from 'vitest';
import { MovedSeat, TIMEOUT_MS } from './moved-seat.ts';

const REPAIRS = { what: 'add', queue: 'repairs', penalty: 0 } as const;
const NONE = { done: 0, refused: 0, 'timed-out': 0, 'half-done': 0 };

it('a move is counted once, as it ended, also where the exchange confirms it after it was given up', async () => {
  const seat = new MovedSeat();
  const ended = () => seat.moves.ended(seat.last.pbx);
  await seat.ask(REPAIRS);
  expect(ended()).toEqual(NONE);
  seat.clock.advance(TIMEOUT_MS);
  expect(ended()).toEqual({ ...NONE, 'timed-out': 1 });
  await seat.carryOut();
  expect(seat.shown).toBe('done confirmed');
  expect(ended()).toEqual({ ...NONE, 'timed-out': 1 });
  await seat.undo();
  await seat.carryOut();
  expect(ended()).toEqual({ ...NONE, 'timed-out': 1, done: 1 });
  expect(seat.moves.ended('south')).toEqual(NONE);
});
