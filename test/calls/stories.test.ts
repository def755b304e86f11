import { beforeEach, describe, expect, it } from 'vitest';
import type { CallRecord, Fact } from '../../src/calls/facts.ts';
import type { HotlineDefinition } from '../../src/hotlines/definition.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';
import { channelLine, EventScript, SCRIPT_START_MS } from '../support/event-script.ts';
import { WatchedCalls } from './watched-calls.ts';

let watched: WatchedCalls;
let says: EventScript;

function watch(changes: Partial<HotlineDefinition> = {}): void {
  const hotlines = [
    someHotline(changes),
    someHotline({ name: 'water', numbers: ['200'], queues: ['second'] }),
  ];
  watched = new WatchedCalls(
    someWatch({
      hotlines,
      pbxs: [
        somePbx({
          trunks: [
            { name: 'carrier', interface: 'PJSIP/carrier', lines: 30, interExchange: false, person: true },
            { name: 'fax', interface: 'PJSIP/fax', lines: 1, interExchange: false, person: false },
            { name: 'isdn', interface: 'DAHDI/i1', lines: 30, interExchange: false, person: true },
          ],
          seats: ['PJSIP/1', 'PJSIP/2'].map((phone) => ({ interface: phone, name: phone })),
        }),
      ],
    }),
  );
  says = new EventScript((event) => expect(watched.take(event)).toBe(0));
}
beforeEach(() => watch());

/** A caller from outside, 1 s later picked up by the attendant. */
function arrives(id: string, atS = 0, number = '100', face = 'PJSIP/carrier'): void {
  const channel = `${face}-${id.padStart(8, '0')}`;
  const where = { linkedid: id, callerNumber: '13800000001', context: 'from-carrier', extension: number };
  says.at(atS).say({ type: 'channel-created', uniqueid: id, channel, state: 4, ...where });
  says
    .created(id, face, 4)
    .at(atS + 1)
    .up(id);
}
/** A phone is dialled for the caller at `atS` and answers 2 s later; out of a queue where one is named. */
function isAnswered(caller: string, phone: string, face: string, atS: number, queue = ''): void {
  says.at(atS).created(phone, face);
  if (queue !== '') says.offers(queue, caller, face, phone);
  says.dials(caller, phone).rings(phone);
  says
    .at(atS + 2)
    .up(phone)
    .dialEnds(caller, phone, 'ANSWER');
  if (queue !== '') leaves(caller, queue).connects(queue, caller, face, phone);
  says.enters(`${caller}+${phone}`, phone, caller);
}
const leaves = (caller: string, queue: string): EventScript =>
  says.say({ type: 'queue-left', ...says.ref(caller), queue });
const asksToEnd = (id: string): EventScript =>
  says.say({ type: 'hangup-requested', ...says.ref(id), cause: 16 });
const hangsUp = (id: string): EventScript => asksToEnd(id).gone(id);

const records = (): readonly CallRecord[] =>
  watched.facts.flatMap((fact) => (fact.type === 'call-closed' ? [fact.record] : []));
const record = (): CallRecord | undefined => records()[0];
const of = <T extends Fact['type']>(type: T): readonly (Fact & { readonly type: T })[] =>
  watched.facts.filter((fact): fact is Fact & { readonly type: T } => fact.type === type);
const scores = (): Record<string, string> =>
  Object.fromEntries(of('scored').map(({ target, result }) => [target, result]));

function transfers(kind: 'App' | 'Bridge', transferee: string, first: string, second: string): EventScript {
  return says.say({
    type: 'attended-transfer',
    originalTransferer: says.ref(first),
    secondTransferer: says.ref(second),
    transferee: says.ref(transferee),
    transferTarget: says.ref(''),
    result: 'Success',
    destinationType: kind,
  });
}

describe('a seat asks in a second queue and hands the caller over while it still waits there', () => {
  /** The seat's own line stands in the queue; the caller is masqueraded into its place. */
  function consults(): void {
    arrives('c');
    says.at(3).joins('support', 'c');
    isAnswered('c', 's', 'PJSIP/1', 5, 'support');
    says.at(20).created('x', 'PJSIP/1', 4).up('x').joins('second', 'x');
    says.at(24);
  }
  const answeredThere = (): void => {
    says.leaves('c+s', 'c').gone('s');
    isAnswered('c', 't', 'PJSIP/2', 26, 'second');
    says.at(40);
    hangsUp('c').gone('t');
  };
  const ends = (): string[] =>
    of('queue-ended').map(({ queue, end, uniqueid }) => `${queue} ${end} ${uniqueid}`);

  it.each([
    ['the transfer is told before its line is gone', () => transfers('App', 'c', 's', 'x').gone('x')],
    ['the transfer is told after its line is gone', () => says.gone('x') && transfers('App', 'c', 's', 'x')],
    ['no transfer is told at all', () => says.gone('x')],
  ])('%s: the stay goes on as the caller’s and is answered', (_how, handsOver) => {
    consults();
    handsOver();
    answeredThere();
    expect(ends()).toEqual(['support answered c', 'second answered x']);
    expect(record()).toMatchObject({ outcome: 'answered', lostAfterAnswer: false });
    expect(of('queue-entered')).toHaveLength(2);
    expect(watched.exchange.kept).toBe(0);
  });

  it('a caller who gives up there was lost after the answer', () => {
    consults();
    transfers('App', 'c', 's', 'x').gone('x').leaves('c+s', 'c').gone('s');
    says.at(50).say({ type: 'queue-abandoned', ...says.ref('c'), queue: 'second', holdS: 30 });
    leaves('c', 'second');
    hangsUp('c');
    expect(ends()).toEqual(['support answered c', 'second hang-up x']);
    expect(record()).toMatchObject({ outcome: 'answered', lostAfterAnswer: true, transfers: 1 });
  });

  it('a place in line nobody came out of ends unknown at the next snapshot', () => {
    consults();
    says.gone('x').leaves('c+s', 'c').gone('s');
    hangsUp('c');
    says.at(60).snapshot();
    expect(ends()).toEqual(['support answered c', 'second unknown x']);
    expect(watched.exchange.kept).toBe(0);
  });
});

describe('a queue reached through a Local channel', () => {
  it.each(['before', 'after'])('is the caller’s own, the dial told %s the join', (when) => {
    arrives('c');
    says.at(3).created('l', 'Local/q@queues-00000001;1').created('m', 'Local/q@queues-00000001;2', 4);
    if (when === 'before') says.dials('c', 'l');
    says.joins('support', 'm');
    if (when === 'after') says.dials('c', 'l');
    says.at(30);
    asksToEnd('c')
      .gone('l')
      .say({ type: 'queue-abandoned', ...says.ref('m'), queue: 'support', holdS: 27 });
    leaves('m', 'support').gone('m', 'c');
    expect(record()).toMatchObject({ outcome: 'abandoned', stages: [{ queue: 'support', end: 'hang-up' }] });
    expect(scores()).toEqual({ auto: 'hit', transfer: 'miss' });
    expect(watched.exchange.kept).toBe(0);
  });

  it('a seat rung through a Local channel is a direct dial, the inner leg told first', () => {
    arrives('c');
    says.at(3).created('l', 'Local/1@seats-00000001;1').created('m', 'Local/1@seats-00000001;2', 4);
    says.created('s', 'PJSIP/1').dials('m', 's').rings('s').dials('c', 'l');
    says.at(20);
    hangsUp('c').gone('l', 'm', 's');
    expect(record()).toMatchObject({ outcome: 'abandoned', stages: [{ queue: '', end: 'hang-up' }] });
    expect(scores()).toEqual({ auto: 'hit', transfer: 'miss' });
  });
});

describe('callers and seats in one bridge', () => {
  it('two callers whom a seat joins keep each its own answer, and neither is a person', () => {
    arrives('c');
    arrives('d', 2);
    isAnswered('c', 's', 'PJSIP/1', 5);
    says.at(20).enters('c+s', 'd');
    says.at(30).leaves('c+s', 's').gone('s');
    says.at(60);
    hangsUp('c');
    hangsUp('d');
    expect(records().map(({ outcome, talkMs }) => [outcome, talkMs])).toEqual([
      ['answered', 23_000],
      ['answered', 10_000],
    ]);
    expect(of('talk-ended').map(({ uniqueid, seat }) => `${uniqueid} ${seat}`)).toEqual([
      'c PJSIP/1',
      'd PJSIP/1',
    ]);
    expect(watched.exchange.kept).toBe(0);
  });

  it('a phone that called a queue from inside is a person to the caller it is given', () => {
    arrives('c');
    says.at(3).created('i', 'PJSIP/2', 4).up('i').joins('second', 'i');
    isAnswered('i', 's', 'PJSIP/1', 4, 'second');
    says.at(10).leaves('i+s', 's').enters('i+s', 'c').gone('s');
    says.at(30);
    hangsUp('c').gone('i');
    expect(record()).toMatchObject({ outcome: 'answered', answer: { seat: 'PJSIP/2' } });
  });

  it('a Local half that hangs up without leaving its bridge ends the talk beyond it', () => {
    arrives('c');
    says.at(3).created('l', 'Local/1@seats-00000001;1').created('m', 'Local/1@seats-00000001;2', 4);
    says.dials('c', 'l').created('s', 'PJSIP/1').dials('m', 's');
    says.at(5).enters('b1', 'c', 'l').enters('b2', 'm', 's');
    says.at(15).gone('l').gone('m');
    says.at(50);
    hangsUp('c').gone('s');
    expect(record()).toMatchObject({ outcome: 'answered', talkMs: 10_000 });
  });

  it('parking is no talk, and being fetched from it is', () => {
    arrives('c');
    isAnswered('c', 's', 'PJSIP/1', 3);
    says.at(10).leaves('c+s', 'c');
    const park = { bridge: 'park', bridgeType: 'base', technology: 'holding_bridge' };
    says.say({ type: 'bridge-entered', ...says.ref('c'), ...park }).gone('s');
    says.at(20).leaves('park', 'c').created('t', 'PJSIP/2', 4).up('t').enters('b9', 't', 'c');
    // Told late, by a thread of its own.
    says.say({ type: 'parked', parkee: says.ref('c'), retriever: says.ref('') });
    says.at(30);
    hangsUp('c').gone('t');
    expect(record()).toMatchObject({ talkMs: 15_000, lostAfterAnswer: false });
  });
});

describe('who is a person', () => {
  it('a fax line is none; the seat after it answers', () => {
    arrives('c');
    isAnswered('c', 'f', 'PJSIP/fax', 3);
    says.at(9).leaves('c+f', 'c', 'f').gone('f');
    isAnswered('c', 's', 'PJSIP/1', 10);
    says.at(20);
    hangsUp('c').gone('s');
    expect(record()).toMatchObject({
      answer: { seat: 'PJSIP/1', by: 'seat' },
      stages: [{ end: 'answered' }],
    });
  });

  it('an ISDN line is the trunk of its span, whatever number it writes into its name', () => {
    arrives('c');
    isAnswered('c', 'o', 'DAHDI/i1/13600006101', 3);
    says.at(20);
    expect(watched.exchange.live.trunkLinesInUse('DAHDI/i1')).toBe(1);
    hangsUp('c').gone('o');
    expect(record()?.answer).toMatchObject({ by: 'outside', seat: 'DAHDI/i1' });
  });

  it('a seat behind a Local member is named though the bridge is told of before AgentConnect', () => {
    const member = { queue: 'support', interface: 'Local/7@seats', stateInterface: '', memberName: 'Ann' };
    says.at(0).member('added', member);
    arrives('c');
    says.at(3).joins('support', 'c').created('l', 'Local/7@seats-00000001;1');
    says.created('m', 'Local/7@seats-00000001;2', 4).dials('c', 'l').created('p', 'PJSIP/77').dials('m', 'p');
    says.at(6).enters('b1', 'c', 'l').enters('b2', 'm', 'p');
    leaves('c', 'support').connects('support', 'c', 'Local/7@seats', 'l');
    says.at(20);
    hangsUp('c').gone('l', 'm', 'p');
    expect(of('queue-ended')).toMatchObject([{ end: 'answered', agent: 'Ann', seat: 'Local/7@seats' }]);
  });
});

describe('clocks and limits', () => {
  it.each([
    [4.999, 'set_aside', true],
    [5, 'miss', false],
  ])('gone %s s after asking: %s', (waitS, result, short) => {
    arrives('c');
    says
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
    says.at(3).joins('support', 'c').at(4);
    hangsUp('c');
    expect(record()?.short).toBe(true);
    expect(scores()['transfer']).toBe('miss');
  });

  it('short counts over all legs together', () => {
    arrives('c');
    says
      .at(3)
      .joins('support', 'c')
      .at(6)
      .say({ type: 'queue-abandoned', ...says.ref('c'), queue: 'support', holdS: 3 });
    leaves('c', 'support').say({
      type: 'variable-set',
      ...says.ref('c'),
      variable: 'QUEUESTATUS',
      value: 'TIMEOUT',
    });
    says.joins('second', 'c').at(9);
    hangsUp('c');
    expect(record()).toMatchObject({ short: false, stages: [{ end: 'timeout' }, { end: 'hang-up' }] });
    expect(of('queue-ended').map(({ short }) => short)).toEqual([false, true]);
  });

  it('no length is negative when the exchange’s clock is set back', () => {
    arrives('c', 100);
    says.at(103).joins('support', 'c');
    isAnswered('c', 's', 'PJSIP/1', 50, 'support');
    says.at(40);
    hangsUp('c').gone('s');
    expect(record()).toMatchObject({ outcome: 'answered', talkMs: 0, stages: [{ waitMs: 0 }] });
  });
});

describe('what we could not see', () => {
  const line = (id: string, dialledNumber: string): ReturnType<typeof channelLine> =>
    channelLine({ ...says.ref(id), dialledNumber, ageMs: 30_000, application: 'Dial', context: 'ivr' });

  it('a caller found dialling is never set aside: it may have waited since it came', () => {
    arrives('seen');
    hangsUp('seen');
    says.created('c', 'PJSIP/carrier', 0).gone('c');
    const found = { uniqueid: 'c2', channel: 'PJSIP/carrier-000000c2' };
    says.at(100).snapshot({ purpose: 'resync', channels: [{ ...line('seen', '100'), ...found }] });
    says.at(102).say({ type: 'hangup-requested', ...found, cause: 16 });
    says.say({ type: 'channel-gone', ...found, cause: 16 });
    expect(records()[1]).toMatchObject({ outcome: 'abandoned', takenUp: true, short: false });
  });

  it('after a restart nothing of before is alive, though the clock was set back meanwhile', () => {
    arrives('c', 1000);
    says.at(1003).joins('support', 'c').linkLost(1003);
    says.at(500).snapshot({ purpose: 'resync', rebooted: true });
    expect(record()).toMatchObject({ outcome: 'unknown', endedBy: 'unknown' });
    expect(watched.exchange.kept).toBe(0);
  });

  it('a caller from inside who vanished is no call that ended unknown, and its queue’s sums close', () => {
    says.at(1).created('i', 'PJSIP/2', 4).joins('support', 'i').linkLost(2);
    says.at(60).snapshot({ purpose: 'resync' });
    expect(of('blind')).toMatchObject([{ openCalls: 0, endedUnknown: 0 }]);
    expect(of('queue-ended')).toMatchObject([{ source: 'internal', end: 'unknown' }]);
  });

  it('what ended in a gap says that its wait is not known', () => {
    arrives('c');
    says.at(3).joins('support', 'c').created('s', 'PJSIP/1').dials('c', 's').linkLost(5);
    const bridge = 'b1';
    says.at(65).snapshot({
      purpose: 'resync',
      channels: [
        channelLine({ ...says.ref('c'), dialledNumber: '100', bridge, context: 'ivr' }),
        channelLine({ ...says.ref('s'), bridge }),
      ],
    });
    expect(of('queue-ended')).toMatchObject([{ end: 'answered', blind: true }]);
    expect(of('scored').at(-1)).toMatchObject({ target: 'transfer', result: 'hit', waitMs: undefined });
  });

  it('a channel that is in the list and announced again is judged once', () => {
    says.at(1).created('q', 'PJSIP/carrier').gone('q');
    const stray = { uniqueid: 'u', channel: 'PJSIP/carrier-000000aa' };
    says.snapshot({ purpose: 'resync', channels: [channelLine({ ...stray, dialledNumber: '999' })] });
    const again = { linkedid: 'u', callerNumber: '', context: '', extension: '999', state: 4 };
    says.say({ type: 'channel-created', ...stray, ...again });
    expect(of('unattributed').filter(({ id }) => id.includes('/u/'))).toHaveLength(1);
  });
});

it('a test caller stands in the queue’s sums, marked', () => {
  watch({ testNumbers: ['13800000001'] });
  arrives('c');
  says.at(3).joins('support', 'c').at(40);
  hangsUp('c');
  expect(scores()).toEqual({});
  expect(of('queue-ended')).toMatchObject([{ test: true, end: 'hang-up' }]);
});

it('marks instants on our clock', () => {
  arrives('c');
  says.at(9);
  hangsUp('c');
  expect(record()).toMatchObject({ reachedAtMs: SCRIPT_START_MS, closedAtMs: SCRIPT_START_MS + 9000 });
});
