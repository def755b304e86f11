import { expect, test } from 'vitest';
import { memberLine, SCRIPT_START_MS } from '../support/event-script.ts';
import { SeatFloor } from './seat-floor.ts';

const A = 'PJSIP/101';
const B = 'PJSIP/102';
const Q = 'gas-sales';

test('AgentComplete of a call that a colleague picked up names no caller: the member still wraps up', () => {
  const made = new SeatFloor({ queues: [{ name: Q, wrapupS: 10, emergency: false }] });
  made.script.member('added', {}).member('added', { interface: B });
  made.script.at(1).created('c', 'PJSIP/carrier', 4).up('c').joins(Q, 'c').created('s', A);
  made.script.offers(Q, 'c', A, 's').dials('c', 's').rings('s');
  made.script.at(3).created('p', B, 4).up('p').gone('s').connects(Q, 'c', A, 'p').enters('b', 'p', 'c');
  made.script.at(15).leaves('b', 'c').gone('c').leaves('b', 'p').gone('p').at(15.2).completes(Q, '', A, 'p');
  expect([made.show(A), made.show(B)]).toEqual(['wrap-up queue gas-sales 15.2', 'idle 15']);
});

test('it starts no second wrap-up of a talk whose end was seen', () => {
  const made = new SeatFloor({ queues: [{ name: Q, wrapupS: 5, emergency: false }] });
  made.script.member('added', {});
  made.script.at(1).created('c', 'PJSIP/carrier', 4).up('c').joins(Q, 'c').created('s', A);
  made.script.offers(Q, 'c', A, 's').dials('c', 's').up('s').connects(Q, 'c', A, 's').enters('b', 's', 'c');
  made.script.at(9).leaves('b', 'c').gone('c').leaves('b', 's').gone('s').at(9.4).completes(Q, '', A, 's');
  expect(made.show(A)).toBe('wrap-up queue gas-sales 9');
  expect(made.advance(60).show(A)).toBe('idle 14');
});

test('a phone in no queue is not known to be free after a gap: no list tells of it', () => {
  const made = new SeatFloor({ seats: [{ interface: A, name: 'Ann' }] });
  made.script.at(1).device(A, 'NOT_INUSE').at(2).linkLost(2);
  made.script.at(5).snapshot({ purpose: 'resync' });
  expect([made.show(A), made.seat(A).why]).toEqual(['unknown 2', 'nothing heard of its phone yet']);
  made.script.at(6).device(A, 'NOT_INUSE');
  expect(made.show(A)).toBe('idle 6');
});

test('a last call that lies in the future tells nothing: the exchange’s clock was set back', () => {
  const made = new SeatFloor({ queues: [{ name: Q, wrapupS: 10, emergency: false }] });
  const lastCallS = SCRIPT_START_MS / 1000;
  const found = (endedS: number) => [memberLine({ lastCallS: lastCallS + endedS })];
  made.script
    .at(1)
    .member('added', {})
    .linkLost(1)
    .at(5)
    .snapshot({ purpose: 'resync', members: found(3600) });
  expect(made.show()).toBe('idle 5');
  made.script
    .at(6)
    .linkLost(6)
    .at(8)
    .snapshot({ purpose: 'resync', members: found(4) });
  expect(made.show()).toBe('wrap-up queue gas-sales 8');
  expect(made.advance(30).show()).toBe('idle 14');
});
