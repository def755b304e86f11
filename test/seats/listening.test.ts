import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventsOf } from '../../src/ami/recording.ts';
import type { Listened } from '../../src/calls/facts.ts';
import { Exchange } from '../../src/exchange.ts';
import type { EventScript } from '../support/event-script.ts';
import { readTrace } from '../traces/replay.ts';
import { SeatFloor } from './seat-floor.ts';

let floor: SeatFloor;

/** Seat 101 talks with a caller; 102 and a phone that is no seat may listen. */
beforeEach(() => {
  floor = new SeatFloor({
    seats: ['PJSIP/101', 'PJSIP/102'].map((phone) => ({ interface: phone, name: `at ${phone}` })),
  });
  at(0).created('caller', 'PJSIP/carrier', 4).created('talk', 'PJSIP/101').dials('caller', 'talk');
  at(1).up('caller').up('talk').enters('b', 'caller', 'talk');
  at(2).created('ear', 'PJSIP/102', 4).up('ear').created('office', 'PJSIP/kitchen', 4).up('office');
});

const at = (seconds: number): EventScript => floor.script.at(seconds);
const stops = (spy: string, spied: string): EventScript => {
  const [from, to] = [floor.script.ref(spy), floor.script.ref(spied)];
  return floor.script.say({ type: 'spy-stopped', spy: from, spied: to });
};
const agents = (): string[] => floor.listened.map(({ agent }) => agent);

describe('a talk that somebody listened to', () => {
  it('is told once the listening is over, of who was listened to', () => {
    at(5).listens('ear', 'talk').at(30);
    expect(floor.listened).toEqual([]);
    stops('ear', 'talk');
    expect(floor.listened).toEqual([
      {
        type: 'listened',
        id: 'north/talk/listened',
        pbx: 'north',
        seat: 'PJSIP/101',
        agent: 'at PJSIP/101',
        atMs: floor.script.nowMs,
      },
    ]);
  });

  it('is one, however often and by however many', () => {
    at(5).listens('ear', 'talk').listens('office', 'talk').at(30);
    stops('ear', 'talk');
    stops('office', 'talk');
    at(31).listens('ear', 'talk').at(40);
    stops('ear', 'talk');
    expect(agents()).toEqual(['at PJSIP/101']);
  });

  it("is the agent's too where the caller's line is listened to", () => {
    at(5).listens('office', 'caller').at(30);
    stops('office', 'caller');
    expect(agents()).toEqual(['at PJSIP/101']);
  });

  it('is none for who only passes by', () => {
    at(5).listens('ear', 'talk').at(7.9);
    stops('ear', 'talk');
    expect(agents()).toEqual([]);
  });

  it('ends with the channel that listens, and where the next one is listened to', () => {
    at(5).listens('ear', 'talk').at(9).gone('ear');
    expect(agents()).toEqual(['at PJSIP/101']);
    at(10).created('other', 'PJSIP/102').up('other').listens('office', 'other');
    at(20).listens('office', 'talk');
    expect(agents()).toEqual(['at PJSIP/101', 'at PJSIP/102']);
  });

  it('is told as far as it was heard, where the link is lost', () => {
    at(5).listens('ear', 'talk').at(6);
    floor.take({
      type: 'link-lost',
      pbxMs: floor.script.nowMs,
      atMs: floor.script.nowMs,
      lastHeardMs: floor.script.nowMs,
    });
    stops('ear', 'talk');
    expect(agents()).toEqual([]);
  });
});

it('is found in the recording of a real exchange', () => {
  const { definition, bytes } = readTrace(join(import.meta.dirname, '../traces/queue-spied.ami'));
  const [pbx] = definition.pbxs;
  if (!pbx) throw new Error('a trace without an exchange');
  const listened: Listened[] = [];
  const exchange = new Exchange(definition, pbx, {
    startedAtMs: 0,
    emit: (fact) => {
      if (fact.type === 'listened') listened.push(fact);
    },
  });
  for (const event of eventsOf(bytes)) exchange.reduce(event);
  expect(listened.map(({ seat }) => seat)).toEqual(['PJSIP/seat1221']);
});
