import { describe, expect, it } from 'vitest';
import type { ChannelLine, ChannelPast, QueueEntryLine, Snapshot } from '../../src/ami/pbx-event.ts';
import { loseSight, reconcile } from '../../src/calls/reconcile.ts';
import { CallerScript, hotline, OPEN_MS } from './caller-script.ts';

const CALLER = { uniqueid: '100.1', channel: 'PJSIP/carrier-00000001' };
const NOTHING: ChannelPast = { passedOnBy: '', dialStatus: '', queueStatus: '', hasLeftQueue: false };
const SEAT = 'PJSIP/seat1-00000011';

interface Found {
  readonly past?: ChannelPast;
  readonly application?: string;
  /** '' for none. */
  readonly queue?: string;
}

/** The caller as the lists show it 20 s after the hotline was reached. */
function foundAt20({ past, application = 'Queue', queue = 'second' }: Found): Snapshot {
  const atMs = OPEN_MS + 20_000;
  const channel: ChannelLine = {
    ...CALLER,
    linkedid: '100.1',
    state: 6,
    callerNumber: '13800000001',
    context: 'seats',
    extension: '5',
    application,
    data: '',
    ageMs: 20_000,
    bridge: '',
    dialledNumber: '4001',
    ...(past ? { past } : {}),
  };
  const entry: QueueEntryLine = { ...CALLER, queue, position: 1, waitS: 4 };
  return {
    type: 'snapshot',
    purpose: 'resync',
    rebooted: false,
    channels: [channel],
    queues: [],
    members: [],
    entries: queue === '' ? [] : [entry],
    processedCalls: undefined,
    pbxMs: atMs,
    atMs,
  };
}

/** Out of sight from `atS` on, found, and sent away by the exchange at last. */
function toldOf(script: CallerScript, atS: number, found: Found) {
  const atMs = OPEN_MS + atS * 1000;
  loseSight(script.calls, { type: 'link-lost', pbxMs: atMs, atMs, lastHeardMs: atMs });
  reconcile(script.calls, foundAt20(found));
  const { record, scores } = script.timesOut(30).cleared(31);
  return { outcome: record.outcome, transfer: scores['transfer'] };
}

const inMenu = () => new CallerScript(hotline()).arrives().pickedUp(1);
const MISSED = { outcome: 'dropped', transfer: 'miss' };
const NOT_KNOWN = { outcome: 'unknown', transfer: 'unknown' };

describe('a caller who was in the menu when sight was lost and stands in a queue afterwards', () => {
  it.each<[string, ChannelPast | undefined, object]>([
    ['only went on from the menu: scored as ever', NOTHING, MISSED],
    ['of whom the exchange tells nothing: scored as ever', undefined, MISSED],
    [
      'had stood in another queue, which gave it up',
      { ...NOTHING, hasLeftQueue: true, queueStatus: 'TIMEOUT' },
      MISSED,
    ],
    ['met a busy phone', { ...NOTHING, dialStatus: 'BUSY' }, MISSED],
    ['was passed on by a seat', { ...NOTHING, passedOnBy: SEAT, hasLeftQueue: true }, NOT_KNOWN],
    [
      'was passed on by a seat, and given up by a queue after it',
      { ...NOTHING, passedOnBy: SEAT, hasLeftQueue: true, queueStatus: 'TIMEOUT' },
      NOT_KNOWN,
    ],
    [
      'goes on after the seat of a queue hung up',
      { ...NOTHING, queueStatus: 'CONTINUE', hasLeftQueue: true },
      NOT_KNOWN,
    ],
    ['goes on after a phone that was dialled hung up', { ...NOTHING, dialStatus: 'ANSWER' }, NOT_KNOWN],
    ['was redirected out of a talk, or left by key', { ...NOTHING, hasLeftQueue: true }, NOT_KNOWN],
  ])('%s', (_, past, expected) => {
    expect(toldOf(inMenu(), 2, past ? { past } : {})).toEqual(expected);
  });
});

it('a dial that goes on, though somebody picked up to decline, is not over', () => {
  const found = { past: { ...NOTHING, dialStatus: 'ANSWER' }, application: 'Dial', queue: '' };
  const script = inMenu();
  const atMs = OPEN_MS + 2000;
  loseSight(script.calls, { type: 'link-lost', pbxMs: atMs, atMs, lastHeardMs: atMs });
  reconcile(script.calls, foundAt20(found));
  expect(script.calls.open.get(CALLER.uniqueid)?.perhapsAnswered).toBe(false);
});

it('a queue that was left by key before sight was lost says nothing of what came after', () => {
  const script = inMenu().joins(3, 'sales').left(6).step(6, 'menu', 'WaitExten');
  expect(toldOf(script, 8, { past: { ...NOTHING, hasLeftQueue: true } })).toEqual(MISSED);
});

it('who was answered before sight was lost stays answered, wherever it was passed on to', () => {
  const script = inMenu().joins(3, 'sales');
  const leg = script.dials(4, 'PJSIP/seat1');
  script.answers(6, leg).bridged(6, leg);
  expect(toldOf(script, 8, { past: { ...NOTHING, passedOnBy: SEAT } })).toEqual({
    outcome: 'answered',
    transfer: 'hit',
  });
});

it('a caller who came unseen and was passed on unseen is not told as one whom nobody answered', () => {
  const script = new CallerScript(hotline());
  reconcile(script.calls, { ...foundAt20({}), channels: [], entries: [], pbxMs: OPEN_MS, atMs: OPEN_MS });
  expect(toldOf(script, 1, { past: { ...NOTHING, passedOnBy: SEAT, hasLeftQueue: true } })).toEqual(
    NOT_KNOWN,
  );
});
