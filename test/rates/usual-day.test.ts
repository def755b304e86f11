import { describe, expect, it } from 'vitest';
import { comparableDays, usualOf, type Watch } from '../../src/rates/usual-day.ts';
import { someHours } from '../support/definitions.ts';

const NINE_TO_FIVE = [{ fromMin: 540, untilMin: 1020 }];
const office = {
  mon: NINE_TO_FIVE,
  tue: NINE_TO_FIVE,
  wed: NINE_TO_FIVE,
  thu: NINE_TO_FIVE,
  fri: NINE_TO_FIVE,
  sat: [],
  sun: [],
};
const hours = someHours({
  zone: 'Europe/Berlin',
  week: office,
  exceptions: new Map([['2026-10-20', []]]),
});
/** A Tuesday, two days after the clock went back there. */
const NOW_MS = Date.parse('2026-10-27T10:00:00Z');
const at = (instant: string): number => Date.parse(instant);

const watched = (changes: Partial<Watch> = {}): Watch => ({
  sinceMs: at('2026-08-01T00:00:00Z'),
  untilMs: NOW_MS,
  blindTimes: [],
  lost: [],
  ...changes,
});
const daysOf = (watch: Watch, nowMs = NOW_MS): readonly string[] =>
  Array.from(comparableDays(hours, nowMs, watch), ({ key }) => key);
const ALL = [
  '2026-10-13',
  '2026-10-06',
  '2026-09-29',
  '2026-09-22',
  '2026-09-15',
  '2026-09-08',
  '2026-09-01',
  '2026-08-25',
  '2026-08-18',
  '2026-08-11',
  '2026-08-04',
];

describe('the days that compare with one', () => {
  it('are of its weekday and were open, as far back as anybody watched', () => {
    expect(daysOf(watched())).toEqual(ALL);
    expect(daysOf(watched({ sinceMs: at('2026-08-17T22:00:00Z') }))).toEqual(ALL.slice(0, 9));
    expect(daysOf(watched({ sinceMs: at('2026-08-17T22:00:01Z') }))).toEqual(ALL.slice(0, 8));
    expect(daysOf(watched(), at('2026-10-25T10:00:00Z'))).toEqual([]);
  });

  it('are of the last 26 weeks', () => {
    const days = daysOf(watched({ sinceMs: 0 }));
    expect([days[0], days.at(-1)]).toEqual(['2026-10-13', '2026-04-28']);
  });

  it('are whole days of the zone, though the clock changed in between', () => {
    const [first] = comparableDays(hours, NOW_MS, watched());
    expect(first).toEqual({
      key: '2026-10-13',
      fromMs: at('2026-10-12T22:00:00Z'),
      untilMs: at('2026-10-13T22:00:00Z'),
    });
  });

  const blind = (from: string, until: string, changes: object = {}) => ({
    fromMs: at(from),
    untilMs: at(until),
    endedUnknown: 0,
    missedCalls: 0,
    ...changes,
  });
  const DAY = ['2026-10-13T08:00:00Z', '2026-10-13T08:05:00Z'] as const;
  const NIGHT = ['2026-10-13T01:00:00Z', '2026-10-13T01:05:00Z'] as const;
  it.each([
    ['nothing happened in', blind(...DAY), ALL],
    ['a call ended unknown in', blind(...NIGHT, { endedUnknown: 1 }), ALL.slice(1)],
    ['calls passed unseen in', blind(...NIGHT, { missedCalls: 2 }), ALL.slice(1)],
    ['nobody can tell of, in open hours', blind(...DAY, { missedCalls: undefined }), ALL.slice(1)],
    ['nobody can tell of, at night', blind(...NIGHT, { missedCalls: undefined }), ALL],
    [
      'of the evening before',
      blind('2026-10-12T21:00:00Z', '2026-10-12T22:00:00Z', { endedUnknown: 3 }),
      ALL,
    ],
  ])('leave a blind time out that %s', (_, blindTime, days) => {
    expect(daysOf(watched({ blindTimes: [blindTime] }))).toEqual(days);
  });

  it('are none of which what was seen was given up, and none that was not seen to its end', () => {
    const lost = [{ fromMs: at('2026-10-06T12:00:00Z'), untilMs: at('2026-10-06T12:00:01Z') }];
    expect(daysOf(watched({ lost }))).toEqual(ALL.filter((day) => day !== '2026-10-06'));
    expect(daysOf(watched({ untilMs: at('2026-10-13T21:59:00Z') }))).toEqual(ALL.slice(1));
  });
});

it('a usual day is the mean of the last eight, and of no fewer', () => {
  expect(usualOf([1, 2, 3, 4, 5, 6, 7])).toBeUndefined();
  expect(usualOf([1, 2, 3, 4, 5, 6, 7, 9, 1000])).toBe(37 / 8);
});
