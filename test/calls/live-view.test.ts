import { beforeEach, expect, it } from 'vitest';
import type { Exchange } from '../../src/exchange.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';
import { EventScript, SCRIPT_START_MS } from '../support/event-script.ts';
import { WatchedCalls } from './watched-calls.ts';

let live: Exchange['live'];
let says: EventScript;
beforeEach(() => {
  const watched = new WatchedCalls(
    someWatch({
      hotlines: [
        someHotline({ testNumbers: ['999'] }),
        someHotline({ name: 'people', kind: 'people', numbers: ['200'], queues: [] }),
      ],
      pbxs: [somePbx({ seats: [{ interface: 'PJSIP/1', name: 'Ann' }] })],
    }),
  );
  live = watched.exchange.live;
  says = new EventScript((event) => void watched.take(event));
});

function arrives(id: string, atS: number, number = '100', callerNumber = ''): void {
  const channel = `PJSIP/carrier-0000000${id}`;
  const where = { linkedid: id, callerNumber, context: '', extension: number };
  says.at(atS).say({ type: 'channel-created', uniqueid: id, channel, state: 4, ...where });
}
const instant = (atS: number): number => SCRIPT_START_MS + atS * 1000;

it('shows who waits in a queue, longest first, and whose way out of it is not known', () => {
  for (const [id, atS] of [
    ['1', 0],
    ['2', 1],
    ['3', 2],
  ] as const)
    arrives(id, atS);
  says.at(5).joins('support', '2').at(6).joins('support', '1').at(7).joins('support', '3');
  expect(live.queueCallers('support')).toEqual([
    { uniqueid: '2', sinceMs: instant(5) },
    { uniqueid: '1', sinceMs: instant(6) },
    { uniqueid: '3', sinceMs: instant(7) },
  ]);
  says.at(8).say({ type: 'queue-left', ...says.ref('2'), uniqueid: '2', queue: 'support' });
  expect(live.queueCallers('support').map(({ uniqueid }) => uniqueid)).toEqual(['1', '3']);
  expect(live.queueUnsettled('support')).toBe(3);
  expect(live.queueCallers('another')).toEqual([]);
  expect(live.queueUnsettled('another')).toBe(0);
});

it('shows who talks out of a queue, until the seat leaves, and again when it comes back', () => {
  arrives('1', 0);
  says.at(5).joins('support', '1').created('s', 'PJSIP/1').dials('1', 's').at(8).enters('b', 's', '1');
  expect([live.queueConnected('support'), live.queueUnsettled('support')]).toEqual([1, 0]);
  says.at(9).leaves('b', 's');
  expect(live.queueConnected('support')).toBe(0);
  says.at(10).enters('b', 's');
  expect(live.queueConnected('support')).toBe(1);
  expect(live.hotline('gas')).toMatchObject({ calls: 1, talking: 1, waiting: 0 });
  says.at(20).gone('s', '1');
  expect(live.queueConnected('support')).toBe(0);
});

it('waits on a people hotline from the arrival, on an attendant one from asking', () => {
  arrives('1', 0);
  arrives('2', 3, '200');
  expect(live.hotline('gas')).toMatchObject({ calls: 1, waiting: 0, longestSinceMs: undefined });
  expect(live.hotline('people')).toMatchObject({ calls: 1, waiting: 1, longestSinceMs: instant(3) });
  says.at(9).joins('support', '1');
  expect(live.hotline('gas')).toMatchObject({ waiting: 1, longestSinceMs: instant(9) });
  says.at(12).say({ type: 'queue-abandoned', ...says.ref('1'), uniqueid: '1', queue: 'support', holdS: 3 });
  expect(live.hotline('unheard-of')).toMatchObject({ calls: 0, waiting: 0 });
});

it('what is not decided is pending, once and by target; a test caller never', () => {
  arrives('1', 0);
  arrives('2', 1, '100', '999');
  arrives('3', 2, '200');
  const pending = (hotline: string): unknown => live.hotline(hotline).pending;
  expect(pending('gas')).toEqual({ auto: 1, transfer: 0, direct: 0, 'after-hours': 0 });
  expect(pending('people')).toEqual({ auto: 0, transfer: 0, direct: 1, 'after-hours': 0 });
  says.at(3).up('1').joins('support', '1');
  expect(pending('gas')).toEqual({ auto: 0, transfer: 1, direct: 0, 'after-hours': 0 });
  expect(live.pendingSince('gas', 'transfer', instant(0))).toBe(1);
  expect(live.pendingSince('gas', 'transfer', instant(1))).toBe(0);
});

it('counts the lines a trunk has in use', () => {
  arrives('1', 0);
  arrives('2', 0);
  expect(live.trunkLinesInUse('PJSIP/carrier')).toBe(2);
  says.gone('1');
  expect(live.trunkLinesInUse('PJSIP/carrier')).toBe(1);
  expect(live.trunkLinesInUse('PJSIP/none')).toBe(0);
  arrives('3', 1);
  says.gone('2').gone('3');
  expect([live.trunkLinesInUse('PJSIP/carrier'), live.trunkPeak('PJSIP/carrier')]).toEqual([0, 2]);
});
