import { describe, expect, inject, it } from 'vitest';
import { fewestSignificantMisses } from '../../src/rates/binomial.ts';
import type { Labels } from './series-of-golden.ts';
import { ALWAYS, liveThrough, shown, type RuleCase } from './rule-case.ts';
import { rateSeries, type Missed, type Windows } from './stories/window-calls.ts';

/** What the norm's targets page for: so many misses of so many calls. */
const PAGED = [
  { target: 'transfer', ratio: 0.85, fewest: [5, 8, 15] },
  { target: 'direct', ratio: 0.9, fewest: [5, 7, 11] },
  { target: 'auto', ratio: 0.98, fewest: [3, 3, 5] },
] as const;
const CALLS = [10, 20, 50] as const;

const ROWS = PAGED.flatMap(({ target, ratio, fewest }) =>
  CALLS.map((calls, at) => ({ target, ratio, calls, wanted: fewest[at] ?? NaN })),
);

/** Both short windows are below target, so that the long one decides; the other long one is fine. */
const windows = (long: '30m' | '2h', missed: Missed): Windows => ({
  '5m': [2, 2],
  '10m': [2, 2],
  '30m': [0, 50],
  '2h': [0, 50],
  [long]: missed,
});

const page = (target: string): Labels => ({
  severity: 'page',
  watches: 'calls',
  job: 'ringside',
  pbx: 'north',
  hotline: 'gas',
  target,
});

describe.each(ROWS)('of $calls calls with target $ratio', ({ ratio, calls, wanted }) => {
  it(`${wanted} misses are the fewest that chance makes in less than one of a hundred cases`, () => {
    expect(fewestSignificantMisses(calls, ratio, 0.01)).toBe(wanted);
  });
});

it('pages for just so many misses of half an hour or two hours, for none fewer', async () => {
  const open = shown('ringside_hotline_open', {}, [[1, ALWAYS]]);
  const cases = ROWS.flatMap(({ target, ratio, calls }) =>
    (['30m', '2h'] as const).map((long): RuleCase => {
      const fewest = fewestSignificantMisses(calls, ratio, 0.01) ?? NaN;
      const fewestOfNotice = fewestSignificantMisses(calls, ratio, 0.05) ?? NaN;
      const notice = { ...page(target), severity: 'notice' };
      const noticed = fewest - 1 >= fewestOfNotice ? [notice] : [];
      return {
        name: `${target}: ${fewest} of ${calls} in ${long}`,
        given: [
          open,
          ...rateSeries({ target, ratio }, [
            [windows(long, [fewest - 1, calls]), 5],
            [windows(long, [fewest, calls]), ALWAYS],
          ]),
        ],
        firing: [
          [4, noticed],
          [6, [notice, page(target)]],
        ],
      };
    }),
  );
  expect(await liveThrough(inject('tools').promtool, 'AnswerRateFalling', cases)).toBe('');
});
