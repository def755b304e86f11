import { describe, expect, it } from 'vitest';
import type { ChannelLine, QueueEntryLine, Snapshot } from '../../src/ami/pbx-event.ts';
import { loseSight, reconcile } from '../../src/calls/reconcile.ts';
import { CallerScript, hotline, OPEN_MS } from './caller-script.ts';

const CALLER = { uniqueid: '100.1', channel: 'PJSIP/carrier-00000001' };

const line = (over: Partial<ChannelLine> = {}): ChannelLine => ({
  ...CALLER,
  linkedid: '100.1',
  state: 6,
  callerNumber: '13800000001',
  context: 'menu',
  extension: 's',
  application: '',
  data: '',
  ageMs: 0,
  bridge: '',
  dialledNumber: '4001',
  ...over,
});

const phone = (over: Partial<ChannelLine> = {}): ChannelLine =>
  line({ uniqueid: '100.2', channel: 'PJSIP/seat1-00000011', dialledNumber: '', context: 'seats', ...over });

function snapshotAt(atS: number, lines: readonly ChannelLine[], more: Partial<Snapshot> = {}): Snapshot {
  const atMs = OPEN_MS + atS * 1000;
  return {
    type: 'snapshot',
    purpose: 'resync',
    rebooted: false,
    channels: lines,
    queues: [],
    members: [],
    entries: [],
    processedCalls: undefined,
    pbxMs: atMs,
    atMs,
    ...more,
  };
}

const entry = (waitS: number, queue = 'sales'): QueueEntryLine => ({ ...CALLER, queue, position: 1, waitS });

function blind(script: CallerScript, atS: number): void {
  const atMs = OPEN_MS + atS * 1000;
  loseSight(script.calls, { type: 'link-lost', pbxMs: atMs, atMs, lastHeardMs: atMs });
}

const waiting = () => new CallerScript(hotline()).arrives().pickedUp(1).joins(3, 'sales');

describe('calls over a gap', () => {
  it('a caller who vanished while blind is unknown; the pick-up before it stands', () => {
    const script = waiting();
    blind(script, 10);
    const done = reconcile(script.calls, snapshotAt(40, []));
    const told = script.told();
    expect(done).toMatchObject({ openCalls: 1, endedUnknown: 1, takenUp: 0 });
    expect(told.record.outcome).toBe('unknown');
    expect(told.record.stages.map((stage) => stage.end)).toEqual(['unknown']);
    expect(told.scores).toEqual({ auto: 'hit', transfer: 'unknown' });
  });

  it('a caller who still waits goes on as if nothing had been', () => {
    const script = waiting();
    blind(script, 10);
    const done = reconcile(
      script.calls,
      snapshotAt(20, [line({ application: 'Queue' })], { entries: [entry(17)] }),
    );
    expect(done).toMatchObject({ openCalls: 1, endedUnknown: 0, takenUp: 0, queues: 0 });
    const told = script.gaveUp(33).hangsUp(33);
    expect(told.record).toMatchObject({ outcome: 'abandoned', takenUp: false });
    expect(told.scores).toEqual({ auto: 'hit', transfer: 'miss' });
  });

  it('a caller found talking to a seat was answered in the gap: a hit, its wait not known', () => {
    const script = waiting();
    blind(script, 10);
    reconcile(script.calls, snapshotAt(20, [line({ bridge: 'b9' }), phone({ bridge: 'b9' })]));
    const told = script.hangsUp(60);
    expect(told.record.outcome).toBe('answered');
    expect(told.record.stages.map((stage) => stage.end)).toEqual(['answered']);
    expect(told.record.answer?.waitMs).toBeUndefined();
    expect(told.scores).toEqual({ auto: 'hit', transfer: 'hit' });
  });

  it('a call answered before the gap that ended in it stays answered', () => {
    const script = waiting();
    const leg = script.dials(6, 'PJSIP/seat1');
    script.answers(8, leg).bridged(8, leg);
    blind(script, 10);
    const done = reconcile(script.calls, snapshotAt(40, []));
    expect(script.told().record).toMatchObject({ outcome: 'answered', endedBy: 'unknown' });
    expect(done.endedUnknown).toBe(0);
  });

  it('a hang-up heard after the login but before the snapshot is still inside the gap', () => {
    const script = waiting();
    blind(script, 10);
    expect(script.gaveUp(20).hangsUp(20).record.outcome).toBe('unknown');
  });

  it('a pick-up in the gap is seen by the snapshot', () => {
    const script = new CallerScript(hotline()).arrives();
    blind(script, 1);
    reconcile(script.calls, snapshotAt(5, [line()]));
    const told = script.hangsUp(9);
    // Whether a person was asked for in the gap, and given up, is not known.
    expect(told.record).toMatchObject({ outcome: 'unknown', pickupMs: undefined });
    expect(told.scores).toEqual({ auto: 'hit', transfer: 'unknown' });
  });

  it('a call found in mid-life is taken up and scores only what is decided from then on', () => {
    const script = new CallerScript(hotline());
    const done = reconcile(
      script.calls,
      snapshotAt(20, [line({ ageMs: 15_000, application: 'Queue' })], { entries: [entry(12)] }),
    );
    expect(done.takenUp).toBe(1);
    const told = script.joinedBefore('sales').gaveUp(33).hangsUp(33);
    expect(told.record).toMatchObject({ outcome: 'abandoned', takenUp: true, reachedAtMs: OPEN_MS + 5000 });
    expect(told.record.stages).toMatchObject([{ queue: 'sales', end: 'hang-up', waitMs: 25_000 }]);
    expect(told.scores).toEqual({ transfer: 'miss' });
  });

  it('a call found talking is answered and scores nothing', () => {
    const script = new CallerScript(hotline());
    reconcile(script.calls, snapshotAt(20, [line({ ageMs: 15_000, bridge: 'b9' }), phone({ bridge: 'b9' })]));
    const told = script.hangsUp(60);
    expect(told.record).toMatchObject({ outcome: 'answered', takenUp: true });
    expect(told.scores).toEqual({});
  });
});

describe('the check of every minute', () => {
  it('finds nothing to correct where the picture is right', () => {
    const script = waiting();
    const done = reconcile(
      script.calls,
      snapshotAt(20, [line({ application: 'Queue' })], { purpose: 'check', entries: [entry(17)] }),
    );
    expect(done).toMatchObject({ channels: 0, queues: 0, endedUnknown: 0 });
  });

  it('believes an event that came since its first Ping more than its own lines', () => {
    const script = waiting();
    const told = script.gaveUp(20.5).hangsUp(20.5);
    const done = reconcile(
      script.calls,
      snapshotAt(20, [line({ application: 'Queue' })], { purpose: 'check', entries: [entry(17)] }),
    );
    expect(done).toMatchObject({ channels: 0, queues: 0, takenUp: 0 });
    expect(told.record.outcome).toBe('abandoned');
    expect(script.calls.open.size).toBe(0);
  });

  it('keeps a call that began after the lists were read', () => {
    const script = waiting();
    const done = reconcile(script.calls, snapshotAt(-1, [], { purpose: 'check' }));
    expect(done.channels).toBe(0);
    expect(script.calls.open.size).toBe(1);
  });

  it('a caller who left its queue while the lists were read does not stand in it again', () => {
    const script = waiting().timesOut(60.05);
    const done = reconcile(
      script.calls,
      snapshotAt(60, [line()], { purpose: 'check', entries: [entry(57)] }),
    );
    expect(done.queues).toBe(0);
    expect(script.calls.context.queues.size).toBe(0);
    const entered = script.facts.filter((fact) => fact.type === 'queue-entered');
    expect(entered).toHaveLength(1);
  });
});

describe('a call found in mid-life whose end nobody can know', () => {
  const inMenu = [line({ ageMs: 15_000 })];

  it('in the first picture: no unknown call of any window, which says since when it knows', () => {
    const script = new CallerScript(hotline());
    reconcile(script.calls, snapshotAt(20, inMenu));
    const told = script.hangsUp(60);
    expect(told.record).toMatchObject({ outcome: 'unknown', takenUp: true });
    expect(told.scores).toEqual({});
  });

  it('after a gap: unknown in its window', () => {
    const script = new CallerScript(hotline());
    reconcile(script.calls, snapshotAt(-10, []));
    blind(script, 1);
    reconcile(script.calls, snapshotAt(20, inMenu));
    const told = script.hangsUp(60);
    expect(told.record).toMatchObject({ outcome: 'unknown', takenUp: true });
    expect(told.scores).toEqual({ transfer: 'unknown' });
  });
});

it('counts as ended unknown whatever got that outcome, though a voicemail had it', () => {
  const script = waiting();
  blind(script, 10);
  // Out of the queue unseen, a person may have answered: the voicemail of now does not tell.
  reconcile(script.calls, snapshotAt(20, [line({ application: 'VoiceMail' })]));
  blind(script, 25);
  const done = reconcile(script.calls, snapshotAt(60, []));
  expect(script.told().record.outcome).toBe('unknown');
  expect(done.endedUnknown).toBe(1);
});
