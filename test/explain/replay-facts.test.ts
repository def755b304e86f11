import { beforeAll, describe, expect, it } from 'vitest';
import { countedOf, countSame, replayFacts } from '../../src/explain/replay-facts.ts';
import { callStoryDocument, callStorySchema } from '../../src/explain/story-document.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { practiceDefinition } from '../simulation/day-definition.ts';
import { closed, scored } from '../support/facts.ts';
import { simulatedDay } from './simulated-day.ts';

let definition: WatchDefinition;
beforeAll(async () => {
  definition = await practiceDefinition();
});

const seeds = (count: number): readonly number[] => Array.from({ length: count }, (_, place) => place + 1);

describe('the facts that are kept, judged anew, say the same', () => {
  it.each(seeds(8))('of every call of day %i', { timeout: 60_000 }, (seed) => {
    const { calls } = simulatedDay(definition, seed, false);
    expect(calls.length).toBeGreaterThan(20);
    for (const call of calls) {
      const { uniqueid } = call.row;
      const counted = countedOf(call.facts);
      expect({ uniqueid, isOver: counted !== undefined }).toEqual({ uniqueid, isOver: true });
      expect({ uniqueid, counted: replayFacts(call.facts) }).toEqual({ uniqueid, counted });
    }
  });

  it.each(seeds(12))('of every call of bad day %i, the unknown ones too', { timeout: 60_000 }, (seed) => {
    for (const { facts, row } of simulatedDay(definition, 1000 + seed, true).calls) {
      const { uniqueid } = row;
      expect({ uniqueid, counted: replayFacts(facts) }).toEqual({ uniqueid, counted: countedOf(facts) });
    }
  });

  it('in every story of a day, and no story holds a number', { timeout: 60_000 }, () => {
    const { calls, numbers } = simulatedDay(definition, 7, false);
    expect(numbers.length).toBeGreaterThan(20);
    for (const call of calls) {
      const story = callStoryDocument({ call, definitions: [], attempt: undefined });
      expect(callStorySchema.parse(story)).toEqual(story);
      expect(story.outcome.check).toBe('same');
      const text = JSON.stringify(story);
      for (const number of numbers) expect(text).not.toContain(number);
    }
  });
});

describe('what cannot be judged anew', () => {
  it('is a call that is open', () => {
    expect(replayFacts([scored({})])).toBeUndefined();
    expect(countedOf([scored({})])).toBeUndefined();
  });

  it('is a call known from elsewhere, of which only the outcome is told', () => {
    expect(replayFacts([closed({ outcome: 'answered' })])).toBeUndefined();
    expect(countedOf([closed({ outcome: 'answered' })])).toEqual({
      outcome: 'answered',
      scores: {},
      breaches: [],
    });
  });
});

describe('whether two say the same', () => {
  const one = { outcome: 'abandoned', scores: { auto: 'hit', transfer: 'miss' }, breaches: [] } as const;

  it('does not hang on the order', () => {
    expect(countSame(one, { ...one, scores: { transfer: 'miss', auto: 'hit' } })).toBe(true);
  });

  it('hangs on the outcome, each rate and each breach', () => {
    expect(countSame(one, { ...one, outcome: 'dropped' })).toBe(false);
    expect(countSame(one, { ...one, scores: { auto: 'hit' } })).toBe(false);
    expect(countSame(one, { ...one, scores: { auto: 'hit', transfer: 'set_aside' } })).toBe(false);
    expect(countSame(one, { ...one, breaches: ['unanswered'] })).toBe(false);
  });
});
