import { describe, expect, test } from 'vitest';
import { SCRIPT_START_MS } from '../support/event-script.ts';
import { SeatFloor } from './seat-floor.ts';

const A = 'PJSIP/101';
const B = 'PJSIP/102';
const Q = 'gas-sales';

/** Seat 101 is a free member of queue gas-sales, whose wrap-up is `wrapupS`. */
function floor(wrapupS?: number): SeatFloor {
  const made = new SeatFloor({
    queues: [{ name: Q, wrapupS, emergency: false }],
    seats: [{ interface: B, name: 'Bea' }],
  });
  made.script.member('added', { memberName: 'Ann' });
  return made;
}
/** At 1 s a caller `c` of the queue is offered to 101 on `s`. */
function ringing(wrapupS?: number): SeatFloor {
  const made = floor(wrapupS);
  made.script.at(1).created('c', 'PJSIP/carrier', 4).up('c').joins(Q, 'c').created('s', A);
  made.script.offers(Q, 'c', A, 's').dials('c', 's').rings('s');
  return made;
}
/** At 3 s it talks. */
function talking(wrapupS?: number): SeatFloor {
  const made = ringing(wrapupS);
  made.script.at(3).up('s').dialEnds('c', 's', 'ANSWER').connects(Q, 'c', A, 's').enters('b', 's', 'c');
  return made;
}
/** At `seconds` the caller hangs up. */
function callerEnds(made: SeatFloor, seconds: number): void {
  made.script.at(seconds).leaves('b', 'c').gone('c').leaves('b', 's').gone('s');
}

describe('one state, since when and why', () => {
  test('a configured seat of which nothing was heard is unknown', () => {
    expect(floor().show(B)).toBe('unknown 0');
  });
  test('a free member is idle', () => expect(floor().show()).toBe('idle 0'));

  test.each([
    [5, 'offline'],
    [4, 'offline'],
    [0, 'unknown'],
    [1, 'idle'],
    [2, 'idle'],
    [3, 'idle'],
    [6, 'idle'],
    [8, 'idle'],
  ])('member status %i and no channel: %s', (status, state) => {
    const { script, seat } = bound(floor());
    script.at(1).member('status', { status });
    expect(seat().state).toBe(state);
  });

  test('an offered call rings, and says whose', () => {
    const made = ringing();
    expect(made.show()).toBe('ringing queue gas-sales 1');
    expect(made.seat().why).toBe('rings: queue gas-sales offered a call');
    expect(made.seat().agent).toBe('Ann');
  });
  test('answered, it talks from the bridge on', () =>
    expect(talking().show()).toBe('talking queue gas-sales 3'));

  test('answered but not yet bridged it is ringing, then alone on the line', () => {
    const made = ringing();
    made.script.at(3).up('s');
    expect(made.show()).toBe('ringing queue gas-sales 1');
    expect(made.advance(3.5).show()).toBe('dialling 3');
  });
  test('on hold by the Hold event, and back', () => {
    const made = talking();
    made.script.at(5).holds('s');
    expect(made.show()).toBe('on-hold queue gas-sales 5');
    made.script.at(7).unholds('s');
    expect(made.show()).toBe('talking queue gas-sales 7');
  });
  test('on hold by the device state, where no Hold came; an older one does not count', () => {
    const made = talking();
    made.script.at(5).device(A, 'ONHOLD');
    expect(made.show()).toBe('on-hold queue gas-sales 5');
    made.script.at(6).unholds('s');
    expect(made.show()).toBe('talking queue gas-sales 6');
  });

  test('its own call dials, then talks to whom it reached', () => {
    const made = floor();
    made.script.at(1).created('o', A, 4);
    expect(made.show()).toBe('dialling 1');
    made.script.at(2).created('t', 'PJSIP/carrier').dials('o', 't').rings('t');
    expect(made.show()).toBe('dialling outbound 1');
    made.script.at(4).up('t').up('o').enters('b', 'o', 't');
    expect(made.show()).toBe('talking outbound 4');
  });
  test('a colleague is internal, for both', () => {
    const made = floor();
    made.script.at(1).created('o', A, 4).created('t', B).dials('o', 't').rings('t');
    expect([made.show(A), made.show(B)]).toEqual(['dialling internal 1', 'ringing internal 1']);
    made.script.at(2).up('t').up('o').enters('b', 'o', 't');
    expect([made.show(A), made.show(B)]).toEqual(['talking internal 2', 'talking internal 2']);
  });
  test('alone in an application (its voicemail) it dials: nobody is there', () => {
    const made = floor();
    made.script.at(1).created('o', A, 4).up('o');
    expect(made.advance(30).show()).toBe('dialling 1');
  });
  test('a leader who listens talks, internally', () => {
    const made = talking();
    made.script.at(4).created('l', B, 4).up('l').listens('l', 's');
    expect(made.show(B)).toBe('talking internal 4');
    expect(made.seat(B).why).toBe('listens to Ann');
  });
  test('a phone that hung up is free, though the exchange keeps its channel', () => {
    const made = talking();
    made.script.at(4).created('l', B, 4).up('l').listens('l', 's');
    made.script.at(6).say({ type: 'hangup-requested', ...made.script.ref('l'), cause: 16 });
    expect(made.show(B)).toBe('idle 6');
    made.script.at(9).gone('l');
    expect(made.show(B)).toBe('idle 6');
  });
  test('a direct call of a hotline', () => {
    const made = floor();
    made.callers.set('c', { busyWith: 'hotline', on: 'gas' });
    made.script.at(1).created('c', 'PJSIP/carrier', 4).created('s', A).dials('c', 's').rings('s');
    expect(made.show()).toBe('ringing hotline gas 1');
    made.script.at(2).up('s').enters('b', 's', 'c');
    expect(made.show()).toBe('talking hotline gas 2');
  });
});

describe('what the exchange does to mislead', () => {
  test('device_state_busy_at=1: a ringing and a talking seat are both status 3 (1.8)', () => {
    const made = ringing();
    made.script.member('status', { status: 3 });
    expect(made.show()).toBe('ringing queue gas-sales 1');
    made.script.at(3).up('s').connects(Q, 'c', A, 's').enters('b', 's', 'c').member('status', { status: 3 });
    expect(made.show()).toBe('talking queue gas-sales 3');
    callerEnds(made, 9);
    expect(made.show()).toBe('idle 9');
  });
  test('ringinuse: another call rings a seat that talks; it talks on (call waiting)', () => {
    const made = talking();
    made.script.at(5).created('c2', 'PJSIP/carrier', 4).joins('other', 'c2').created('s2', A);
    made.script.dials('c2', 's2').rings('s2').member('status', { status: 7 });
    expect(made.show()).toBe('talking queue gas-sales 3');
    callerEnds(made, 8);
    expect(made.show()).toBe('ringing queue other 8');
  });
  test('ring-all: losers fall back to idle, only the winner talks (1.6)', () => {
    const made = ringing();
    made.script.created('s2', B).dials('c', 's2').rings('s2');
    made.script.at(3).up('s').dialEnds('c', 's2', 'CANCEL').dialEnds('c', 's2', 'CANCEL').gone('s2');
    made.script.connects(Q, 'c', A, 's').enters('b', 's', 'c');
    expect([made.show(A), made.show(B)]).toEqual(['talking queue gas-sales 3', 'idle 3']);
  });
  test('a Local member is the seat of its state interface; the phone behind two bridges talks (1.10)', () => {
    const made = new SeatFloor();
    const face = 'Local/101@seats/n';
    made.script.member('added', { interface: face, stateInterface: A });
    made.script.at(1).created('c', 'PJSIP/carrier', 4).joins(Q, 'c');
    made.script.created('l1', 'Local/101@seats-00000001;1').created('l2', 'Local/101@seats-00000001;2');
    made.script.dials('c', 'l1').created('s', A).dials('l2', 's').rings('s').offers(Q, 'c', face, 'l1');
    expect(made.show()).toBe('ringing queue gas-sales 1');
    made.script.at(3).up('s').up('l2').up('l1').connects(Q, 'c', face, 'l1');
    made.script.enters('b1', 'l1', 'c').enters('b2', 'l2', 's');
    expect(made.show()).toBe('talking queue gas-sales 3');
    // It optimises away: the phone leaves its bridge and enters the caller's.
    made.script
      .at(4)
      .leaves('b2', 's')
      .enters('b1', 's')
      .leaves('b1', 'l1')
      .leaves('b2', 'l2')
      .gone('l1', 'l2');
    expect(made.advance(10).show()).toBe('talking queue gas-sales 3');
    expect([...made.seats.live()].map((seat) => seat.interface)).toEqual([A]);
  });
  test('a Local member without a state interface: the phone dialled through it counts for it', () => {
    const made = new SeatFloor();
    const face = 'Local/7@out/n';
    made.script.member('added', { interface: face }).at(1).created('c', 'PJSIP/carrier', 4).joins(Q, 'c');
    made.script.created('l1', 'Local/7@out-00000001;1').created('l2', 'Local/7@out-00000001;2');
    made.script.dials('c', 'l1').created('m', 'PJSIP/carrier').dials('l2', 'm').rings('m');
    expect(made.show(face)).toBe('ringing queue gas-sales 1');
    made.script
      .at(2)
      .up('m')
      .up('l2')
      .up('l1')
      .connects(Q, 'c', face, 'l1')
      .enters('b1', 'l1', 'c')
      .enters('b2', 'l2', 'm');
    expect(made.show(face)).toBe('talking queue gas-sales 2');
    made.script.at(5).leaves('b1', 'c').gone('c').leaves('b2', 'm').gone('m');
    expect(made.show(face)).toBe('idle 5');
  });
  test('blind transfer: free at its own end, not at the call’s (1.9)', () => {
    const made = talking(10);
    made.script.at(6).leaves('b', 's').completes(Q, 'c', A, 's').gone('s').leaves('b', 'c');
    expect(made.show()).toBe('wrap-up queue gas-sales 6');
    expect(made.advance(20).show()).toBe('idle 16');
  });
  test('attended transfer: held caller, consultation, then both seats right (1.9)', () => {
    const made = talking(10);
    made.script.at(5).holds('s').created('o', A, 4).created('t', B).dials('o', 't').rings('t');
    expect(made.show(A)).toBe('dialling internal 5');
    made.script.at(6).up('t').up('o').enters('b2', 'o', 't');
    expect(made.show(A)).toBe('talking internal 6');
    made.script.at(9).leaves('b2', 't').enters('b', 't').leaves('b2', 'o').leaves('b', 's').gone('o', 's');
    expect(made.show(B)).toBe('talking queue gas-sales 9');
    expect(made.show(A)).toBe('wrap-up queue gas-sales 9');
  });
  test('pausing a ringing seat neither stops the ring nor shows a pause; it shows beside (1.19)', () => {
    const made = ringing();
    made.script.at(2).member('paused', { paused: true, pausedReason: 'meal', status: 6 });
    expect(made.show()).toBe('ringing queue gas-sales 1');
    expect(made.seat().paused).toBe(true);
    made.script.at(3).up('s').enters('b', 's', 'c');
    callerEnds(made, 8);
    expect(made.show()).toBe('paused 8');
    expect(made.seat().why).toBe('paused: meal');
  });
  test('a seat in many queues: one seat, and a status told for each does not flap (1.18)', () => {
    const made = floor();
    made.script.member('added', { queue: 'q2' }).member('added', { queue: 'q3' });
    for (const status of [6, 1, 5, 1]) {
      for (const queue of [Q, 'q2', 'q3'])
        made.script.at(status).member('status', { queue, status, memberName: 'Ann' });
    }
    expect([...made.seats.live()]).toHaveLength(2);
    expect([...made.seat().memberships.keys()]).toEqual([Q, 'q2', 'q3']);
  });
  test('AgentComplete after both Hangups starts no second wrap-up (1.17)', () => {
    const made = talking(5);
    callerEnds(made, 9);
    made.script.at(12).completes(Q, 'c', A, 's');
    expect(made.advance(60).show()).toBe('idle 14');
  });
  test('a call picked up by a colleague: he talks, and the exchange wraps up the member it rang', () => {
    const made = ringing(10);
    made.script.member('added', { interface: B }).at(3).created('p', B, 4).up('p').gone('s');
    made.script.connects(Q, 'c', A, 'p').enters('b', 'p', 'c');
    expect([made.show(A), made.show(B)]).toEqual(['idle 3', 'talking queue gas-sales 3']);
    made.script.at(15).leaves('b', 'c').completes(Q, 'c', A, 'p').gone('c').leaves('b', 'p').gone('p');
    expect([made.show(A), made.show(B)]).toEqual(['wrap-up queue gas-sales 15', 'idle 15']);
  });
  test('a masquerade gives a channel to another phone: it counts there (1.11)', () => {
    const made = talking();
    made.script.at(5).say({ type: 'channel-state', uniqueid: 's', channel: `${B}-00000009`, state: 6 });
    expect([made.show(A), made.show(B)]).toEqual(['idle 5', 'talking queue gas-sales 5']);
  });
  test('a device whose channels cannot be seen: believed after two seconds, told from when it began', () => {
    const made = new SeatFloor();
    const hint = 'hint:101@ext';
    made.script.member('added', { interface: 'Local/101@q/n', stateInterface: hint });
    made.script.at(5).member('status', { interface: 'Local/101@q/n', stateInterface: hint, status: 2 });
    expect(made.advance(6).show(hint)).toBe('idle 0');
    expect(made.advance(7).show(hint)).toBe('talking 5');
  });
});

describe('wrap-up and pause', () => {
  test.each([
    ['the member’s own', 20, 10, 'wrap-up queue gas-sales 9', 29],
    ['the queue’s', 0, 10, 'wrap-up queue gas-sales 9', 19],
  ] as const)('%s time, to the second', (_what, own, queues, shown, untilS) => {
    const made = talking(queues);
    made.script.member('status', { wrapupS: own, memberName: 'Ann' });
    callerEnds(made, 9);
    expect(made.show()).toBe(shown);
    expect(made.seats.nextDueMs()).toBe(SCRIPT_START_MS + untilS * 1000);
    expect(made.advance(untilS + 30).show()).toBe(`idle ${untilS}`);
  });
  test('unknown wrap-up is idle, never guessed', () => {
    const made = talking();
    callerEnds(made, 9);
    expect(made.show()).toBe('idle 9');
  });
  test('no wrap-up after a call that was not the queue’s', () => {
    const made = floor(10);
    made.script
      .at(1)
      .created('o', A, 4)
      .created('t', B)
      .dials('o', 't')
      .up('t')
      .up('o')
      .enters('b', 'o', 't');
    made.script.at(4).leaves('b', 't').gone('t').leaves('b', 'o').gone('o');
    expect(made.show()).toBe('idle 4');
  });
  test('a call in wrap-up rings; wrap-up goes on after it', () => {
    const made = talking(30);
    callerEnds(made, 9);
    made.script.at(11).created('x', A).created('y', B, 4).dials('y', 'x').rings('x');
    expect(made.show()).toBe('ringing internal 11');
    made.script.at(14).gone('x');
    expect(made.show()).toBe('wrap-up queue gas-sales 14');
  });
  test('paused in some of its queues is not paused; in all, for the latest reason', () => {
    const made = floor();
    made.script.member('added', { queue: 'q2', memberName: 'Ann' });
    made.script
      .at(1)
      .member('paused', { queue: 'q2', paused: true, pausedReason: 'mail', memberName: 'Ann' });
    expect(made.show()).toBe('idle 0');
    expect(made.seat().memberships.get('q2')?.paused).toBe(true);
    made.script.at(2).member('paused', { paused: true, pausedReason: 'meal', memberName: 'Ann' });
    expect(made.show()).toBe('paused 2');
    expect(made.seat().pausedReason).toBe('meal');
  });
});

describe('what is said', () => {
  test('every interval once, seamless, what it shares with others frozen', () => {
    const made = talking(5);
    callerEnds(made, 9);
    made.advance(60);
    expect(made.intervals()).toEqual([
      'idle 0-1',
      'ringing queue 1-3',
      'talking queue 3-9',
      'wrap-up queue 9-14',
    ]);
    expect(new Set(made.facts.map((fact) => fact.id)).size).toBe(made.facts.length);
    const shared = made.facts.flatMap(({ queues, pausedIn }) => [queues, pausedIn]);
    expect(shared.filter((posts) => !Object.isFrozen(posts))).toEqual([]);
  });
  test('a seat that leaves its last queue disappears, unless it is configured', () => {
    const made = floor();
    made.script.at(5).member('removed', {});
    expect(made.seats.seat(A)).toBeUndefined();
    expect(made.intervals()).toEqual(['idle 0-5']);
    made.script.member('added', { interface: B }).at(6).member('removed', { interface: B });
    expect(made.seats.seat(B)).toBeDefined();
  });
  test('another person at the seat splits the interval and is no new state', () => {
    const made = floor();
    made.script.at(5).member('status', { memberName: 'Cleo' });
    expect(made.show()).toBe('idle 0');
    expect(made.facts.map((fact) => fact.agent)).toEqual(['Ann']);
  });
  test('other queues, or a pause in one of them, split the interval and are no new state', () => {
    const made = floor();
    made.script.at(5).member('added', { queue: 'gas-help', memberName: 'Ann' });
    made.script.at(7).member('paused', { queue: 'gas-help', memberName: 'Ann', paused: true });
    made.script.at(9).member('status', { memberName: 'Ann', status: 2 });
    expect(made.show()).toBe('idle 0');
    expect(made.seat().intervalFromMs).toBe(SCRIPT_START_MS + 7000);
    made.script.at(10).member('removed', { queue: 'gas-help' });
    expect(made.intervals()).toEqual(['idle 0-5', 'idle 5-7', 'idle 7-10']);
    expect(made.facts.map(({ queues, pausedIn }) => [queues, pausedIn])).toEqual([
      [[Q], []],
      [[Q, 'gas-help'], []],
      [[Q, 'gas-help'], ['gas-help']],
    ]);
  });
  test('changed seats are told once', () => {
    const made = ringing();
    expect([...made.seats.takeDirty()].map((seat) => seat.interface)).toContain(A);
    expect([...made.seats.takeDirty()]).toEqual([]);
  });
});

/** `seat` taken apart from its floor. */
const bound = (made: SeatFloor) => ({ script: made.script, seat: () => made.seat() });
