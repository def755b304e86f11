import { expect, it } from 'vitest';
import { AmiClient } from '../../src/simulator/ami-client.ts';
import { AmiLine } from '../../src/simulator/ami-line.ts';
import { PracticePbx } from '../../src/simulator/practice-pbx.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';

const START_MS = Date.UTC(2026, 10, 23, 2);
const LOGIN = 'Action: Login\r\nUsername: u\r\nSecret: s\r\n\r\n';
const PING = 'Action: Ping\r\n\r\n';

function line(isRacing = false): AmiLine {
  const pbx = new PracticePbx({
    seed: 1,
    callsPerHour: 0,
    site: SHANGHAI,
    startMs: START_MS,
    systemName: '',
    onEvent: () => undefined,
  });
  const made = new AmiLine(new AmiClient(pbx.floor, { user: 'u', secret: 's' }, '1'), isRacing);
  made.receive(LOGIN, 0);
  made.take(0);
  return made;
}

it('sends at once what happens, in order', () => {
  const made = line();
  made.hear('call', 'one ', 5);
  made.hear('call', 'two', 5);
  expect([made.dueMs <= 5, made.take(5), made.dueMs]).toEqual([true, 'one two', Infinity]);
});

it('holds everything back while it stalls, and loses nothing', () => {
  const made = line();
  made.stall(1000);
  made.hear('call', 'one', 5);
  expect([made.take(5), made.take(999), made.dueMs]).toEqual(['', '', 1000]);
  expect(made.take(1000)).toBe('one');
});

it('breaks in the next event, and is dead then', () => {
  const made = line();
  made.breakInNextEvent(3);
  expect(made.isDead).toBe(false);
  made.hear('call', 'Event: Hangup', 5);
  made.hear('call', 'more', 6);
  expect([made.take(6), made.isDead]).toEqual(['Eve', true]);
});

it('lets an answer overtake the event before it where lists race, but not the one after', () => {
  const made = line(true);
  made.hear('call', 'one', 100);
  made.receive(PING + PING, 101);
  expect(made.take(101)).toMatch(/^Response: Success[^]*Pong[^]*\r\n\r\none$/);
  made.hear('call', 'two', 110);
  expect([made.dueMs, made.take(112)]).toEqual([116, '']);
  expect(made.take(116)).toMatch(/^Response: Success[^]*two$/);
});

it('tells of a refused login apart: it is sent late, and the connection closed', () => {
  const made = line();
  made.receive('Action: Logoff\r\n\r\n', 5);
  expect(made.closing).toMatchObject({ type: 'close', afterMs: 0 });
});
