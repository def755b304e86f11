import { describe, expect, it } from 'vitest';
import { askedForPerson, type Evidence, outcomeOf } from '../../src/calls/outcome.ts';
import { closed, end, people } from './some-evidence.ts';

/** norm.md section 2, rule by rule, and what each rule yields to. */
describe('the one outcome', () => {
  it.each<[string, Evidence, string]>([
    [
      'a person answered, whatever came then',
      end({ answered: true, voicemail: true, blind: true }),
      'answered',
    ],
    [
      'a voicemail took it, also where we are blind since',
      end({ voicemail: true, blind: true }),
      'voicemail',
    ],
    ['nothing decided and then blind', end({ blind: true, wasUp: true }), 'unknown'],

    ['cleared busy', end({ cause: 17, endedBy: 'exchange' }), 'blocked'],
    ['cleared congested', end({ cause: 34, endedBy: 'exchange' }), 'blocked'],
    ['refused', end({ cause: 42, endedBy: 'exchange' }), 'blocked'],
    [
      'busy once Up is only how the stage ended',
      end({ cause: 17, wasUp: true, asked: true, endedBy: 'exchange' }),
      'dropped',
    ],
    [
      'busy after a phone rang is none',
      people({ cause: 17, rangSomebody: true, endedBy: 'exchange' }),
      'unanswered',
    ],
    ['people: every phone busy', people({ metBusy: true, endedBy: 'exchange' }), 'blocked'],
    [
      'attendant: every phone busy, cleared as usual',
      end({ metBusy: true, asked: true, endedBy: 'exchange' }),
      'unanswered',
    ],

    ['dropped after the pick-up', end({ wasUp: true, asked: true, endedBy: 'exchange' }), 'dropped'],
    ['abandoned after the pick-up', end({ wasUp: true, asked: true, aliveMs: 90_000 }), 'abandoned'],
    ['asked, never Up, exchange gives up', end({ asked: true, endedBy: 'exchange' }), 'unanswered'],
    ['asked, never Up, gone before 20 s', end({ asked: true, aliveMs: 19_999 }), 'abandoned'],
    ['asked, never Up, gone at 20 s', end({ asked: true, aliveMs: 20_000 }), 'unanswered'],

    ['people: the exchange gives up though Up', people({ wasUp: true, endedBy: 'exchange' }), 'unanswered'],
    ['people: gone in the queue music', people({ wasUp: true, aliveMs: 90_000 }), 'abandoned'],
    ['people: rang out', people({ aliveMs: 20_000 }), 'unanswered'],
    ['people: gone early', people({ aliveMs: 19_999 }), 'abandoned'],
    [
      'people with an attendant’s context: dropped',
      people({ attended: true, wasUp: true, endedBy: 'exchange' }),
      'dropped',
    ],

    ['an attendant had it', end({ wasUp: true }), 'self-served'],
    ['an attendant threw it out', end({ wasUp: true, endedBy: 'exchange' }), 'self-served'],
    ['never picked up, gone early', end({}), 'abandoned'],
    ['never picked up, rang out', end({ aliveMs: 20_000 }), 'unanswered'],

    ['closed: nothing took it', closed({ endedBy: 'exchange' }), 'unanswered'],
    ['closed: a closed announcement took it', closed({ attended: true, endedBy: 'exchange' }), 'self-served'],
    [
      'closed: the same before the answer, on an attendant hotline',
      end({ hours: 'closed', attended: true, endedBy: 'exchange' }),
      'self-served',
    ],
    [
      'closed: the dialplan queues all the same',
      closed({ asked: true, wasUp: true, endedBy: 'exchange' }),
      'unanswered',
    ],
  ])('%s', (_what, evidence, outcome) => {
    expect(outcomeOf(evidence)).toBe(outcome);
  });
});

/** norm.md section 2.6: what part of it could not be seen is never guessed. */
describe('an outcome that hangs on what nobody saw', () => {
  it.each<[string, Evidence, string]>([
    ['a try at a person ended unseen', end({ perhapsAnswered: true, asked: true, wasUp: true }), 'unknown'],
    ['the same before a voicemail', end({ perhapsAnswered: true, voicemail: true }), 'unknown'],
    ['the same before a person was seen', end({ perhapsAnswered: true, answered: true }), 'answered'],
    ['it may have asked for a person unseen', end({ wasUp: true, askedSeen: false }), 'unknown'],
    [
      'it asked later than that, and gave up',
      end({ wasUp: true, asked: true, askedSeen: false }),
      'abandoned',
    ],
    ['a phone may have rung unseen', end({ cause: 17, endedBy: 'exchange', wasUnseen: true }), 'unknown'],
    [
      'its age is told in seconds: it may have rung out',
      people({ takenUp: true, aliveMs: 19_000 }),
      'unknown',
    ],
    ['however told, it cannot have', people({ takenUp: true, aliveMs: 18_999 }), 'abandoned'],
    ['however told, it has', people({ takenUp: true, aliveMs: 20_000 }), 'unanswered'],
    [
      'in the queue music nothing hangs on it',
      people({ takenUp: true, wasUp: true, aliveMs: 19_500 }),
      'abandoned',
    ],
  ])('%s', (_what, evidence, outcome) => {
    expect(outcomeOf(evidence)).toBe(outcome);
  });
});

it('to call people in open hours is to ask for a person; else only a dial or a queue is', () => {
  expect(askedForPerson(people({}))).toBe(true);
  expect(askedForPerson(closed({}))).toBe(false);
  expect(askedForPerson(closed({ emergency: true }))).toBe(true);
  expect(askedForPerson(end({}))).toBe(false);
  expect(askedForPerson(end({ hours: 'closed', asked: true }))).toBe(true);
});
