import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESULTS, type Scored } from '../../src/calls/facts.ts';
import { Families } from '../../src/metrics/families.ts';
import { PeriodCounters } from '../../src/metrics/period-counters.ts';
import { ReportBuilder } from '../../src/rates/build-report.ts';
import { KeptSums, type KeptRow } from '../../src/rates/kept-sums.ts';
import { Tally } from '../../src/rates/tally.ts';
import { someHotline, someHours, someWatch } from '../support/definitions.ts';
import { scored } from '../support/facts.ts';
import { someCalls, someLink } from '../support/picture.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SHIFTS = [
  { name: 'early', fromMin: 360 },
  { name: 'late', fromMin: 840 },
  { name: 'night', fromMin: 1320 },
];

const watchIn = (zone: string) =>
  someWatch({ hotlines: [someHotline({ hours: someHours({ zone, shifts: SHIFTS }) })] });

/** What is told of the hotline, zeros left out: `{ 'transfer day hit': 3 }`. */
function counting(zone: string, definition = watchIn(zone)) {
  const families = new Families();
  const counters = new PeriodCounters(families, definition);
  return {
    counters,
    told(nowMs: number): Record<string, number> {
      counters.fill(nowMs);
      const [family] = families.all();
      const series = (family?.parts().join('') ?? '').matchAll(
        /target="([^"]+)",period="([^"]+)",result="([^"]+)"} (.+)/g,
      );
      return Object.fromEntries(
        [...series]
          .map(
            ([, target, period, result, total]) => [`${target} ${period} ${result}`, Number(total)] as const,
          )
          .filter(([, total]) => total !== 0),
      );
    },
  };
}

/** Decided some seconds after it reached the hotline. */
const call = (reached: string, afterS = 10, changes: Partial<Scored> = {}): Scored => {
  const reachedAtMs = Date.parse(reached);
  return scored({ reachedAtMs, atMs: reachedAtMs + afterS * 1000, ...changes });
};
const at = (instant: string): number => Date.parse(instant);

describe('the counters of the periods that run', () => {
  it('begin at 0 with each shift, day and month of the zone, by when the call reached the hotline', () => {
    const { counters, told } = counting('Europe/Berlin');
    // Saturday 31 October: 23:50 in Berlin is 22:50 UTC, in the night shift since 22:00.
    counters.record(call('2026-10-31T20:59:00Z'));
    counters.record(call('2026-10-31T22:50:00Z'));
    counters.record(call('2026-10-31T22:59:50Z', 5, { result: 'miss' }));
    expect(told(at('2026-10-31T22:59:59Z'))).toEqual({
      'transfer shift hit': 1,
      'transfer shift miss': 1,
      'transfer day hit': 2,
      'transfer day miss': 1,
      'transfer month hit': 2,
      'transfer month miss': 1,
    });
    // Decided in the new day and month, reached before them: of the night shift alone, which goes on.
    counters.record(call('2026-10-31T22:59:58Z', 30));
    expect(told(at('2026-10-31T23:00:40Z'))).toEqual({ 'transfer shift hit': 2, 'transfer shift miss': 1 });
    counters.record(call('2026-11-01T00:10:00Z'));
    expect(told(at('2026-11-01T05:00:00Z'))).toEqual({ 'transfer day hit': 1, 'transfer month hit': 1 });
  });

  it.each([
    ['of 25 hours, where the clock goes back', '2026-10-24T22:00:00Z', 25],
    ['of 23 hours, where it leaps forward', '2026-03-28T23:00:00Z', 23],
  ])('last for a day %s', (_, start, lengthH) => {
    const { counters, told } = counting('Europe/Berlin');
    const fromMs = at(start);
    const untilMs = fromMs + lengthH * HOUR_MS;
    for (let atMs = fromMs; atMs < untilMs; atMs += HOUR_MS) {
      counters.record(scored({ reachedAtMs: atMs, atMs }));
    }
    expect(told(untilMs - 1)).toMatchObject({ 'transfer day hit': lengthH });
    expect(told(untilMs)['transfer day hit']).toBeUndefined();
  });

  const RUN_H = 60;
  const life = fc.record({
    calls: fc.array(
      fc.record({
        reachedMin: fc.integer({ min: 0, max: RUN_H * 60 }),
        decidedAfterS: fc.integer({ min: 0, max: 7200 }),
        result: fc.constantFrom(...RESULTS),
        target: fc.constantFrom('auto', 'transfer', 'after-hours'),
      }),
      { minLength: 20, maxLength: 120 },
    ),
    looks: fc.array(fc.integer({ min: 0, max: (RUN_H + 30) * 60 }), { maxLength: 25 }),
  });
  it.each([
    ['Europe/Berlin', '2026-10-24T12:00:00Z'],
    ['America/New_York', '2026-03-07T12:00:00Z'],
    ['Asia/Shanghai', '2026-11-29T12:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-02T12:00:00Z'],
  ])('property: say what the Report says of its shift, day and month, in %s', (zone, start) => {
    const startMs = at(start);
    fc.assert(
      fc.property(life, ({ calls, looks }) => {
        const { counters, told } = counting(zone);
        const tally = new Tally(watchIn(zone));
        const builder = new ReportBuilder(tally, 0);
        const facts = calls
          .map(({ reachedMin, decidedAfterS, result, target }) => {
            const reachedAtMs = startMs + reachedMin * MINUTE_MS;
            return scored({ reachedAtMs, atMs: reachedAtMs + decidedAfterS * 1000, result, target });
          })
          .sort((one, other) => one.atMs - other.atMs);
        let next = 0;
        for (const lookMin of looks.toSorted((one, other) => one - other)) {
          const nowMs = startMs + lookMin * MINUTE_MS;
          for (let fact = facts[next]; fact !== undefined && fact.atMs <= nowMs; fact = facts[++next]) {
            counters.record(fact);
            tally.apply(fact);
          }
          const report = builder.build({ nowMs, calls: [someCalls()], seats: [], links: [someLink()] });
          expect(told(nowMs)).toEqual(reported(report));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('go on after a restart with what they had told, not with what is known by now', () => {
    const nowMs = at('2026-11-05T12:00:00Z');
    const day = { fromMs: at('2026-11-04T23:00:00Z'), untilMs: at('2026-11-05T23:00:00Z') };
    const of = { pbx: 'north', subject: 'hotline', name: 'gas', longestMs: null } as const;
    const rows: readonly KeptRow[] = [
      { ...of, ...day, unit: 'day', series: 'transfer', sums: { hit: 8, miss: 1 } },
      { ...of, ...day, unit: 'day', series: 'told-transfer', sums: { hit: -2, unknown: 2 } },
      { ...of, ...day, unit: 'day', series: 'told-auto', sums: { unknown: 1 } },
    ];
    const { counters, told } = counting('Europe/Berlin');
    counters.seed(new KeptSums(rows));
    counters.record(scored({ atMs: nowMs }));
    expect(told(nowMs)).toMatchObject({
      'transfer day hit': 7,
      'transfer day miss': 1,
      'transfer day unknown': 2,
      'auto day unknown': 1,
    });
  });

  it('keep what they counted over a reload, and forget whom nobody watches', () => {
    const { counters, told } = counting('Europe/Berlin');
    counters.record(call('2026-11-05T12:00:00Z'));
    counters.redefine(watchIn('Europe/Berlin'));
    expect(told(at('2026-11-05T12:30:00Z'))).toMatchObject({ 'transfer day hit': 1 });
    counters.redefine(someWatch({ hotlines: [] }));
    counters.record(call('2026-11-05T12:00:00Z'));
    expect(told(at('2026-11-05T12:30:00Z'))).toEqual({});
  });

  it('begin anew by the calendar that a reload brought', () => {
    const { counters, told } = counting('Europe/Berlin');
    const hits = (instant: string) => told(at(instant))['transfer day hit'];
    counters.redefine(watchIn('America/New_York'));
    counters.record(call('2026-11-06T04:30:00Z'));
    expect(hits('2026-11-06T04:59:59Z')).toBe(1);
    expect(hits('2026-11-06T05:00:00Z')).toBeUndefined();
  });

  it('go on with what a reload brings back, and with what an earlier run told of what it brings', () => {
    const { counters, told } = counting('Europe/Berlin', someWatch({ hotlines: [] }));
    const of = { pbx: 'north', subject: 'hotline', name: 'gas', longestMs: null } as const;
    const day = { fromMs: at('2026-11-04T23:00:00Z'), untilMs: at('2026-11-05T23:00:00Z') };
    counters.seed(new KeptSums([{ ...of, ...day, unit: 'day', series: 'transfer', sums: { hit: 8 } }]));
    const hits = () => told(at('2026-11-05T12:30:00Z'))['transfer day hit'];
    counters.redefine(watchIn('Europe/Berlin'));
    counters.record(call('2026-11-05T12:00:00Z'));
    expect(hits()).toBe(9);
    counters.redefine(someWatch({ hotlines: [] }));
    counters.record(call('2026-11-05T12:00:00Z'));
    expect(hits()).toBeUndefined();
    counters.redefine(watchIn('Europe/Berlin'));
    expect(hits()).toBe(9);
  });
});

/** The same of the Report. */
function reported({ hotlines }: ReturnType<ReportBuilder['build']>): Record<string, number> {
  const counts = hotlines.flatMap(({ targets }) =>
    targets.flatMap(({ target, rates }) =>
      rates
        .filter(({ window }) => window === 'shift' || window === 'day' || window === 'month')
        .flatMap(({ window, hits, misses, setAside, unknown }): [string, number][] => [
          [`${target} ${window} hit`, hits],
          [`${target} ${window} miss`, misses],
          [`${target} ${window} set_aside`, setAside],
          [`${target} ${window} unknown`, unknown],
        ]),
    ),
  );
  return Object.fromEntries(counts.filter(([, count]) => count !== 0));
}
