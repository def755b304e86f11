import { describe, expect, it } from 'vitest';
import type { ChannelLine, Snapshot } from '../../src/ami/pbx-event.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { reconcile } from '../../src/calls/reconcile.ts';
import { type LeftCall, resume } from '../../src/calls/resume.ts';
import { stateOf } from '../../src/calls/state-of.ts';
import { CallerScript, hotline, OPEN_MS } from './caller-script.ts';

const LOST_MS = OPEN_MS + 10_000;

/** What a run leaves that ended 10 s after the arrival of a caller who waits in a queue. */
function lastRun(): { readonly left: LeftCall; readonly facts: readonly Fact[] } {
  const script = new CallerScript(hotline()).arrives().pickedUp(1).joins(3, 'sales');
  const [call] = script.calls.open.values();
  if (!call) throw new Error('the call is open');
  const state: unknown = JSON.parse(JSON.stringify(stateOf(script.calls.context, call)));
  return { left: { uniqueid: call.uniqueid, state }, facts: script.facts };
}

function picture(atS: number, more: Partial<Snapshot> = {}): Snapshot {
  const atMs = OPEN_MS + atS * 1000;
  const nothing = { channels: [], queues: [], members: [], entries: [], processedCalls: undefined };
  return { type: 'snapshot', purpose: 'resync', rebooted: false, ...nothing, ...more, pbxMs: atMs, atMs };
}

const CALLER = { uniqueid: '100.1', channel: 'PJSIP/carrier-00000001' };
const line: ChannelLine = {
  ...CALLER,
  linkedid: '100.1',
  state: 6,
  callerNumber: '13800000001',
  context: 'menu',
  extension: 's',
  application: 'Queue',
  data: '',
  ageMs: 20_000,
  bridge: '',
  dialledNumber: '4001',
};

/** States as a disk, or another version, may give them back. */
const DAMAGED: readonly (readonly [string, (state: object) => unknown])[] = [
  ['lost', () => null],
  ['of a version to come', (state) => ({ ...state, version: 2 })],
  ['half', () => ({ version: 1, hotline: 'gas' })],
  ['another thing', () => 'gas'],
  ['with an outcome nobody knows', (state) => ({ ...state, scored: { auto: 'perhaps' } })],
  ["another call's", (state) => ({ ...state, channels: [{ id: '100.9', state: 4, created: [0, 0] }] })],
  ['without its channel', (state) => ({ ...state, channels: [] })],
];

describe.each(DAMAGED)('a state that is %s', (_what, damage) => {
  const { left, facts } = lastRun();
  const damaged = { ...left, state: damage(left.state as object) };

  function nextRun(): CallerScript {
    const script = new CallerScript(hotline());
    const done = resume(script.calls, [damaged], { lostAtMs: LOST_MS, facts });
    expect(done).toEqual({ resumed: 1, refused: 1, dropped: 0 });
    return script;
  }

  it('leaves a call that ends unknown, what was decided standing', () => {
    const script = nextRun();
    reconcile(script.calls, picture(30));
    const told = script.told();
    expect(told.record).toMatchObject({ outcome: 'unknown', reachedAtMs: OPEN_MS, takenUp: false });
    expect(told.record.stages).toMatchObject([{ queue: 'sales', end: 'unknown' }]);
    // The pick-up was scored by the last run.
    expect(told.scores).toEqual({ transfer: 'unknown' });
  });

  it('leaves the caller who still waits in the queue, once', () => {
    const script = nextRun();
    const entry = { ...CALLER, queue: 'sales', position: 1, waitS: 17 };
    reconcile(script.calls, picture(20, { channels: [line], entries: [entry] }));
    expect(script.facts).toEqual([]);
    const told = script.joinedBefore('sales').gaveUp(33).hangsUp(33);
    expect(told.record).toMatchObject({ outcome: 'unknown', takenUp: false });
    const ended = told.facts.filter(({ type }) => type === 'queue-ended');
    const entered = facts.filter(({ type }) => type === 'queue-entered');
    expect(ended.map(({ id }) => id.replace('/ended', ''))).toEqual(
      entered.map(({ id }) => id.replace('/entered', '')),
    );
  });
});

describe('a call that cannot go on', () => {
  it('of a hotline that is watched no more is dropped, and counted', () => {
    const { left, facts } = lastRun();
    const script = new CallerScript(hotline({ name: 'water' }));
    const done = resume(script.calls, [left], { lostAtMs: LOST_MS, facts });
    expect(done).toEqual({ resumed: 0, refused: 0, dropped: 1 });
    expect(script.calls.open.size).toBe(0);
  });

  it('of which not even a fact is left is dropped, and counted', () => {
    const script = new CallerScript(hotline());
    const lost = { uniqueid: '100.1', state: undefined };
    expect(resume(script.calls, [lost], { lostAtMs: LOST_MS, facts: [] })).toEqual({
      resumed: 0,
      refused: 1,
      dropped: 1,
    });
  });

  it('is taken back once, however often it was kept', () => {
    const { left, facts } = lastRun();
    const script = new CallerScript(hotline());
    const done = resume(script.calls, [left, left], { lostAtMs: LOST_MS, facts });
    expect(done).toEqual({ resumed: 1, refused: 0, dropped: 1 });
  });
});

it('a call that a person answered stays answered, by facts alone too', () => {
  const script = new CallerScript(hotline()).arrives().pickedUp(1).joins(3, 'sales');
  const leg = script.dials(6, 'PJSIP/seat1');
  script.answers(8, leg).bridged(8, leg);
  const next = new CallerScript(hotline());
  resume(next.calls, [{ uniqueid: '100.1', state: null }], { lostAtMs: LOST_MS, facts: script.facts });
  reconcile(next.calls, picture(40));
  expect(next.told().record).toMatchObject({ outcome: 'answered', endedBy: 'unknown' });
  expect(next.told().scores).toEqual({});
});
