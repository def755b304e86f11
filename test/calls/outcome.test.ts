import { describe, expect, it } from 'vitest';
import { askedForPerson, type Evidence, outcomeOf } from '../../src/calls/outcome.ts';

const end = (over: Partial<Evidence>): Evidence => ({
  kind: 'attendant',
  open: true,
  answered: false,
  voicemail: false,
  blind: false,
  wasUp: false,
  rangSomebody: false,
  metBusy: false,
  cause: 16,
  endedBy: 'caller',
  asked: false,
  attended: false,
  aliveMs: 10_000,
  ringOutMs: 20_000,
  ...over,
});
const people = (over: Partial<Evidence>): Evidence => end({ kind: 'people', ...over });
const closed = (over: Partial<Evidence>): Evidence => people({ open: false, ...over });

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
      end({ open: false, attended: true, endedBy: 'exchange' }),
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

it('to call people in open hours is to ask for a person; else only a dial or a queue is', () => {
  expect(askedForPerson({ kind: 'people', open: true, asked: false })).toBe(true);
  expect(askedForPerson({ kind: 'people', open: false, asked: false })).toBe(false);
  expect(askedForPerson({ kind: 'attendant', open: true, asked: false })).toBe(false);
  expect(askedForPerson({ kind: 'attendant', open: false, asked: true })).toBe(true);
});
