import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainsOf } from '../../src/attempts/chain.ts';
import { lostCallersOf } from '../../src/attempts/not-reached.ts';
import { attemptFiguresOf, attemptShareOf, attemptSharesOf, scoreOf } from '../../src/attempts/score.ts';
import { changedShares, type AttemptShare } from '../../src/attempts/share.ts';
import type { Outcome } from '../../src/calls/facts.ts';
import { at, call, callsOfOne, DAY_MS, HOUR_MS, MINUTE_MS } from './calls.ts';

const T = at('2026-04-30T23:50:00+08:00');
const LATER = T + 400 * DAY_MS;

/** One chain for each caller: what its calls, ten minutes apart, came to. */
const company = (callers: Readonly<Record<string, readonly Outcome[]>>) =>
  Object.entries(callers).flatMap(([caller, outcomes]) =>
    outcomes.map((outcome, index) => call(T + index * 10 * MINUTE_MS, outcome, { caller })),
  );
const figuresOf = (callers: Readonly<Record<string, readonly Outcome[]>>) =>
  attemptFiguresOf(attemptSharesOf(chainsOf(company(callers), LATER)).map(({ add }) => add));

/** What a store does with shares. */
function summed(shares: readonly AttemptShare[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { name, series, atMs, add } of shares) {
    for (const [column, value] of Object.entries(add)) {
      const key = `${name} ${series} ${atMs} ${column}`;
      sums[key] = (sums[key] ?? 0) + value;
      if (sums[key] === 0) delete sums[key];
    }
  }
  return sums;
}

describe('the score', () => {
  it.each([
    [0, 20],
    [1, 16],
    [2, 8],
    [3, 0],
    [9, 0],
  ])('of %i failed attempts is %i', (failed, score) => {
    expect(scoreOf(failed)).toBe(score);
  });

  it('of a month is the mean of its chains, beside their distribution', () => {
    const figures = figuresOf({
      ann: ['answered'],
      bob: ['self-served'],
      cat: ['blocked', 'answered'],
      dan: ['blocked', 'abandoned', 'answered'],
      eve: ['blocked', 'blocked', 'blocked', 'answered'],
      fay: ['abandoned'],
      gus: ['abandoned', 'abandoned', 'abandoned', 'abandoned'],
      hal: ['blocked', 'unknown'],
    });
    expect(figures).toEqual({
      attempts1: 2,
      attempts2: 1,
      attempts3: 1,
      attempts4plus: 1,
      never: 2,
      chains: 7,
      // 20 + 20 + 16 + 8 + 0 through, 16 + 0 given up
      meanScore: 80 / 7,
      unknown: 1,
    });
  });

  it('without a chain is no data, and one of nothing but lost callers is a score', () => {
    expect(attemptFiguresOf([])).toMatchObject({ chains: 0, meanScore: null });
    expect(figuresOf({ ann: ['unknown'] })).toMatchObject({ chains: 0, meanScore: null, unknown: 1 });
    expect(figuresOf({ ann: ['blocked', 'blocked', 'blocked'] })).toMatchObject({ chains: 1, meanScore: 0 });
  });

  it('counts a chain in the month its first call reached the hotline in, however late it ends', () => {
    const calls = [call(T, 'blocked'), call(T + HOUR_MS, 'answered')];
    const [chain] = chainsOf(calls, LATER);
    expect(chain && attemptShareOf(chain)).toEqual({
      pbx: 'hq',
      subject: 'hotline',
      name: 'gas',
      series: 'attempts',
      atMs: T,
      add: { attempts2: 1, chains: 1, scoreSum: 16 },
    });
  });

  it('has nothing of a chain that is open', () => {
    expect(attemptSharesOf(chainsOf([call(T, 'blocked')], T + HOUR_MS))).toEqual([]);
  });
});

describe('changedShares', () => {
  it('takes back what a call that became known says otherwise', () => {
    const unseen = call(T, 'unknown');
    const before = attemptSharesOf(chainsOf([unseen], LATER));
    const after = attemptSharesOf(chainsOf([{ ...unseen, outcome: 'answered' }], LATER));
    expect(changedShares(before, after).map(({ add }) => add)).toEqual([
      { unknown: -1, attempts1: 1, chains: 1, scoreSum: 20 },
    ]);
    expect(changedShares(after, after)).toEqual([]);
  });

  it('keeps sums right call by call, in whatever order they are learnt', () => {
    fc.assert(
      fc.property(callsOfOne(['gas', 'bills']), fc.array(fc.nat()), (calls, picks) => {
        const known: (typeof calls)[number][] = [];
        const told: AttemptShare[] = [];
        let last: readonly AttemptShare[] = [];
        for (const [index, one] of calls.entries()) {
          known.splice((picks[index] ?? 0) % (known.length + 1), 0, one);
          const now = attemptSharesOf(chainsOf(known, T + (picks[index] ?? 0)));
          told.push(...changedShares(last, now));
          last = now;
        }
        expect(summed(told)).toEqual(summed(last));
      }),
    );
  });
});

describe('callers beside calls', () => {
  it('who redials is many calls and one caller', () => {
    const chains = chainsOf(
      [
        ...company({
          ann: ['abandoned', 'abandoned', 'abandoned', 'abandoned', 'abandoned'],
          bob: ['blocked', 'answered'],
          cat: ['answered'],
          dan: ['unknown'],
          eve: ['blocked', 'unknown'],
        }),
        call(T + 3 * DAY_MS, 'abandoned', { caller: 'ann' }),
        call(T, 'abandoned', { caller: '' }),
        call(T, 'abandoned', { caller: '' }),
        call(LATER, 'blocked', { caller: 'fay' }),
        call(LATER, 'unknown', { caller: 'gus' }),
      ],
      LATER + HOUR_MS,
    );
    expect(lostCallersOf(chains)).toEqual({
      failedCalls: 11,
      failedCallers: 6,
      notReachedCallers: 3,
      withoutNumber: 2,
      openCallers: 1,
    });
  });
});
