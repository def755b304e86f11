import { expect, inject, it } from 'vitest';
import type { Labels } from './series-of-golden.ts';
import { ALWAYS, liveThrough, shown, type RuleCase, type Shown, type Stretch } from './rule-case.ts';

const TARGET: Labels = { job: 'ringside', pbx: 'north', hotline: 'gas', target: 'transfer' };
const ELSEWHERE: Labels = { job: 'ringside', instance: 'spare:9811' };
const scored = (result: string, stretches: readonly Stretch[], by?: Labels): Shown =>
  shown('ringside_scored_total', { target: 'transfer', result }, stretches, by);
const LONG = ALWAYS * 2;
const target = shown('ringside_target_ratio', { target: 'transfer' }, [[0.85, LONG]]);

type Value = NonNullable<RuleCase['values']>[number];
/** What a rule records of the target at an instant, by window. */
const recorded = (atMin: number, name: string, byWindow: Readonly<Record<string, number>>): Value => ({
  atMin,
  expression: `ringside:${name}{target="transfer"}`,
  are: Object.entries(byWindow).map(([window, value]) => [
    { __name__: `ringside:${name}`, ...TARGET, window },
    value,
  ]),
});
const of = (atMin: number, name: string, window: string, values: readonly number[]): Value => ({
  atMin,
  expression: `ringside:${name}{target="transfer",window="${window}"}`,
  are: values.map((value) => [{ __name__: `ringside:${name}`, ...TARGET, window }, value]),
});

/** One hit a minute; one miss at 61, 101, 116 and 121 minutes. */
const HITS: readonly Stretch[] = Array.from({ length: 130 }, (_, minute): Stretch => [minute, 1]);
const MISSES: readonly Stretch[] = [
  [0, 61],
  [1, 40],
  [2, 15],
  [3, 5],
  [4, ALWAYS],
];
const EVENING = [scored('hit', HITS), scored('miss', MISSES), target];
const missRatio = (missed: number, of_: number): number => 1 - (of_ - missed) / of_;

const CASES: readonly RuleCase[] = [
  {
    name: 'whole calls of each window, as the counter less the counter then',
    given: EVENING,
    values: [
      recorded(122, 'missed:calls', { '5m': 1, '10m': 2, '30m': 3, '1h': 3, '2h': 4 }),
      recorded(122, 'offered:calls', { '5m': 6, '10m': 12, '30m': 33, '1h': 63, '2h': 124 }),
      recorded(122, 'rate:ratio', {
        '5m': 5 / 6,
        '10m': 10 / 12,
        '30m': 30 / 33,
        '1h': 60 / 63,
        '2h': 120 / 124,
      }),
      recorded(122, 'burn:ratio', {
        '5m': missRatio(1, 6) / (1 - 0.85),
        '10m': missRatio(2, 12) / (1 - 0.85),
        '30m': missRatio(3, 33) / (1 - 0.85),
        '1h': missRatio(3, 63) / (1 - 0.85),
        '2h': missRatio(4, 124) / (1 - 0.85),
      }),
    ],
  },
  {
    name: 'a window without history for all of it has no figure',
    given: EVENING,
    values: [
      recorded(4.75, 'offered:calls', {}),
      recorded(5, 'offered:calls', { '5m': 5 }),
      recorded(29.75, 'offered:calls', { '5m': 5, '10m': 10 }),
    ],
  },
  {
    name: 'no calls are no data: neither 0 % nor 100 %',
    given: [scored('hit', [[7, LONG]]), scored('miss', [[2, LONG]]), target],
    values: [
      recorded(40, 'offered:calls', { '5m': 0, '10m': 0, '30m': 0 }),
      recorded(40, 'rate:ratio', {}),
      recorded(40, 'burn:ratio', {}),
    ],
  },
  {
    name: 'a window in which a counter was reset has no figure, though the other was not',
    given: [
      scored('hit', [
        [50, 60],
        [0, LONG],
      ]),
      scored('miss', [[0, LONG]]),
    ],
    values: [
      recorded(60, 'offered:calls', {}),
      recorded(64.75, 'offered:calls', {}),
      recorded(66.25, 'offered:calls', { '5m': 0 }),
      of(89, 'offered:calls', '30m', []),
      of(91.25, 'offered:calls', '30m', [0]),
    ],
  },
  {
    name: 'a daemon that moves with its journal goes on, one without begins anew',
    given: [
      scored('hit', [
        [50, 60],
        [undefined, LONG],
      ]),
      scored('miss', [
        [5, 60],
        [undefined, LONG],
      ]),
      scored(
        'hit',
        [
          [undefined, 60],
          [53, 30],
          [1, LONG],
        ],
        ELSEWHERE,
      ),
      scored(
        'miss',
        [
          [undefined, 60],
          [6, 30],
          [0, LONG],
        ],
        ELSEWHERE,
      ),
    ],
    values: [
      of(62, 'missed:calls', '5m', [1]),
      of(62, 'offered:calls', '30m', [4]),
      of(92, 'offered:calls', '30m', []),
    ],
  },
  {
    name: 'shift, day and month are what the daemon counts of them',
    given: [
      target,
      ...(['shift', 'day', 'month'] as const).flatMap((period, at) =>
        (['hit', 'miss'] as const).map((result) =>
          shown('ringside_period_scored_total', { target: 'transfer', period, result }, [
            [result === 'hit' ? 10 * (at + 1) : at + 1, 10],
            [0, ALWAYS],
          ]),
        ),
      ),
    ],
    values: [
      recorded(5, 'missed:calls', { shift: 1, day: 2, month: 3 }),
      recorded(5, 'offered:calls', { shift: 11, day: 22, month: 33 }),
      recorded(5, 'rate:ratio', { shift: 10 / 11, day: 20 / 22, month: 30 / 33 }),
      recorded(11, 'rate:ratio', {}),
    ],
  },
  {
    name: 'two daemons that watch the same are one',
    given: [
      scored('hit', HITS),
      scored('hit', HITS, ELSEWHERE),
      scored('miss', MISSES),
      scored('miss', MISSES, ELSEWHERE),
    ],
    values: [of(122, 'offered:calls', '30m', [33]), of(122, 'missed:calls', '2h', [4])],
  },
];

it.each(CASES)('$name', async (one) => {
  expect(await liveThrough(inject('tools').promtool, 'none', [one])).toBe('');
});
