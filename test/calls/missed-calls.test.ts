import { expect, it } from 'vitest';
import type { ChannelCreated, Snapshot } from '../../src/ami/pbx-event.ts';
import { MissedCalls } from '../../src/calls/missed-calls.ts';

const begun = (pbxMs: number, state = 4): ChannelCreated => ({
  type: 'channel-created',
  uniqueid: `${pbxMs}`,
  channel: 'PJSIP/carrier-00000001',
  linkedid: '',
  state,
  callerNumber: '',
  context: '',
  extension: '',
  pbxMs,
  atMs: pbxMs,
});
const told = (pbxMs: number, processedCalls: number | undefined, more: Partial<Snapshot> = {}): Snapshot => ({
  type: 'snapshot',
  purpose: 'resync',
  rebooted: false,
  channels: [],
  queues: [],
  members: [],
  entries: [],
  processedCalls,
  pbxMs,
  atMs: pbxMs,
  ...more,
});

it('the first snapshot tells nothing of before', () => {
  expect(new MissedCalls().missedUntil(told(0, 50))).toBeUndefined();
});

it('counts what began unheard, and says when it was nothing', () => {
  const missed = new MissedCalls();
  missed.missedUntil(told(0, 50));
  missed.hear(begun(10));
  missed.hear(begun(11, 0));
  expect(missed.missedUntil(told(20, 51))).toBe(0);
  missed.hear(begun(30));
  expect(missed.missedUntil(told(40, 55))).toBe(3);
});

it('a restart, an untold counter and one that ran backwards tell nothing, and counting goes on', () => {
  const missed = new MissedCalls();
  missed.missedUntil(told(0, 50));
  expect(missed.missedUntil(told(10, 2, { rebooted: true }))).toBeUndefined();
  expect(missed.missedUntil(told(20, 2))).toBe(0);
  expect(missed.missedUntil(told(30, 1))).toBeUndefined();
  expect(missed.missedUntil(told(40, undefined))).toBeUndefined();
  expect(missed.missedUntil(told(50, 9))).toBeUndefined();
  expect(missed.missedUntil(told(60, 10))).toBe(1);
});

it('a check during which a call began is no ground; the one before it is', () => {
  const missed = new MissedCalls();
  missed.missedUntil(told(0, 50));
  missed.hear(begun(21));
  expect(missed.missedUntil(told(20, 51, { purpose: 'check' }))).toBeUndefined();
  expect(missed.missedUntil(told(40, 53))).toBe(2);
});
