import { expect, it } from 'vitest';
import { groupSeats, isOnDuty, SEAT_SIGNS, SEAT_STATES } from '../../src/board/seat-signs.ts';
import { SEAT_STATES as STATES_OF_CORE } from '../../src/calls/facts.ts';
import { generatedBoard, SMALL_FLOOR } from './generated-board.ts';

const [SOME] = generatedBoard(SMALL_FLOOR).seats;
if (SOME === undefined) throw new Error('no seat');
const seat = (agent: string, queues: readonly string[], state = SOME.state) => ({
  ...SOME,
  key: agent,
  agent,
  queues,
  state,
});

it('has a sign of its own for each state', () => {
  expect(SEAT_STATES.toSorted()).toEqual([...STATES_OF_CORE].toSorted());
  expect(new Set(Object.values(SEAT_SIGNS)).size).toBe(SEAT_STATES.length);
});

it('keeps seats in the order of their agents, whatever their state', () => {
  const seats = [seat('Agent 10', []), seat('Agent 9', []), seat('Ana', [])];
  expect(groupSeats(seats, 'all', undefined)).toEqual([{ queue: '', keys: ['Agent 9', 'Agent 10', 'Ana'] }]);
});

it('shows a seat in each of its queues, and those in none last', () => {
  const seats = [seat('Ana', ['b', 'a']), seat('Ben', []), seat('Cai', ['b'])];
  expect(groupSeats(seats, 'queue', undefined)).toEqual([
    { queue: 'a', keys: ['Ana'] },
    { queue: 'b', keys: ['Ana', 'Cai'] },
    { queue: '', keys: ['Ben'] },
  ]);
});

it('shows one state only where that was asked', () => {
  const seats = [seat('Ana', ['a'], 'idle'), seat('Ben', ['a'], 'talking')];
  expect(groupSeats(seats, 'all', 'idle')).toEqual([{ queue: '', keys: ['Ana'] }]);
  expect(groupSeats(seats, 'all', 'paused')).toEqual([]);
});

it('counts on duty who is neither offline nor unknown', () => {
  expect(SEAT_STATES.filter((state) => isOnDuty({ state }))).not.toContain('offline');
  expect(isOnDuty({ state: 'unknown' })).toBe(false);
  expect(isOnDuty({ state: 'paused' })).toBe(true);
});
