import { describe, expect, it } from 'vitest';
import { breachesOf, scoresOf, shortOf } from '../../src/calls/end-scores.ts';
import type { Evidence } from '../../src/calls/outcome.ts';
import { closed, end, people } from './some-evidence.ts';

/** `target result, …` */
const said = (evidence: Evidence): string =>
  scoresOf(evidence)
    .map(({ target, result }) => `${target} ${result}`)
    .join(', ');

/** norm.md section 2, the table of examples, as far as the end decides. */
describe('what the end says of each rate', () => {
  it.each<[string, Evidence, string]>([
    ['never picked up', end({}), 'auto miss'],
    ['left in the menu', end({ wasUp: true, decided: ['auto'] }), ''],
    [
      'gave up in the queue',
      end({ wasUp: true, asked: true, waitedMs: 30_000, decided: ['auto'] }),
      'transfer miss',
    ],
    ['after 3 s', end({ wasUp: true, asked: true, waitedMs: 3000, decided: ['auto'] }), 'transfer set_aside'],
    [
      'after 3 s, where nothing is set aside',
      end({ wasUp: true, asked: true, waitedMs: 3000, decided: ['auto'], setAsideShort: false }),
      'transfer miss',
    ],
    [
      'dropped after 3 s is no short wait',
      end({ wasUp: true, asked: true, waitedMs: 3000, decided: ['auto'], endedBy: 'exchange' }),
      'transfer miss',
    ],
    [
      'a voicemail after the queue',
      end({ voicemail: true, wasUp: true, asked: true, decided: ['auto'] }),
      'transfer miss',
    ],
    ['a voicemail by choice', end({ voicemail: true, wasUp: true, decided: ['auto'] }), ''],
    ['answered', end({ answered: true, wasUp: true, asked: true, decided: ['auto', 'transfer'] }), ''],
    ['blind', end({ blind: true }), 'auto unknown, transfer unknown'],
    ['blind in the menu', end({ blind: true, wasUp: true, decided: ['auto'] }), 'transfer unknown'],
    ['blind, before the watch', end({ blind: true, beforeWatch: true }), ''],
    ['people: gave up', people({}), 'direct miss'],
    ['people: gave up after 3 s', people({ aliveMs: 3000 }), 'direct set_aside'],
    ['people: a voicemail', people({ voicemail: true }), 'direct miss'],
    ['people: perhaps short', people({ aliveMs: 4500, takenUp: true }), 'direct unknown'],
    ['closed: nothing takes it', closed({ endedBy: 'exchange' }), 'after-hours miss'],
    ['closed: rang under 20 s', closed({}), 'after-hours set_aside'],
    ['closed: taken before', closed({ voicemail: true, decided: ['after-hours'] }), ''],
    [
      'closed, and an emergency: scored as in open hours',
      closed({ emergency: true }),
      'direct miss, after-hours set_aside',
    ],
    ['a test caller', people({ test: true }), ''],
  ])('%s', (_what, evidence, scores) => {
    expect(said(evidence)).toBe(scores);
  });
});

describe('whether a caller waited too little to count', () => {
  const gaveUp = (over: Partial<Evidence>): Evidence =>
    end({ wasUp: true, asked: true, aliveMs: 60_000, ...over });
  it.each<[string, Evidence, boolean | 'perhaps']>([
    ['under 5 s', gaveUp({ waitedMs: 4999 }), true],
    ['5 s', gaveUp({ waitedMs: 5000 }), false],
    ['may have asked before, unseen', gaveUp({ waitedMs: 4999, askedSeen: false }), 'perhaps'],
    ['but has not lived so long', gaveUp({ waitedMs: 3000, askedSeen: false, aliveMs: 4000 }), true],
    ['told in whole seconds', gaveUp({ waitedMs: 4500, takenUp: true }), 'perhaps'],
    ['told so, and short in any case', gaveUp({ waitedMs: 3999, takenUp: true }), true],
    ['never asked', end({ wasUp: true }), false],
  ])('%s', (_what, evidence, short) => {
    expect(shortOf(evidence)).toBe(short);
  });
});

describe('the promises an end breaks', () => {
  it.each<[string, Evidence, readonly string[]]>([
    ['nobody answers, and nothing takes it', people({ endedBy: 'exchange' }), ['unanswered']],
    ['the caller gives up', people({}), []],
    ['after hours nothing takes it', closed({ endedBy: 'exchange' }), ['after-hours-not-taken']],
    ['after hours, gone early', closed({}), []],
    ['after hours, taken', closed({ attended: true, endedBy: 'exchange', decided: ['after-hours'] }), []],
    ['an emergency nobody answered', people({ emergency: true }), ['emergency-not-answered']],
    ['an emergency of which we know nothing', people({ emergency: true, blind: true }), []],
    ['an emergency in a voicemail', people({ emergency: true, voicemail: true }), ['emergency-not-answered']],
    [
      'an emergency after hours: all of them',
      closed({ emergency: true, endedBy: 'exchange' }),
      ['unanswered', 'after-hours-not-taken', 'emergency-not-answered'],
    ],
    ['a test caller', people({ endedBy: 'exchange', emergency: true, test: true }), []],
  ])('%s', (_what, evidence, breaches) => {
    expect(breachesOf(evidence)).toEqual(breaches);
  });
});
