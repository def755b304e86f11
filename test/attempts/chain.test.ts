import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptCallOf, type AttemptCall } from '../../src/attempts/attempt-call.ts';
import {
  ATTEMPT_MS,
  CHAIN_MS,
  chainsOf,
  nextEndMs,
  resultOf,
  type Attempt,
  type Chain,
} from '../../src/attempts/chain.ts';
import { bucketOf, scoreOf } from '../../src/attempts/score.ts';
import type { CallRecord, Outcome } from '../../src/calls/facts.ts';
import { at, call, callsOfOne, DAY_MS, HOUR_MS, MINUTE_MS, shuffled } from './calls.ts';

const T = at('2026-05-04T09:00:00+08:00');
const LATER = T + 30 * DAY_MS;

/** A caller's day: minutes after T, and how each call ended. */
type Told = readonly (readonly [number, Outcome])[];
const told = (calls: Told): readonly AttemptCall[] =>
  calls.map(([minute, outcome]) => call(T + minute * MINUTE_MS, outcome));

describe('chains as norm.md section 3 has them', () => {
  it.each<readonly [string, Told, readonly string[]]>([
    ['through at once', [[0, 'answered']], ['1 attempt, attempts1, 20']],
    ['served by the attendant', [[0, 'self-served']], ['1 attempt, attempts1, 20']],
    [
      'busy, then through',
      [
        [0, 'blocked'],
        [3, 'answered'],
      ],
      ['2 attempts, attempts2, 16'],
    ],
    [
      'twice nobody, then through',
      [
        [0, 'abandoned'],
        [3, 'unanswered'],
        [6, 'answered'],
      ],
      ['3 attempts, attempts3, 8'],
    ],
    [
      'three times nobody, then through',
      [
        [0, 'blocked'],
        [3, 'dropped'],
        [9, 'voicemail'],
        [60, 'answered'],
      ],
      ['4 attempts, attempts4plus, 0'],
    ],
    [
      'four times nobody, then through',
      [
        [0, 'blocked'],
        [3, 'blocked'],
        [6, 'blocked'],
        [9, 'blocked'],
        [12, 'answered'],
      ],
      ['5 attempts, attempts4plus, 0'],
    ],
    [
      'redialled within 3 minutes: one attempt',
      [
        [0, 'blocked'],
        [1, 'blocked'],
        [2.99, 'answered'],
      ],
      ['1 attempt, attempts1, 20'],
    ],
    [
      'three minutes count from the first call, not the last',
      [
        [0, 'blocked'],
        [2, 'blocked'],
        [4, 'answered'],
      ],
      ['2 attempts, attempts2, 16'],
    ],
    [
      'a failure after getting through, within the attempt',
      [
        [0, 'answered'],
        [2, 'abandoned'],
      ],
      ['1 attempt, attempts1, 20'],
    ],
    [
      'a failure after getting through, later',
      [
        [0, 'answered'],
        [3, 'abandoned'],
      ],
      ['1 attempt, attempts1, 20', '1 attempt, never, 16'],
    ],
    ['gave up after one', [[0, 'abandoned']], ['1 attempt, never, 16']],
    [
      'gave up after three',
      [
        [0, 'abandoned'],
        [10, 'abandoned'],
        [20, 'abandoned'],
      ],
      ['3 attempts, never, 0'],
    ],
    [
      'again just before the day is over',
      [
        [0, 'abandoned'],
        [24 * 60 - 1, 'answered'],
      ],
      ['2 attempts, attempts2, 16'],
    ],
    [
      'again when the day is over',
      [
        [0, 'abandoned'],
        [24 * 60, 'answered'],
      ],
      ['1 attempt, never, 16', '1 attempt, attempts1, 20'],
    ],
    [
      'the day counts from the last call',
      [
        [0, 'abandoned'],
        [1000, 'abandoned'],
        [2000, 'answered'],
      ],
      ['3 attempts, attempts3, 8'],
    ],
    ['voicemail in open hours is a failure', [[0, 'voicemail']], ['1 attempt, never, 16']],
    ['what is not known is in no figure', [[0, 'unknown']], ['1 attempt, unknown']],
    [
      'nor what hangs on it',
      [
        [0, 'abandoned'],
        [10, 'unknown'],
        [20, 'answered'],
      ],
      ['3 attempts, unknown'],
    ],
    [
      'unless another call of the attempt got through',
      [
        [0, 'unknown'],
        [1, 'answered'],
      ],
      ['1 attempt, attempts1, 20'],
    ],
    [
      'a call of unknown outcome is a call: the day counts from it',
      [
        [0, 'abandoned'],
        [1000, 'unknown'],
        [2000, 'answered'],
      ],
      ['3 attempts, unknown'],
    ],
    [
      'after a chain that hangs on it the next one is whole',
      [
        [0, 'unknown'],
        [10, 'answered'],
        [20, 'answered'],
      ],
      ['2 attempts, unknown', '1 attempt, attempts1, 20'],
    ],
  ])('%s', (_name, calls, expected) => {
    const seen = chainsOf(told(calls), LATER).map((chain) => {
      const count = chain.attempts.length;
      const score = chain.certain ? `, ${scoreOf(chain.failed)}` : '';
      return `${count} attempt${count === 1 ? '' : 's'}, ${bucketOf(chain)}${score}`;
    });
    expect(seen).toEqual(expected);
  });

  it('after hours a voicemail is through, for an emergency it never is', () => {
    expect(resultOf(call(T, 'voicemail', { hours: 'closed' }))).toBe('through');
    expect(resultOf(call(T, 'voicemail', { hours: 'open' }))).toBe('failed');
    expect(resultOf(call(T, 'voicemail', { hours: 'closed', emergency: true }))).toBe('failed');
  });

  it('is open until 24 h after the last call, and says when that is', () => {
    const calls = told([
      [0, 'abandoned'],
      [60, 'blocked'],
    ]);
    const endMs = T + 25 * HOUR_MS;
    expect(chainsOf(calls, endMs - 1)[0]).toMatchObject({ state: 'open', endsAtMs: endMs, failed: 2 });
    expect(nextEndMs(chainsOf(calls, endMs - 1))).toBe(endMs);
    expect(chainsOf(calls, endMs)[0]).toMatchObject({ state: 'never', endsAtMs: endMs });
    expect(nextEndMs(chainsOf(calls, endMs))).toBeUndefined();
  });

  it('ends with the first call that got through', () => {
    const through = call(T + 5 * MINUTE_MS, 'answered', { closedAtMs: T + 9 * MINUTE_MS });
    const [chain] = chainsOf([through, call(T, 'blocked')], T + 10 * MINUTE_MS);
    expect(chain).toMatchObject({ state: 'through', reachedAtMs: T, endsAtMs: T + 9 * MINUTE_MS, failed: 1 });
  });

  it('a caller without a number is a chain for each call', () => {
    const calls = [0, 1, 200].map((minute) => call(T + minute * MINUTE_MS, 'blocked', { caller: '' }));
    expect(chainsOf(calls, LATER).map(({ attempts }) => attempts.length)).toEqual([1, 1, 1]);
  });

  it('another hotline, exchange or caller is another chain', () => {
    const others = [{}, { hotline: 'bills' }, { pbx: 'branch' }, { caller: 'bob' }];
    expect(
      chainsOf(
        others.map((over, index) => call(T + index, 'blocked', over)),
        LATER,
      ),
    ).toHaveLength(4);
  });

  it.each([
    ['23 hours', 'Europe/Berlin', '2026-03-28T12:00:00+01:00', '2026-03-29T12:00:00+02:00', 1],
    ['25 hours', 'Europe/Berlin', '2026-10-24T12:00:00+02:00', '2026-10-25T12:00:00+01:00', 2],
    [
      '25 hours, and one less',
      'America/New_York',
      '2026-10-31T12:00:00-04:00',
      '2026-11-01T11:59:59-05:00',
      2,
    ],
    ['24 hours', 'Asia/Shanghai', '2026-03-28T12:00:00+08:00', '2026-03-29T12:00:00+08:00', 2],
  ])('24 h are hours that pass: a day of %s in %s', (_length, _zone, first, second, chains) => {
    const seen = chainsOf([call(at(first), 'blocked'), call(at(second), 'answered')], LATER + 365 * DAY_MS);
    expect(seen).toHaveLength(chains);
  });
});

/** What of section 3 does not hold between the attempts of a chain. */
function brokenWithin({ attempts }: Chain): readonly string[] {
  return attempts.flatMap((attempt, index) => {
    const { firstMs, lastMs } = spanOf(attempt);
    const next = attempts[index + 1];
    const nextMs = next === undefined ? Infinity : spanOf(next).firstMs;
    return [
      ...(lastMs - firstMs < ATTEMPT_MS ? [] : ['an attempt is longer than 3 minutes']),
      ...(nextMs - firstMs >= ATTEMPT_MS ? [] : ['an attempt leaves out a call']),
      ...(next === undefined || nextMs - lastMs < CHAIN_MS ? [] : ['a chain outlives 24 hours']),
      ...(next === undefined || attempt.result !== 'through' ? [] : ['a chain outlives getting through']),
    ];
  });
}

/** What does not hold between a chain and the next. */
function brokenBetween(chain: Chain | undefined, next: Chain): readonly string[] {
  const last = chain?.attempts.at(-1);
  if (last === undefined) return [];
  const { firstMs, lastMs } = spanOf(last);
  return [
    ...(last.result === 'through' || next.reachedAtMs - lastMs >= CHAIN_MS ? [] : ['a chain ends too soon']),
    ...(next.reachedAtMs - firstMs >= ATTEMPT_MS ? [] : ['an attempt is cut in two']),
  ];
}

function spanOf({ calls }: Attempt): { readonly firstMs: number; readonly lastMs: number } {
  return { firstMs: calls[0]?.reachedAtMs ?? NaN, lastMs: calls.at(-1)?.reachedAtMs ?? NaN };
}

describe('whatever the calls', () => {
  const someCalls = callsOfOne(['gas', 'bills']);

  it('their order changes nothing', () => {
    const orders = someCalls.chain((calls) => fc.tuple(fc.constant(calls), shuffled(calls), fc.nat(20)));
    fc.assert(
      fc.property(orders, ([calls, other, days]) => {
        const nowMs = at('2026-03-27T20:00:00Z') + days * DAY_MS;
        expect(chainsOf(other, nowMs)).toEqual(chainsOf(calls, nowMs));
      }),
    );
  });

  it('each call is in one attempt, and the rules of section 3 hold between them', () => {
    fc.assert(
      fc.property(callsOfOne(['gas']), (calls) => {
        const chains = chainsOf(calls, LATER);
        expect(chains.flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.calls))).toEqual(calls);
        expect(
          chains.flatMap((chain, index) => [
            ...brokenWithin(chain),
            ...brokenBetween(chains[index - 1], chain),
          ]),
        ).toEqual([]);
      }),
    );
  });

  it('nothing before the first call of a chain matters to it and to those after it', () => {
    fc.assert(
      fc.property(callsOfOne(['gas']), fc.nat(), (calls, pick) => {
        const chains = chainsOf(calls, LATER);
        const index = pick % chains.length;
        const fromMs = chains[index]?.reachedAtMs ?? NaN;
        const own = new Set(
          chains.slice(index).flatMap(({ attempts }) => attempts.flatMap((one) => one.calls)),
        );
        expect(calls.filter((one) => one.reachedAtMs >= fromMs && own.has(one))).toEqual([...own]);
        expect(chainsOf(own, LATER)).toEqual(chains.slice(index));
      }),
    );
  });

  it('a chain that is certain is what it is however the unknown calls turn out', () => {
    const worlds = fc.constantFrom<Outcome>('answered', 'blocked');
    fc.assert(
      fc.property(callsOfOne(['gas']), fc.array(worlds, { minLength: 14, maxLength: 14 }), (calls, turns) => {
        const known = calls.map((one, index) =>
          one.outcome === 'unknown' ? { ...one, outcome: turns[index] ?? 'blocked' } : one,
        );
        const figure = (chain: Chain): string =>
          JSON.stringify([chain.reachedAtMs, chain.attempts.length, bucketOf(chain), scoreOf(chain.failed)]);
        const turned = new Set(chainsOf(known, LATER).map(figure));
        const untouched = chainsOf(calls, LATER).filter(({ certain }) => certain);
        for (const chain of untouched) expect(turned).toContain(figure(chain));
      }),
    );
  });
});

describe('attemptCallOf', () => {
  const record: CallRecord = {
    pbx: 'hq',
    uniqueid: '1',
    hotline: 'gas',
    kind: 'attendant',
    hours: 'open',
    emergency: false,
    test: false,
    takenUp: false,
    reachedAtMs: T,
    closedAtMs: T + 1000,
    outcome: 'abandoned',
    endedBy: 'caller',
    pickupMs: undefined,
    askedAtMs: undefined,
    stages: [],
    answer: undefined,
    message: undefined,
    short: true,
    talkMs: 0,
    holdMs: 0,
    transfers: 0,
    lostAfterAnswer: false,
  };
  it.each([
    [{}, false],
    [{ askedAtMs: T }, true],
    [{ kind: 'people' }, true],
    [{ outcome: 'voicemail', message: 'left' }, true],
    [{ outcome: 'voicemail', message: 'left', hours: 'closed' }, true],
    [{ outcome: 'voicemail', message: 'none' }, false],
  ] as const)('%j: asked for a person is %s', (over, asked) => {
    expect(attemptCallOf({ ...record, ...over }, 'ann')).toMatchObject({ caller: 'ann', asked, short: true });
  });
  it('nobody hangs up before they called', () => {
    expect(attemptCallOf({ ...record, closedAtMs: T - 1000 }, 'ann')).toMatchObject({ closedAtMs: T });
  });
  it('test and inspection callers are counted apart', () => {
    expect(attemptCallOf({ ...record, test: true }, 'ann')).toBeUndefined();
  });
});
