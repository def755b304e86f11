import { expect, it } from 'vitest';
import type { FloorWatch } from '../src/floor-watch.ts';
import type { Keeping } from '../src/keeping.ts';
import { leadersDesk } from '../src/leaders-desk.ts';
import type { CallBackAnswer } from '../src/store/call-back-order.ts';
import { someWho } from './push/some-board.ts';
import { VirtualClock } from './support/virtual-clock.ts';

/** A desk over a journal that owes one call, of hotline `gas`, and answers so; how often it said that one was closed. */
function someDesk(answer: () => Promise<CallBackAnswer>) {
  let closed = 0;
  const callBacks = () => Promise.resolve({ callBacks: [{ id: '7', hotline: 'gas' }], next: null });
  const desk = leadersDesk({
    // Closing asks nothing of the floor, and nothing else of the journal.
    floor: {} as FloorWatch,
    keeping: { reader: { callBacks }, journal: { closeCallBack: answer } } as unknown as Keeping,
    clock: new VirtualClock(),
    onClosed: () => (closed += 1),
  });
  return {
    close: (callBack = '7', who = someWho()) => desk.closeCallBack({ who, callBack, reason: 'not-wanted' }),
    closed: () => closed,
  };
}

it('says that a call-back was closed, once it was written down', async () => {
  const desk = someDesk(() => Promise.resolve({ closed: true }));
  expect(await desk.close()).toEqual({ ok: true, result: '7' });
  expect(desk.closed()).toBe(1);
});

it('says nothing where none was closed: not theirs, closed before, or not to be written', async () => {
  const before = someDesk(() => Promise.resolve({ closed: false, words: 'closed by Ann' }));
  expect(await before.close()).toMatchObject({ code: 'already', detail: 'closed by Ann' });
  expect(await before.close('8')).toMatchObject({ code: 'not-found' });
  const others = someWho({ sees: { hotlines: ['water'], queues: [], seats: [] } });
  expect(await before.close('7', others)).toMatchObject({ code: 'not-found' });
  const full = someDesk(() => Promise.reject(new Error('the disk is full')));
  expect(await full.close()).toMatchObject({ code: 'not-kept' });
  expect([before.closed(), full.closed()]).toEqual([0, 0]);
});
