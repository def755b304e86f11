import { describe, expect, it } from 'vitest';
import { droppedOn, offersFor } from '../../src/board/move-offers.ts';

const SEAT = {
  pbx: 'main',
  queues: ['support', 'accounts'],
  penalties: { support: 2 },
  staticIn: ['accounts'],
};
const queue = (name: string, pbx = 'main') => ({ pbx, queue: name });

describe('what can be done with a seat and a queue', () => {
  it('adds it with the penalty that is wished, or brings it over with the one it has', () => {
    expect(offersFor(SEAT, queue('metering'), 5).map(({ change }) => change)).toEqual([
      { what: 'add', queue: 'metering', penalty: 5 },
      { what: 'transfer', from: 'support', to: 'metering', penalty: 2 },
      { what: 'transfer', from: 'accounts', to: 'metering', penalty: 5 },
    ]);
  });

  it('takes it out of a queue it is in', () => {
    expect(offersFor(SEAT, queue('support'))).toEqual([
      { change: { what: 'remove', queue: 'support' }, isStatic: false },
    ]);
  });

  it('says of a member row that is not let go that it is static', () => {
    expect(offersFor(SEAT, queue('accounts')).map(({ isStatic }) => isStatic)).toEqual([true]);
    expect(offersFor(SEAT, queue('metering')).map(({ isStatic }) => isStatic)).toEqual([false, false, true]);
  });

  it('offers nothing across exchanges', () => {
    expect(offersFor(SEAT, queue('metering', 'north'))).toEqual([]);
  });
});

describe('a seat that was dropped on a queue', () => {
  it('is added at once where it is in none: nothing else can be meant', () => {
    expect(droppedOn({ ...SEAT, queues: [] }, queue('support'))).toEqual({
      what: 'add',
      queue: 'support',
      penalty: 0,
    });
  });

  it('is asked about where it is in others', () => {
    expect(droppedOn(SEAT, queue('metering'))).toBe('choose');
  });

  it('does nothing on its own queue, nor on one of another exchange', () => {
    expect(droppedOn(SEAT, queue('support'))).toBe('nothing');
    expect(droppedOn(SEAT, queue('metering', 'north'))).toBe('nothing');
  });
});
