import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { Replayer } from '../../src/recording/replayer.ts';
import type { SettledCall } from '../pbx/truth.ts';
import { someHotline, someWatch } from '../support/definitions.ts';
import { event } from '../support/scripted-exchange.ts';
import { comparisonTable, countFacts, countTruth, isRight } from './comparison.ts';
import { countEvents } from './count-events.ts';

const AT_MS = 1_795_285_000_000;
const caller = { Channel: 'PJSIP/carrier-00000001', Uniqueid: '1795285000.1', Linkedid: '1795285000.1' };

/** A caller whom the queue gave up, and who then left a voicemail: abandoned to whoever counts events. */
const TIMED_OUT = Buffer.from(
  `Asterisk Call Manager/11.0.0\r\n${[
    event('Newchannel', AT_MS, { ...caller, ChannelState: '4', Context: 'in', Exten: '100' }),
    event('Newstate', AT_MS, { ...caller, ChannelState: '6' }),
    event('QueueCallerJoin', AT_MS + 1_000, { ...caller, Queue: 'support', Position: '1' }),
    event('QueueCallerAbandon', AT_MS + 31_000, { ...caller, Queue: 'support', HoldTime: '30' }),
    event('QueueCallerLeave', AT_MS + 31_000, { ...caller, Queue: 'support' }),
    event('VarSet', AT_MS + 31_000, { ...caller, Variable: 'QUEUESTATUS', Value: 'TIMEOUT' }),
    event('Newexten', AT_MS + 31_000, {
      ...caller,
      Context: 'in',
      Extension: '100',
      Application: 'VoiceMail',
    }),
    event('Hangup', AT_MS + 61_000, { ...caller, Cause: '16' }),
  ].join('')}`,
);
const TRUTH: SettledCall = {
  hotline: 'gas',
  startedMs: AT_MS,
  outcome: 'voicemail',
  endedBy: 'exchange',
  stages: [{ queue: 'support', end: 'timeout', waitS: 30 }],
  message: 'none',
  short: false,
  lostAfterAnswer: false,
  scores: { auto: 'hit', transfer: 'miss' },
  breaches: [],
  test: false,
};

describe('the comparison', () => {
  const facts: Fact[] = [];
  const replayer = new Replayer(someWatch({ hotlines: [someHotline()] }), undefined, {
    onCall: () => {},
    onFact: (fact) => facts.push(fact),
  });
  replayer.push(TIMED_OUT);
  replayer.end();
  const truth = countTruth([TRUTH]);

  it('counts the truth, the daemon and the events', () => {
    expect(truth).toEqual({ answered: 0, abandoned: 0, hits: 0, of: 1 });
    expect(countFacts(facts)).toEqual(truth);
    expect(countEvents(TIMED_OUT)).toEqual({ answered: 0, abandoned: 1, hits: 0, of: 1 });
    expect(isRight(countFacts(facts), truth)).toBe(true);
    expect(isRight(countEvents(TIMED_OUT), truth)).toBe(false);
  });

  it('leaves test callers out, and what is set aside', () => {
    const aside: SettledCall = { ...TRUTH, outcome: 'abandoned', scores: { transfer: 'set_aside' } };
    const answered: SettledCall = { ...TRUTH, outcome: 'answered', scores: { direct: 'hit' } };
    expect(countTruth([aside, answered, { ...answered, test: true }])).toEqual({
      answered: 1,
      abandoned: 1,
      hits: 1,
      of: 1,
    });
  });

  it('prints a row a recording, marks what is wrong, and sums up', () => {
    const right = { answered: 1, abandoned: 0, hits: 1, of: 1 };
    const table = comparisonTable([
      { name: 'timed-out', truth, ringside: countFacts(facts), events: countEvents(TIMED_OUT) },
      { name: 'answered', truth: right, ringside: right, events: right },
    ]);
    expect(table.split('\n').slice(3, 8)).toEqual([
      'timed-out |    0     0   0/1   0.0 %   |    0     0   0/1   0.0 %   |    0     1   0/1   0.0 % !',
      'answered  |    1     0   1/1 100.0 %   |    1     0   1/1 100.0 %   |    1     0   1/1 100.0 %',
      '--------- | -------------------------- | -------------------------- | --------------------------',
      'total     |    1     0   1/2  50.0 %   |    1     0   1/2  50.0 %   |    1     1   1/2  50.0 % !',
      '',
    ]);
    expect(table).toContain('Not the truth: Ringside in 0 of 2 recordings, counting events in 1.');
  });
});
