import { describe, expect, it } from 'vitest';
import type { CallRecord, Result, Target } from '../../src/calls/facts.ts';
import { rateSides } from '../../src/explain/rate-side.ts';
import { StoryWords } from '../../src/explain/story-words.ts';
import { closed, scored } from '../support/facts.ts';

/** Target, result, counts and why of the one rate that is asked about. */
function sideOf(target: Target, changes: Partial<CallRecord>, result?: Result, ended = true) {
  const { record } = closed(changes);
  const facts = result === undefined ? [] : [scored({ target, result })];
  const limits = { ringOutS: 20, shortAbandonS: 5 };
  const sides = rateSides(new StoryWords('en'), {
    begin: record,
    record: ended ? record : undefined,
    facts,
    limits,
    terms: undefined,
  });
  const side = sides.find((one) => one.target === target);
  return [side?.result, `${side?.numerator}/${side?.denominator}`, side?.why];
}

describe('the side of a rate that a call counted on', () => {
  it.each<[Target, Result, string, string]>([
    ['auto', 'hit', '1/1', 'the attendant picked it up'],
    ['auto', 'miss', '0/1', 'it ended before the attendant picked it up'],
    ['transfer', 'miss', '0/1', 'the caller asked for a person and got none'],
    [
      'transfer',
      'set_aside',
      '0/0',
      'left less than 5 s after asking for a person: counted, on neither side',
    ],
    ['direct', 'hit', '1/1', 'a person answered'],
    ['direct', 'unknown', '0/0', 'what would have decided it was not seen: on neither side'],
    ['after-hours', 'miss', '0/1', 'nothing took it'],
    ['after-hours', 'set_aside', '0/0', 'rang less than 20 s: counted, on neither side'],
  ])('%s, %s: %s', (target, result, counts, why) => {
    expect(sideOf(target, {}, result)).toEqual([result, counts, why]);
  });
});

describe('a call that is not in a rate', () => {
  const people = { kind: 'people' } as const;
  const night = { hours: 'closed' } as const;
  it.each<[string, Target, Partial<CallRecord>, string]>([
    ['a test caller', 'auto', { test: true }, 'a test caller is counted apart, in no rate'],
    ['people only', 'auto', people, 'a hotline of people only: its rate is "direct"'],
    ['attendant', 'direct', {}, 'a hotline with an attendant: its rates are "auto" and "transfer"'],
    ['open hours', 'after-hours', {}, 'it reached the hotline in open hours'],
    ['closed hours', 'auto', night, 'it reached the hotline in closed hours'],
    ['closed hours', 'direct', { ...people, ...night }, 'it reached the hotline in closed hours'],
    ['never asked', 'transfer', {}, 'the caller never asked for a person'],
    [
      'asked, but not scored',
      'transfer',
      { askedAtMs: 7, takenUp: true },
      'it was decided before it was watched: never guessed',
    ],
    [
      'an emergency in closed hours',
      'transfer',
      { ...night, emergency: true },
      'the caller never asked for a person',
    ],
  ])('%s: %s', (_what, target, changes, why) => {
    expect(sideOf(target, changes)).toEqual([null, '0/0', why]);
  });

  it('is pending while it is open', () => {
    expect(sideOf('transfer', {}, undefined, false)).toEqual([null, '0/0', 'not decided yet: pending']);
  });
});
