import { expect, it } from 'vitest';
import type { TalkPlace } from '../src/calls/facts.ts';
import { factsOfHours } from './rates/kept-day.ts';
import { practiceDefinition } from './simulation/day-definition.ts';

it('says of every wrap-up which talk it belongs to: the last one of its seat', async () => {
  const startMs = Date.parse('2026-03-03T09:00:00Z');
  const facts = factsOfHours(await practiceDefinition(), { seed: 11, startMs, hours: 2 });
  const talks = new Map<string, TalkPlace>();
  let wrapUps = 0;
  for (const fact of facts) {
    if (fact.type === 'talk-ended') talks.set(fact.seat, { hotline: fact.hotline, queue: fact.queue });
    if (fact.type !== 'seat-interval') continue;
    const isWrapUp = fact.state === 'wrap-up';
    expect(fact.wrapsUp).toEqual(isWrapUp ? talks.get(fact.seat) : undefined);
    if (isWrapUp) wrapUps++;
  }
  expect(wrapUps).toBeGreaterThan(20);
});
