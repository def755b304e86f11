import { beforeEach, describe, expect, it } from 'vitest';
import { SCRIPT_START_MS } from '../support/event-script.ts';
import {
  watched,
  says,
  watch,
  arrives,
  isAnswered,
  leaves,
  asksToEnd,
  hangsUp,
  records,
  record,
  of,
  scores,
  transfers,
} from './story.ts';

beforeEach(() => watch());

describe('a seat asks in a second queue and hands the caller over while it still waits there', () => {
  /** The seat's own line stands in the queue; the caller is masqueraded into its place. */
  function consults(): void {
    arrives('c');
    says().at(3).joins('support', 'c');
    isAnswered('c', 's', 'PJSIP/1', 5, 'support');
    says().at(20).created('x', 'PJSIP/1', 4).up('x').joins('second', 'x');
    says().at(24);
  }
  const answeredThere = (): void => {
    says().leaves('c+s', 'c').gone('s');
    isAnswered('c', 't', 'PJSIP/2', 26, 'second');
    says().at(40);
    hangsUp('c').gone('t');
  };
  const ends = (): string[] =>
    of('queue-ended').map(({ queue, end, uniqueid }) => `${queue} ${end} ${uniqueid}`);

  it.each([
    ['the transfer is told before its line is gone', () => transfers('App', 'c', 's', 'x').gone('x')],
    [
      'the transfer is told after its line is gone',
      () => says().gone('x') && transfers('App', 'c', 's', 'x'),
    ],
    ['no transfer is told at all', () => says().gone('x')],
  ])('%s: the stay goes on as the caller’s and is answered', (_how, handsOver) => {
    consults();
    handsOver();
    answeredThere();
    expect(ends()).toEqual(['support answered c', 'second answered x']);
    expect(record()).toMatchObject({ outcome: 'answered', lostAfterAnswer: false });
    expect(of('queue-entered')).toHaveLength(2);
    expect(watched().exchange.kept).toBe(0);
  });

  it('a caller who gives up there was lost after the answer', () => {
    consults();
    transfers('App', 'c', 's', 'x').gone('x').leaves('c+s', 'c').gone('s');
    says()
      .at(50)
      .say({ type: 'queue-abandoned', ...says().ref('c'), queue: 'second', holdS: 30 });
    leaves('c', 'second');
    hangsUp('c');
    expect(ends()).toEqual(['support answered c', 'second hang-up x']);
    expect(record()).toMatchObject({ outcome: 'answered', lostAfterAnswer: true, transfers: 1 });
  });

  it('a place in line nobody came out of ends unknown at the next snapshot', () => {
    consults();
    says().gone('x').leaves('c+s', 'c').gone('s');
    hangsUp('c');
    says().at(60).snapshot();
    expect(ends()).toEqual(['support answered c', 'second unknown x']);
    expect(watched().exchange.kept).toBe(0);
  });
});

describe('a queue reached through a Local channel', () => {
  const approaches = (): void => {
    const where = { context: 'queues', extension: 'q', application: 'Queue', data: 'support,t' };
    says().say({ type: 'dialplan-step', ...says().ref('m'), ...where });
  };

  it.each(['before', 'after'])('may be refused: the dial told %s the step', (when) => {
    arrives('c');
    says().at(3).created('l', 'Local/q@queues-00000001;1').created('m', 'Local/q@queues-00000001;2', 4);
    if (when === 'before') says().dials('c', 'l');
    approaches();
    if (when === 'after') says().dials('c', 'l');
    says()
      .say({ type: 'variable-set', ...says().ref('m'), variable: 'QUEUESTATUS', value: 'FULL' })
      .gone('m', 'l');
    says().at(9);
    hangsUp('c');
    expect(record()).toMatchObject({ outcome: 'abandoned', stages: [{ queue: 'support', end: 'full' }] });
    expect(of('queue-entered')).toMatchObject([{ source: 'hotline', refused: true }]);
    expect(watched().exchange.kept).toBe(0);
  });

  it.each(['before', 'after'])('is the caller’s own, the dial told %s the step and the join', (when) => {
    arrives('c');
    says().at(3).created('l', 'Local/q@queues-00000001;1').created('m', 'Local/q@queues-00000001;2', 4);
    if (when === 'before') says().dials('c', 'l');
    approaches();
    says().joins('support', 'm');
    if (when === 'after') says().dials('c', 'l');
    says().at(30);
    asksToEnd('c')
      .gone('l')
      .say({ type: 'queue-abandoned', ...says().ref('m'), queue: 'support', holdS: 27 });
    leaves('m', 'support').gone('m', 'c');
    expect(record()).toMatchObject({ outcome: 'abandoned', stages: [{ queue: 'support', end: 'hang-up' }] });
    expect(scores()).toEqual({ auto: 'hit', transfer: 'miss' });
    expect(watched().exchange.kept).toBe(0);
  });

  it('a seat rung through a Local channel is a direct dial, the inner leg told first', () => {
    arrives('c');
    says().at(3).created('l', 'Local/1@seats-00000001;1').created('m', 'Local/1@seats-00000001;2', 4);
    says().created('s', 'PJSIP/1').dials('m', 's').rings('s').dials('c', 'l');
    says().at(20);
    hangsUp('c').gone('l', 'm', 's');
    expect(record()).toMatchObject({ outcome: 'abandoned', stages: [{ queue: '', end: 'hang-up' }] });
    expect(scores()).toEqual({ auto: 'hit', transfer: 'miss' });
  });
});

describe('a voicemail that a Local half runs', () => {
  function speaks(): void {
    arrives('c');
    says()
      .at(3)
      .created('l', 'Local/v@boxes-00000001;1')
      .created('m', 'Local/v@boxes-00000001;2', 4)
      .dials('c', 'l');
    const where = { context: 'boxes', extension: 'v', data: '1' };
    says().say({ type: 'dialplan-step', ...says().ref('m'), ...where, application: 'VoiceMail' });
    says().at(20);
    hangsUp('c').gone('l');
  }

  it('tells of the message after the caller’s Hangup', () => {
    speaks();
    expect(records()).toEqual([]);
    says().at(20.2).say({ type: 'message-waiting', uniqueid: 'm', mailbox: '1' }).gone('m');
    expect(record()).toMatchObject({ outcome: 'voicemail', message: 'left', endedBy: 'caller' });
    expect(record()?.closedAtMs).toBe(SCRIPT_START_MS + 20_000);
    expect(watched().exchange.kept).toBe(0);
  });

  it('and of none, where it goes without one, seen or not', () => {
    speaks();
    says().at(70).snapshot();
    expect(record()).toMatchObject({ outcome: 'voicemail', message: 'none', endedBy: 'caller' });
    expect(watched().exchange.kept).toBe(0);
  });
});

describe('callers and seats in one bridge', () => {
  it('two callers whom a seat joins keep each its own answer, and neither is a person', () => {
    arrives('c');
    arrives('d', 2);
    isAnswered('c', 's', 'PJSIP/1', 5);
    says().at(20).enters('c+s', 'd');
    says().at(30).leaves('c+s', 's').gone('s');
    says().at(60);
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
    expect(watched().exchange.kept).toBe(0);
  });

  it('a phone that called a queue from inside is a person to the caller it is given', () => {
    arrives('c');
    says().at(3).created('i', 'PJSIP/2', 4).up('i').joins('second', 'i');
    isAnswered('i', 's', 'PJSIP/1', 4, 'second');
    says().at(10).leaves('i+s', 's').enters('i+s', 'c').gone('s');
    says().at(30);
    hangsUp('c').gone('i');
    expect(record()).toMatchObject({ outcome: 'answered', answer: { seat: 'PJSIP/2' } });
  });

  it('a Local half that hangs up without leaving its bridge ends the talk beyond it', () => {
    arrives('c');
    says().at(3).created('l', 'Local/1@seats-00000001;1').created('m', 'Local/1@seats-00000001;2', 4);
    says().dials('c', 'l').created('s', 'PJSIP/1').dials('m', 's');
    says().at(5).enters('b1', 'c', 'l').enters('b2', 'm', 's');
    says().at(15).gone('l').gone('m');
    says().at(50);
    hangsUp('c').gone('s');
    expect(record()).toMatchObject({ outcome: 'answered', talkMs: 10_000 });
  });

  it('parking is no talk, and being fetched from it is', () => {
    arrives('c');
    isAnswered('c', 's', 'PJSIP/1', 3);
    says().at(10).leaves('c+s', 'c');
    const park = { bridge: 'park', bridgeType: 'base', technology: 'holding_bridge' };
    says()
      .say({ type: 'bridge-entered', ...says().ref('c'), ...park })
      .gone('s');
    says().at(20).leaves('park', 'c').created('t', 'PJSIP/2', 4).up('t').enters('b9', 't', 'c');
    // Told late, by a thread of its own.
    says().say({ type: 'parked', parkee: says().ref('c'), retriever: says().ref('') });
    says().at(30);
    hangsUp('c').gone('t');
    expect(record()).toMatchObject({ talkMs: 15_000, lostAfterAnswer: false });
  });
});

describe('who is a person', () => {
  it('a fax line is none; the seat after it answers', () => {
    arrives('c');
    isAnswered('c', 'f', 'PJSIP/fax', 3);
    says().at(9).leaves('c+f', 'c', 'f').gone('f');
    isAnswered('c', 's', 'PJSIP/1', 10);
    says().at(20);
    hangsUp('c').gone('s');
    expect(record()).toMatchObject({
      answer: { seat: 'PJSIP/1', by: 'seat' },
      stages: [{ end: 'answered' }],
    });
  });

  it('an ISDN line is the trunk of its span, whatever number it writes into its name', () => {
    arrives('c');
    isAnswered('c', 'o', 'DAHDI/i1/13600006101', 3);
    says().at(20);
    expect(watched().exchange.live.trunkLinesInUse('DAHDI/i1')).toBe(1);
    hangsUp('c').gone('o');
    expect(record()?.answer).toMatchObject({ by: 'outside', seat: 'DAHDI/i1' });
  });

  it('a seat behind a Local member is named though the bridge is told of before AgentConnect', () => {
    const member = { queue: 'support', interface: 'Local/7@seats', stateInterface: '', memberName: 'Ann' };
    says().at(0).member('added', member);
    arrives('c');
    says().at(3).joins('support', 'c').created('l', 'Local/7@seats-00000001;1');
    says()
      .created('m', 'Local/7@seats-00000001;2', 4)
      .dials('c', 'l')
      .created('p', 'PJSIP/77')
      .dials('m', 'p');
    says().at(6).enters('b1', 'c', 'l').enters('b2', 'm', 'p');
    leaves('c', 'support').connects('support', 'c', 'Local/7@seats', 'l');
    says().at(20);
    hangsUp('c').gone('l', 'm', 'p');
    expect(of('queue-ended')).toMatchObject([{ end: 'answered', agent: 'Ann', seat: 'Local/7@seats' }]);
  });
});
