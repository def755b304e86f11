import { describe, expect, it } from 'vitest';
import { eventHabits, type Habit } from '../../src/simulator/faults.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const NAMES = [
  'ParkedCall',
  'BridgeLeave',
  'UnParkedCall',
  'Cdr',
  'AgentComplete',
  'Hangup',
  'ParkedCallGiveUp',
  'ParkedCallTimeOut',
];

/** Events that happen 20 ms after one another, as they are sent. */
function sent(habits: readonly Habit[]): string[] {
  const clock = new VirtualClock();
  const order: string[] = [];
  const { send } = eventHabits(seededRandom(3), new Set(habits), {
    nowMs: () => clock.nowMs(),
    after: (atMs, task) => void clock.after(atMs - clock.nowMs(), task),
  });
  for (let turn = 0; turn < 40; turn += 1) {
    for (const name of NAMES) {
      send(name, () => order.push(`${name} ${turn}`));
      clock.advance(20);
    }
  }
  clock.advance(1000);
  return order;
}
const only = (order: readonly string[], pattern: RegExp): string[] =>
  order.filter((name) => pattern.test(name));

describe('late sources', () => {
  const inOrder = sent([]);
  const late = sent(['late-sources']);

  it('overtake nothing of their own thread, and the channels never', () => {
    for (const thread of [/Park/, /Cdr/, /AgentComplete/, /BridgeLeave|Hangup/])
      expect(only(late, thread)).toEqual(only(inOrder, thread));
  });

  it.each([/Park/, /Cdr/, /AgentComplete/])('%s comes after what happened later', (thread) => {
    const withChannels = new RegExp(`${thread.source}|Hangup`);
    expect(only(late, withChannels)).not.toEqual(only(inOrder, withChannels));
    expect(late).toHaveLength(inOrder.length);
  });
});

it('an end of a dial may be told twice, and nothing else', () => {
  const clock = new VirtualClock();
  const told: string[] = [];
  const { send } = eventHabits(seededRandom(1), new Set(['repeated-dial-ends']), {
    nowMs: () => clock.nowMs(),
    after: (atMs, task) => void clock.after(atMs - clock.nowMs(), task),
  });
  for (let turn = 0; turn < 20; turn += 1)
    for (const name of ['DialEnd', 'ParkedCall']) send(name, () => told.push(name));
  clock.advance(1000);
  expect(only(told, /ParkedCall/)).toHaveLength(20);
  expect(only(told, /DialEnd/).length).toBeGreaterThan(20);
});
