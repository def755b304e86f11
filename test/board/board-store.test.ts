import { effect } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { BoardStore } from '../../src/board/board-store.ts';
import { generatedBoard, SMALL_FLOOR } from './generated-board.ts';

const BOARD = generatedBoard(SMALL_FLOOR);
const [FIRST, SECOND] = BOARD.seats;

function shown() {
  const store = new BoardStore();
  store.whole(BOARD);
  return store;
}

/** Counts how often what was read there would be drawn again. */
function drawings(read: () => unknown): () => number {
  let count = -1;
  effect(() => {
    read();
    count += 1;
  });
  return () => count;
}

describe('what is on the page', () => {
  it('shows a whole board in its order', () => {
    const store = shown();
    expect(store.keys('seats').value).toEqual(BOARD.seats.map(({ key }) => key));
    expect(store.all('queues')).toEqual(BOARD.queues);
  });

  it('draws one seat again where one seat changes', () => {
    const store = shown();
    const first = drawings(() => store.row('seats', FIRST?.key ?? '')?.value);
    const second = drawings(() => store.row('seats', SECOND?.key ?? '')?.value);
    const order = drawings(() => store.keys('seats').value);
    store.changed({ seats: { set: [{ key: FIRST?.key ?? '', state: 'paused', pausedReason: 'lunch' }] } });
    expect([first(), second(), order()]).toEqual([1, 0, 0]);
    expect(store.row('seats', FIRST?.key ?? '')?.value).toEqual({
      ...FIRST,
      state: 'paused',
      pausedReason: 'lunch',
    });
  });

  it('tells of all changes of a delta at once', () => {
    const store = shown();
    const both = drawings(() => [store.all('seats'), store.all('queues')]);
    store.changed({
      seats: { set: BOARD.seats.map(({ key }) => ({ key, why: 'all of them' })) },
      queues: { set: [{ key: BOARD.queues[0]?.key ?? '', waiting: 0 }] },
    });
    expect(both()).toBe(1);
  });

  it('forgets rows that are gone and takes in new ones', () => {
    const store = shown();
    if (FIRST === undefined) throw new Error('no seat');
    store.changed({ seats: { gone: [FIRST.key], set: [{ ...FIRST, key: 'main/PJSIP/new' }] } });
    expect(store.row('seats', FIRST.key)).toBeUndefined();
    expect(store.keys('seats').value.at(-1)).toBe('main/PJSIP/new');
    expect(store.keys('seats').value).toHaveLength(BOARD.seats.length);
  });

  it('keeps nothing of before in a new whole board', () => {
    const store = shown();
    store.whole({ ...BOARD, seats: [] });
    expect(store.all('seats')).toEqual([]);
    expect(store.row('seats', FIRST?.key ?? '')).toBeUndefined();
  });

  it('draws nothing again for a board that is the same', () => {
    const store = shown();
    const order = drawings(() => store.keys('seats').value);
    const first = drawings(() => store.row('seats', FIRST?.key ?? '')?.value);
    store.whole(BOARD);
    expect([order(), first()]).toEqual([0, 0]);
  });
});
