import { describe, expect, it } from 'vitest';
import { type FakeExchange, PBX, SEAT, somePost } from './fake-exchange.ts';
import { ANN, MovedSeat, settled, TIMEOUT_MS } from './moved-seat.ts';

const TRANSFER = { what: 'transfer', from: 'billing', to: 'repairs', penalty: 2 } as const;
const REPAIRS = { what: 'add', queue: 'repairs', penalty: 0 } as const;
const sentOf = ({ sent }: FakeExchange) => sent.map(({ step }) => step.action);

describe('a move', () => {
  it('is asked, and done when the exchange says so and has not refused', async () => {
    const seat = new MovedSeat();
    expect(await seat.ask(REPAIRS)).toEqual({ ok: true, result: 'move-1' });
    expect(seat.shown).toBe('asked asked');
    const [action] = seat.exchange.sent;
    action?.run();
    action?.answer();
    await settled();
    expect(seat.shown).toBe('asked asked');
    seat.hearAll();
    expect(seat.shown).toBe('done confirmed');
    expect(seat.last).toMatchObject({ by: 'ann', agent: 'Ann', seat: SEAT, canUndo: true, follows: '' });
    expect(seat.audit).toMatchObject([
      { who: 'ann', what: 'asked to move a seat', detail: 'add repairs penalty 0 (QueueAdd repairs)' },
      { what: 'moved a seat', detail: 'done: add repairs penalty 0 (QueueAdd repairs confirmed)' },
    ]);
  });

  it('is refused with what Asterisk said, also where somebody else did it meanwhile', async () => {
    const seat = new MovedSeat();
    await seat.ask(REPAIRS);
    seat.exchange.elsewhere({ action: 'QueueAdd', post: somePost('repairs') });
    seat.hearAll();
    expect(seat.shown).toBe('asked asked');
    seat.exchange.sent[0]?.answer();
    await settled();
    expect(seat.shown).toBe('refused refused');
    expect(seat.last.steps[0]?.said).toBe('Unable to add interface: Already there');
    expect(seat.last.canUndo).toBe(false);
  });

  it('is given up where nothing is heard in time, and confirmed when it is heard after all', async () => {
    const seat = new MovedSeat();
    await seat.ask(REPAIRS);
    seat.exchange.sent[0]?.run();
    seat.clock.advance(TIMEOUT_MS);
    expect(seat.shown).toBe('timed-out timed-out');
    seat.hearAll();
    expect(seat.shown).toBe('done confirmed');
    expect(seat.last.canUndo).toBe(true);
    expect(seat.audit.map(({ detail }) => detail.split(':')[0])).toEqual([
      'add repairs penalty 0 (QueueAdd repairs)',
      'timed-out',
      'done',
    ]);
  });

  it('that was heard and not answered is confirmed at the deadline, or when the answer is lost', async () => {
    for (const isLost of [false, true]) {
      const seat = new MovedSeat();
      await seat.ask(REPAIRS);
      seat.exchange.sent[0]?.run();
      seat.hearAll();
      if (isLost) seat.exchange.sent[0]?.answer({ state: 'unanswered' });
      else seat.clock.advance(TIMEOUT_MS);
      await settled();
      expect(seat.shown).toBe('done confirmed');
    }
  });

  it('is one at a time for a seat', async () => {
    const seat = new MovedSeat();
    const both = await Promise.all([seat.ask(REPAIRS), seat.ask({ what: 'remove', queue: 'billing' })]);
    expect(both).toMatchObject([{ ok: true }, { ok: false, code: 'seat-busy-moving' }]);
    expect(await seat.ask(REPAIRS)).toMatchObject({ code: 'seat-busy-moving' });
    await seat.carryOut();
    expect(await seat.ask({ what: 'remove', queue: 'billing' })).toMatchObject({ ok: true });
  });

  it('adds first and removes then', async () => {
    const seat = new MovedSeat();
    await seat.ask(TRANSFER);
    expect(sentOf(seat.exchange)).toEqual(['QueueAdd']);
    await seat.carryOut();
    expect(seat.shown).toBe('asked confirmed asked');
    expect(sentOf(seat.exchange)).toEqual(['QueueAdd', 'QueueRemove']);
    await seat.carryOut();
    expect(seat.shown).toBe('done confirmed confirmed');
    expect(seat.exchange.posts()).toEqual([somePost('repairs', { penalty: 2 })]);
  });
});

describe('before anything is asked', () => {
  it.each([
    ['in it already', { what: 'add', queue: 'billing', penalty: 0 }, 'already'],
    ['not in it', { what: 'remove', queue: 'repairs' }, 'already'],
    ['has that penalty', { what: 'penalty', queue: 'billing', penalty: 0 }, 'already'],
    ['not paused', { what: 'unpause', queue: '' }, 'already'],
    ['no reason', { what: 'pause', queue: '', reason: ' ' }, 'bad-reason'],
    ['two lines', { what: 'pause', queue: '', reason: 'tea\r\nAction: Originate' }, 'bad-reason'],
    ['too long for Asterisk', { what: 'pause', queue: '', reason: '喝茶'.repeat(14) }, 'bad-reason'],
    ['a penalty nobody has', { what: 'penalty', queue: 'billing', penalty: 1.5 }, 'bad-frame'],
    ['all queues', { what: 'add', queue: '', penalty: 0 }, 'not-found'],
  ] as const)('%s: %j is %s', async (_what, change, code) => {
    const seat = new MovedSeat();
    expect(await seat.ask(change)).toMatchObject({ ok: false, code });
    expect([seat.exchange.sent, seat.audit, seat.moves.list()]).toEqual([[], [], []]);
  });

  it('nothing is sent where the exchange is not heard, cannot be asked, or nothing can be written down', async () => {
    const seat = new MovedSeat();
    seat.isSeen = false;
    expect(await seat.ask(REPAIRS)).toMatchObject({ code: 'not-connected' });
    seat.isSeen = true;
    seat.isReady = false;
    expect(await seat.ask(REPAIRS)).toMatchObject({ code: 'not-connected' });
    seat.isReady = true;
    seat.keeps = false;
    expect(await seat.ask(REPAIRS)).toMatchObject({ code: 'not-kept' });
    seat.keeps = true;
    expect(await seat.ask(REPAIRS)).toMatchObject({ ok: true });
    expect(seat.exchange.sent).toHaveLength(1);
  });

  it.each([
    { what: 'remove', queue: 'billing' },
    { what: 'pause', queue: 'billing', reason: 'tea' },
    { what: 'pause', queue: '', reason: 'tea' },
    TRANSFER,
  ] as const)('asks whether a queue may stand unstaffed: %j', async (change) => {
    const seat = new MovedSeat();
    seat.aloneIn.add('billing');
    expect(await seat.ask(change)).toEqual({
      ok: false,
      code: 'would-unstaff',
      detail: 'nobody would be left in billing',
    });
    expect(await seat.ask(change, { evenUnstaffed: true })).toMatchObject({ ok: true });
  });

  it('who is paused leaves nobody alone', async () => {
    const seat = new MovedSeat([somePost('billing', { paused: true, pausedReason: 'tea' })]);
    seat.aloneIn.add('billing');
    expect(await seat.ask({ what: 'remove', queue: 'billing' })).toMatchObject({ ok: true });
  });
});

describe('a half-done move', () => {
  const half = async (): Promise<MovedSeat> => {
    const seat = new MovedSeat();
    await seat.ask(TRANSFER);
    await seat.carryOut();
    seat.clock.advance(TIMEOUT_MS);
    expect(seat.shown).toBe('half-done confirmed timed-out');
    return seat;
  };

  it('is finished: the rest is asked again, and taking that back takes all of it back', async () => {
    const seat = await half();
    expect(seat.last.canUndo).toBe(true);
    expect(await seat.finish()).toEqual({ ok: true, result: 'move-2' });
    await seat.carryOut();
    expect(seat.moves.list().map((move) => [seat.shownOf(move), move.canUndo, move.follows])).toEqual([
      ['half-done confirmed timed-out', false, ''],
      ['done confirmed', true, 'move-1'],
    ]);
    expect(seat.exchange.posts()).toEqual([somePost('repairs', { penalty: 2 })]);
    expect(await seat.finish('move-1')).toMatchObject({ code: 'already' });
    expect(await seat.undo('move-1')).toMatchObject({ code: 'cannot-undo' });
    await seat.undo('move-2');
    await seat.carryOut();
    await seat.carryOut();
    expect(seat.shown).toBe('done confirmed confirmed');
    expect(seat.exchange.posts()).toEqual([somePost('billing')]);
  });

  it('is taken back: what was done is undone', async () => {
    const seat = await half();
    await seat.undo();
    await seat.carryOut();
    expect(sentOf(seat.exchange)).toEqual(['QueueAdd', 'QueueRemove', 'QueueRemove']);
    expect(seat.exchange.posts()).toEqual([somePost('billing')]);
  });

  it('can be gone on with again where that was refused', async () => {
    const seat = await half();
    seat.exchange.staticIn.add('billing');
    await seat.finish();
    await seat.carryOut();
    expect(seat.shown).toBe('refused refused');
    expect(seat.last.steps[0]?.said).toBe('Member not dynamic');
    expect(seat.statics).toEqual(['billing']);
    expect(seat.moves.list()[0]?.canUndo).toBe(true);
    expect(await seat.undo('move-1')).toMatchObject({ ok: true });
  });
});

describe('taking back', () => {
  it.each([
    { what: 'remove', queue: 'billing' },
    { what: 'transfer', from: 'billing', to: 'sales', penalty: 0 },
    { what: 'unpause', queue: '' },
    { what: 'pause', queue: 'billing', reason: 'meal' },
    { what: 'penalty', queue: 'billing', penalty: 9 },
  ] as const)('%j restores name, state interface, penalty, pause and reason', async (change) => {
    const before = [
      somePost('billing', {
        interface: 'Local/101@seats/n',
        memberName: 'Ann Li',
        penalty: 3,
        paused: true,
        pausedReason: 'tea',
      }),
      somePost('repairs', { penalty: 1 }),
    ];
    const seat = new MovedSeat(before);
    await seat.ask(change);
    for (let step = 0; step < 3; step += 1) await seat.carryOut();
    expect(seat.last).toMatchObject({ state: 'done', canUndo: true });
    expect(seat.exchange.posts()).not.toEqual(before);
    await seat.undo();
    for (let step = 0; step < 3; step += 1) await seat.carryOut();
    expect(seat.last).toMatchObject({ state: 'done', follows: 'move-1' });
    expect([...seat.exchange.truth.values()].toSorted((a, b) => (a.queue < b.queue ? -1 : 1))).toEqual(
      before,
    );
    expect(seat.moves.list()[0]?.canUndo).toBe(false);
  });

  it('is not possible when something else has moved the seat since', async () => {
    const seat = new MovedSeat();
    await seat.ask(REPAIRS);
    await seat.carryOut();
    seat.exchange.elsewhere({ action: 'QueuePenalty', queue: 'repairs', interface: SEAT, penalty: 4 });
    seat.hearAll();
    expect(seat.last.canUndo).toBe(false);
    expect(await seat.undo()).toMatchObject({ code: 'cannot-undo' });
  });

  it('asks first where nobody would be left', async () => {
    const seat = new MovedSeat();
    await seat.ask(REPAIRS);
    await seat.carryOut();
    seat.aloneIn.add('repairs');
    expect(await seat.undo()).toMatchObject({ code: 'would-unstaff' });
    expect(await seat.undo('move-1', { evenUnstaffed: true })).toMatchObject({ ok: true });
  });

  it('is not for a move that touches what is not theirs', async () => {
    const seat = new MovedSeat([somePost('billing'), somePost('sales')]);
    await seat.ask({ what: 'pause', queue: '', reason: 'tea' });
    await seat.carryOut();
    const li = { ...ANN, name: 'li', sees: { hotlines: [], queues: ['billing'], seats: [] } };
    expect(await seat.undo('move-1', { who: li })).toMatchObject({ code: 'no-such-move' });
    expect(await seat.undo('move-9')).toMatchObject({ code: 'no-such-move' });
    expect(await seat.undo('move-1')).toMatchObject({ ok: true });
  });
});

describe('a pause of all queues', () => {
  const POSTS = [somePost('billing'), somePost('repairs'), somePost('sales')];

  it('is one action, done when every one of them says so', async () => {
    const seat = new MovedSeat(POSTS);
    await seat.ask({ what: 'pause', queue: '', reason: ' tea ' });
    seat.exchange.sent[0]?.run();
    seat.exchange.sent[0]?.answer();
    await settled();
    for (const shown of ['asked asked', 'asked asked', 'done confirmed']) {
      const event = seat.exchange.hear();
      if (event) seat.moves.hear(PBX, event);
      expect(seat.shown).toBe(shown);
    }
    expect(seat.exchange.posts().map(({ pausedReason }) => pausedReason)).toEqual(['tea', 'tea', 'tea']);
  });

  it('is one a queue where not all of them are theirs', async () => {
    const seat = new MovedSeat(POSTS);
    await seat.ask({ what: 'pause', queue: '', reason: 'tea' }, { within: ['repairs', 'sales'] });
    await seat.carryOut();
    await seat.carryOut();
    expect(seat.last.steps.map(({ queue, state }) => [queue, state])).toEqual([
      ['repairs', 'confirmed'],
      ['sales', 'confirmed'],
    ]);
    expect(seat.exchange.posts().map(({ paused }) => paused)).toEqual([false, true, true]);
  });

  it('goes with the seat into another queue', async () => {
    const seat = new MovedSeat([somePost('billing', { paused: true, pausedReason: 'tea' })]);
    await seat.ask(REPAIRS);
    await seat.carryOut();
    expect(seat.exchange.posts()[1]).toMatchObject({ queue: 'repairs', paused: true, pausedReason: 'tea' });
  });
});

describe('a member that Asterisk does not let go', () => {
  it('is asked to go first, so that nothing is left half done', async () => {
    const seat = new MovedSeat();
    seat.exchange.staticIn.add('billing');
    await seat.ask(TRANSFER);
    await seat.carryOut();
    expect(seat.last).toMatchObject({
      state: 'refused',
      steps: [
        { action: 'QueueRemove', state: 'refused', said: 'Member not dynamic' },
        { action: 'QueueAdd', state: 'waiting', said: '' },
      ],
    });
    expect(seat.exchange.posts()).toEqual([somePost('billing')]);
  });
});

describe('a seat that was taken out of its last queue', () => {
  it('is put into another as it was', async () => {
    const post = somePost('billing', { interface: 'Local/101@seats/n', memberName: 'Ann Li' });
    const seat = new MovedSeat([post]);
    await seat.ask({ what: 'remove', queue: 'billing' });
    await seat.carryOut();
    await seat.ask(REPAIRS);
    await seat.carryOut();
    expect(seat.exchange.posts()).toEqual([{ ...post, queue: 'repairs' }]);
  });
});

describe('the list', () => {
  it('keeps its rows as they are where nothing changed, for half an hour after their end', async () => {
    const seat = new MovedSeat();
    await seat.ask(REPAIRS);
    await seat.carryOut();
    const [first] = seat.moves.list();
    expect(Object.isFrozen(first)).toBe(true);
    expect(seat.moves.list()).toBe(seat.moves.list());
    await seat.ask({ what: 'pause', queue: 'billing', reason: 'tea' });
    expect(seat.moves.list()[0]).toBe(first);
    seat.clock.advance(30 * 60_000);
    expect(seat.moves.list().map(({ id }) => id)).toEqual(['move-2']);
    seat.clock.advance(TIMEOUT_MS);
    expect(seat.moves.list()).toEqual([]);
    expect(seat.clock.pending).toBe(0);
  });

  it('is bounded', async () => {
    const seat = new MovedSeat();
    for (let penalty = 1; penalty <= 210; penalty += 1) {
      await seat.ask({ what: 'penalty', queue: 'billing', penalty });
      await seat.carryOut();
    }
    expect(seat.moves.list()).toHaveLength(200);
    expect(seat.moves.list()[0]?.id).toBe('move-11');
  });

  it('at a stop holds nothing that runs', async () => {
    const seat = new MovedSeat();
    await seat.ask(REPAIRS);
    seat.moves.stop();
    expect(seat.shown).toBe('timed-out timed-out');
    expect(seat.clock.pending).toBe(0);
  });
});
