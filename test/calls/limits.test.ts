import { beforeEach, describe, expect, it } from 'vitest';
import { channelLine, SCRIPT_START_MS } from '../support/event-script.ts';
import {
  watched,
  says,
  watch,
  arrives,
  isAnswered,
  leaves,
  hangsUp,
  records,
  record,
  of,
  scores,
} from './story.ts';

beforeEach(() => watch());

describe('clocks and limits', () => {
  it.each([
    [4.999, 'set_aside', true],
    [5, 'miss', false],
  ])('gone %s s after asking: %s', (waitS, result, short) => {
    arrives('c');
    says()
      .at(3)
      .joins('support', 'c')
      .at(3 + waitS);
    hangsUp('c');
    expect(record()?.short).toBe(short);
    expect(scores()['transfer']).toBe(result);
  });

  it('with the setting off a short abandon is a miss, and still told as short', () => {
    watch({ setAsideShort: false });
    arrives('c');
    says().at(3).joins('support', 'c').at(4);
    hangsUp('c');
    expect(record()?.short).toBe(true);
    expect(scores()['transfer']).toBe('miss');
  });

  it('short counts over all legs together', () => {
    arrives('c');
    says()
      .at(3)
      .joins('support', 'c')
      .at(6)
      .say({ type: 'queue-abandoned', ...says().ref('c'), queue: 'support', holdS: 3 });
    leaves('c', 'support').say({
      type: 'variable-set',
      ...says().ref('c'),
      variable: 'QUEUESTATUS',
      value: 'TIMEOUT',
    });
    says().joins('second', 'c').at(9);
    hangsUp('c');
    expect(record()).toMatchObject({ short: false, stages: [{ end: 'timeout' }, { end: 'hang-up' }] });
    expect(of('queue-ended').map(({ short }) => short)).toEqual([false, true]);
  });

  it('no length is negative when the exchange’s clock is set back', () => {
    arrives('c', 100);
    says().at(103).joins('support', 'c');
    isAnswered('c', 's', 'PJSIP/1', 50, 'support');
    says().at(40);
    hangsUp('c').gone('s');
    expect(record()).toMatchObject({ outcome: 'answered', talkMs: 0, stages: [{ waitMs: 0 }] });
  });
});

describe('what we could not see', () => {
  const line = (id: string, dialledNumber: string): ReturnType<typeof channelLine> =>
    channelLine({ ...says().ref(id), dialledNumber, ageMs: 30_000, application: 'Dial', context: 'ivr' });

  it('a caller found dialling is never set aside: it may have waited since it came', () => {
    arrives('seen');
    hangsUp('seen');
    says().created('c', 'PJSIP/carrier', 0).gone('c');
    const found = { uniqueid: 'c2', channel: 'PJSIP/carrier-000000c2' };
    says()
      .at(100)
      .snapshot({ purpose: 'resync', channels: [{ ...line('seen', '100'), ...found }] });
    says()
      .at(102)
      .say({ type: 'hangup-requested', ...found, cause: 16 });
    says().say({ type: 'channel-gone', ...found, cause: 16 });
    expect(records()[1]).toMatchObject({ outcome: 'abandoned', takenUp: true, short: false });
  });

  it('after a restart nothing of before is alive, though the clock was set back meanwhile', () => {
    arrives('c', 1000);
    says().at(1003).joins('support', 'c').linkLost(1003);
    says().at(500).snapshot({ purpose: 'resync', rebooted: true });
    expect(record()).toMatchObject({ outcome: 'unknown', endedBy: 'unknown' });
    expect(watched().exchange.kept).toBe(0);
  });

  it('a caller from inside who vanished is no call that ended unknown, and its queue’s sums close', () => {
    says().at(1).created('i', 'PJSIP/2', 4).joins('support', 'i').linkLost(2);
    says().at(60).snapshot({ purpose: 'resync' });
    expect(of('blind')).toMatchObject([{ openCalls: 0, endedUnknown: 0 }]);
    expect(of('queue-ended')).toMatchObject([{ source: 'internal', end: 'unknown' }]);
  });

  it('what ended in a gap says that its wait is not known', () => {
    arrives('c');
    says().at(3).joins('support', 'c').created('s', 'PJSIP/1').dials('c', 's').linkLost(5);
    const bridge = 'b1';
    says()
      .at(65)
      .snapshot({
        purpose: 'resync',
        channels: [
          channelLine({ ...says().ref('c'), dialledNumber: '100', bridge, context: 'ivr' }),
          channelLine({ ...says().ref('s'), bridge }),
        ],
      });
    expect(of('queue-ended')).toMatchObject([{ end: 'answered', blind: true }]);
    expect(of('scored').at(-1)).toMatchObject({ target: 'transfer', result: 'hit', waitMs: undefined });
  });

  it('a channel that is in the list and announced again is judged once', () => {
    says().at(1).created('q', 'PJSIP/carrier').gone('q');
    const stray = { uniqueid: 'u', channel: 'PJSIP/carrier-000000aa' };
    says().snapshot({ purpose: 'resync', channels: [channelLine({ ...stray, dialledNumber: '999' })] });
    const again = { linkedid: 'u', callerNumber: '', context: '', extension: '999', state: 4 };
    says().say({ type: 'channel-created', ...stray, ...again });
    expect(of('unattributed').filter(({ id }) => id.includes('/u/'))).toHaveLength(1);
  });
});

it('a test caller stands in the queue’s sums, marked', () => {
  watch({ testNumbers: ['13800000001'] });
  arrives('c');
  says().at(3).joins('support', 'c').at(40);
  hangsUp('c');
  expect(scores()).toEqual({});
  expect(of('queue-ended')).toMatchObject([{ test: true, end: 'hang-up' }]);
});

it('marks instants on our clock', () => {
  arrives('c');
  says().at(9);
  hangsUp('c');
  expect(record()).toMatchObject({ reachedAtMs: SCRIPT_START_MS, closedAtMs: SCRIPT_START_MS + 9000 });
});
