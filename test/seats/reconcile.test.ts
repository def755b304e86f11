import { describe, expect, test } from 'vitest';
import { channelLine, memberLine, SCRIPT_START_MS } from '../support/event-script.ts';
import { SeatFloor } from './seat-floor.ts';

const A = 'PJSIP/101';
const Q = 'gas-sales';
const seatLine = channelLine({ uniqueid: 's', channel: `${A}-0000000s`, bridge: 'b' });
const callerLine = channelLine({ uniqueid: 'c', channel: 'PJSIP/carrier-0000000c', bridge: 'b' });

/** 101 talks to caller `c` of gas-sales since 3 s; wrap-up is `wrapupS`. */
function talking(wrapupS?: number): SeatFloor {
  const made = new SeatFloor({ queues: [{ name: Q, wrapupS, emergency: false }] });
  made.script.member('added', {}).at(1).created('c', 'PJSIP/carrier', 4).joins(Q, 'c').created('s', A);
  made.script.dials('c', 's').rings('s').at(3).up('s').connects(Q, 'c', A, 's').enters('b', 's', 'c');
  return made;
}

describe('the check of every minute', () => {
  test('a picture that is right is left alone', () => {
    const made = talking();
    made.script.at(10).snapshot({ members: [memberLine({ status: 2 })], channels: [seatLine, callerLine] });
    expect(made.show()).toBe('talking queue gas-sales 3');
    expect(made.seats.corrected).toBe(0);
  });
  test('a missed end is put right and counted', () => {
    const made = talking();
    made.script.at(10).snapshot({ members: [memberLine()] });
    expect(made.show()).toBe('idle 10');
    expect(made.seats.corrected).toBe(1);
  });
  test('a missed pause is put right and counted', () => {
    const made = new SeatFloor();
    made.script
      .member('added', {})
      .at(9)
      .snapshot({ members: [memberLine({ paused: true, pausedReason: 'meal' })] });
    expect([made.show(), made.seats.corrected]).toEqual(['paused 9', 1]);
  });
  test('an event after t0 wins over the list, for a pause, a joining and a leaving', () => {
    const made = new SeatFloor();
    made.script.member('added', {}).member('added', { interface: 'PJSIP/103' });
    made.script.at(10).member('paused', { paused: true }).member('added', { interface: 'PJSIP/102' });
    made.script.member('removed', { interface: 'PJSIP/103' });
    const t0 = { pbxMs: SCRIPT_START_MS + 9000, atMs: SCRIPT_START_MS + 9000 };
    const members = [memberLine(), memberLine({ interface: 'PJSIP/103' })];
    made.take({
      type: 'snapshot',
      purpose: 'check',
      rebooted: false,
      channels: [],
      queues: [],
      entries: [],
      processedCalls: undefined,
      members,
      ...t0,
    });
    expect([...made.seats.live()].map((seat) => seat.interface)).toEqual([A, 'PJSIP/102']);
    expect(made.show()).toBe('paused 10');
    expect(made.seats.corrected).toBe(0);
  });
  test('a member that is in no list is gone, and its seat with it', () => {
    const made = new SeatFloor();
    made.script.member('added', {}).at(9).snapshot();
    expect(made.seats.seat(A)).toBeUndefined();
    expect(made.seats.corrected).toBe(1);
  });
});

describe('not hearing the exchange', () => {
  test('every seat is unknown from the last that was heard, and an event alone does not change that', () => {
    const made = talking();
    made.script.at(20).linkLost(12);
    expect([made.show(), made.seats.stale]).toEqual(['unknown 12', true]);
    made.script.at(21).member('status', { status: 1 });
    expect(made.show()).toBe('unknown 12');
  });
  test('it hears again: what goes on is taken up, blindness stays an interval of its own', () => {
    const made = talking();
    made.script.at(20).linkLost(12).at(30);
    made.script.snapshot({ purpose: 'resync', members: [memberLine()], channels: [seatLine, callerLine] });
    expect([made.show(), made.seats.stale]).toEqual(['talking queue gas-sales 30', false]);
    expect(made.intervals().slice(-2)).toEqual(['talking queue 3-12', 'unknown 12-30']);
    expect(made.seats.corrected).toBe(0);
  });
  test('a talk that ended unseen: wrap-up by the exchange’s own LastCall', () => {
    const made = talking(20);
    made.script.at(20).linkLost(12).at(30);
    made.script.snapshot({
      purpose: 'resync',
      members: [memberLine({ lastCallS: SCRIPT_START_MS / 1000 + 25 })],
    });
    expect(made.show()).toBe('wrap-up queue gas-sales 30');
    expect(made.advance(60).show()).toBe('idle 45');
  });
  test('a restart of the exchange ends every channel, wrap-up and what the devices said', () => {
    const made = talking(600);
    made.script.at(9).gone('s').at(20).linkLost(12).at(30);
    made.script.snapshot({ purpose: 'resync', rebooted: true, members: [memberLine({ status: 5 })] });
    expect(made.show()).toBe('offline 30');
  });
  test('a talk found in mid-life gets its wrap-up where the exchange says the member is in a call', () => {
    const made = new SeatFloor({ queues: [{ name: Q, wrapupS: 10, emergency: false }] });
    made.callers.set('c', { busyWith: 'queue', on: Q });
    made.script.at(1).created('x', 'PJSIP/carrier', 4);
    made.script.at(2).snapshot({
      purpose: 'resync',
      members: [memberLine({ inCall: true, status: 2 })],
      channels: [seatLine, callerLine],
    });
    expect(made.show()).toBe('talking queue gas-sales 2');
    made.script.at(5).gone('s');
    expect(made.show()).toBe('wrap-up queue gas-sales 5');
  });
});
