import { expect, test } from 'vitest';
import { SeatFloor } from './seat-floor.ts';

/** From 1 s the seat talks to an outside line it called, two Local channels and three bridges away. */
function farTalk(): SeatFloor {
  const made = new SeatFloor();
  made.script
    .member('added', {})
    .at(1)
    .created('s', 'PJSIP/101', 4)
    .up('s')
    .created('t', 'PJSIP/carrier')
    .up('t');
  made.script.created('k1', 'Local/7@out-00000001;1').created('k2', 'Local/7@out-00000001;2');
  made.script.created('l1', 'Local/8@out-00000002;1').created('l2', 'Local/8@out-00000002;2');
  made.script.enters('b1', 's', 'k1').enters('b2', 'k2', 'l1').enters('b3', 'l2', 't');
  return made;
}

test('the seat talks to whoever is at the end of its Local channels', () => {
  expect(farTalk().show()).toBe('talking outbound 1');
});

test.each([
  ['the far end leaves its bridge', (made: SeatFloor) => made.script.leaves('b3', 't')],
  ['the far end hangs up', (made: SeatFloor) => made.script.gone('t')],
  ['a Local half leaves the bridge between', (made: SeatFloor) => made.script.leaves('b2', 'l1')],
  ['a Local half hangs up', (made: SeatFloor) => made.script.gone('k2')],
])('%s: the seat is alone from then on', (_, happens) => {
  const made = farTalk();
  made.script.at(5);
  happens(made);
  made.advance(9);
  expect(made.show()).toBe('dialling 5');
});
