import { describe, expect, it } from 'vitest';
import { attemptsDocument, attemptsSchema } from '../../src/explain/attempts-document.ts';
import { attemptFiguresOf } from '../../src/attempts/score.ts';
import type { HotlineAttempts } from '../../src/store/call-back-reads.ts';

const HOTLINES = [
  { pbx: 'north', name: 'gas' },
  { pbx: 'north', name: 'water' },
];
const gas: HotlineAttempts = {
  pbx: 'north',
  hotline: 'gas',
  fromMs: 0,
  untilMs: 1,
  ...attemptFiguresOf([
    { chains: 3, attempts1: 2, attempts2: 1, scoreSum: 56 },
    { chains: 1, never: 1 },
  ]),
  callers: { failedCalls: 5, failedCallers: 2, notReachedCallers: 1, withoutNumber: 0, openCallers: 1 },
};

describe('attempts', () => {
  const document = attemptsDocument({
    unit: 'quarter',
    period: '2026-Q4',
    hotlines: HOTLINES,
    attempts: [gas],
    keepsNumbers: true,
  });

  it('of a quarter are those of its months', () => {
    expect(attemptsSchema.parse(document)).toEqual(document);
    expect(document.hotlines[0]).toMatchObject({
      hotline: 'gas',
      chains: 4,
      attempts1: 2,
      attempts2: 1,
      never: 1,
      meanScore: 14,
      failedCalls: 5,
      notReachedCallers: 1,
    });
  });

  it('have no score without a chain, and no callers where they are not told apart', () => {
    expect(document.hotlines[1]).toMatchObject({ hotline: 'water', chains: 0, meanScore: null });
    expect(document.hotlines[1]?.failedCallers).toBeNull();
  });
});
