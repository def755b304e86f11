import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WEEKDAYS, type HoursDefinition, type OpenSpan } from '../../src/hotlines/definition.ts';
import {
  isOpen,
  openMinutesOn,
  periodOf,
  weeklyOpenMinutes,
  type PeriodUnit,
} from '../../src/hotlines/hours.ts';

const HOUR_MS = 3_600_000;
const at = (text: string): number => Date.parse(text);
const span = (fromMin: number, untilMin: number): OpenSpan => ({ fromMin, untilMin });
const day = (hour: number): number => hour * 60;

function hours(
  zone: string,
  spans: readonly OpenSpan[],
  over: Partial<HoursDefinition> = {},
): HoursDefinition {
  const week = { mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans };
  return { zone, week, exceptions: new Map(), shifts: [], ...over };
}

/** The wall clock by the runtime's own calendar, not by the library under use. */
function wall(zone: string, atMs: number): { date: string; minute: number; weekday: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return {
    date: `${parts['year']}-${parts['month']}-${parts['day']}`,
    minute: Number(parts['hour']) * 60 + Number(parts['minute']),
    weekday: (parts['weekday'] ?? '').toLowerCase(),
  };
}

describe('isOpen', () => {
  const shop = hours('Asia/Shanghai', [span(day(8), day(12)), span(day(13), day(20))], {
    exceptions: new Map([
      ['2026-10-01', []],
      ['2026-10-02', [span(day(9), day(10))]],
    ]),
  });
  it.each([
    ['2026-09-30T07:59:59.999+08:00', false],
    ['2026-09-30T08:00:00+08:00', true],
    ['2026-09-30T11:59:59.999+08:00', true],
    ['2026-09-30T12:00:00+08:00', false],
    ['2026-09-30T19:59:59.999+08:00', true],
    ['2026-09-30T20:00:00+08:00', false],
    ['2026-10-01T10:00:00+08:00', false],
    ['2026-10-02T09:59:00+08:00', true],
    ['2026-10-02T14:00:00+08:00', false],
  ])('%s -> %s', (instant, expected) => expect(isOpen(shop, at(instant))).toBe(expected));

  it('goes by the weekday of the zone, not of the machine', () => {
    const sundays = hours('Pacific/Auckland', []);
    const definition = { ...sundays, week: { ...sundays.week, sun: [span(0, 1440)] } };
    expect(isOpen(definition, at('2026-08-02T00:00:00+12:00'))).toBe(true);
    expect(isOpen(definition, at('2026-08-01T23:59:59+12:00'))).toBe(false);
  });

  it('follows the wall over the change of the clock', () => {
    const night = hours('Europe/Berlin', [span(day(2), day(3))]);
    expect(isOpen(night, at('2026-03-29T00:59:59Z'))).toBe(false); // 01:59:59, then 03:00
    expect(isOpen(night, at('2026-03-29T01:00:00Z'))).toBe(false);
    expect(isOpen(night, at('2026-10-25T00:30:00Z'))).toBe(true); // 02:30 summer time
    expect(isOpen(night, at('2026-10-25T01:30:00Z'))).toBe(true); // 02:30 again
    expect(isOpen(night, at('2026-10-25T02:00:00Z'))).toBe(false);
  });

  it('says the same whatever was asked before', () => {
    const spans = [span(90, 150), span(day(8), day(12)), span(day(12), day(20))];
    const changes = ['2026-03-29T00:00:00Z', '2026-10-25T00:00:00Z', '2026-04-04T15:00:00Z'].map(at);
    for (const zone of ['Europe/Berlin', 'Australia/Lord_Howe']) {
      const asked = hours(zone, spans);
      const instant = fc
        .tuple(fc.constantFrom(...changes), fc.integer({ min: -30 * HOUR_MS, max: 30 * HOUR_MS }))
        .map(([change, offMs]) => change + offMs);
      fc.assert(
        fc.property(instant, fc.integer({ min: -HOUR_MS, max: HOUR_MS }), (oneMs, afterMs) => {
          isOpen(asked, oneMs);
          expect(isOpen(asked, oneMs + afterMs)).toBe(isOpen(hours(zone, spans), oneMs + afterMs));
        }),
        { numRuns: 300 },
      );
    }
  });
});

describe('periodOf', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29T12:00:00Z', 23],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', 25],
    ['Europe/Berlin', '2026-07-01T12:00:00Z', 24],
    ['America/Sao_Paulo', '2018-11-04T12:00:00Z', 23],
    ['America/Sao_Paulo', '2018-02-17T12:00:00Z', 25],
    ['America/Sao_Paulo', '2018-02-18T01:30:00Z', 25],
    ['Asia/Shanghai', '2026-03-29T12:00:00Z', 24],
    ['Australia/Lord_Howe', '2026-04-05T01:00:00Z', 24.5],
    ['Australia/Lord_Howe', '2026-10-04T01:00:00Z', 23.5],
  ])('the day of %s at %s has %d hours', (zone, instant, length) => {
    const { fromMs, untilMs } = periodOf(hours(zone, []), 'day', at(instant));
    expect((untilMs - fromMs) / HOUR_MS).toBe(length);
  });

  it('begins a day at its first instant where midnight is leapt over', () => {
    const period = periodOf(hours('America/Sao_Paulo', []), 'day', at('2018-11-04T12:00:00Z'));
    expect(period).toMatchObject({ key: '2018-11-04', fromMs: at('2018-11-04T03:00:00Z') });
  });

  it('knows months, over the turn of the year', () => {
    const berlin = hours('Europe/Berlin', []);
    expect(periodOf(berlin, 'month', at('2026-12-31T23:30:00Z'))).toEqual({
      key: '2027-01',
      fromMs: at('2026-12-31T23:00:00Z'),
      untilMs: at('2027-01-31T23:00:00Z'),
    });
    expect(periodOf(berlin, 'month', at('2026-02-10T00:00:00Z')).untilMs).toBe(at('2026-02-28T23:00:00Z'));
  });

  const shifts = [
    { name: 'early', fromMin: day(6) },
    { name: 'late', fromMin: day(14) },
    { name: 'night', fromMin: day(22) },
  ];
  it('keeps the night shift of the day before until the morning, one hour longer in October', () => {
    const berlin = hours('Europe/Berlin', [], { shifts });
    expect(periodOf(berlin, 'shift', at('2026-10-25T04:00:00Z'))).toEqual({
      key: '2026-10-24 night',
      fromMs: at('2026-10-24T20:00:00Z'),
      untilMs: at('2026-10-25T05:00:00Z'),
    });
    expect(periodOf(berlin, 'shift', at('2026-10-25T05:00:00Z')).key).toBe('2026-10-25 early');
  });

  it('has one shift a day where none are configured', () => {
    const plain = hours('UTC', []);
    const instant = at('2026-01-02T03:04:05Z');
    expect(periodOf(plain, 'shift', instant)).toEqual(periodOf(plain, 'day', instant));
  });

  it('begins a shift after the leap where the clock leaps over its start', () => {
    const berlin = hours('Europe/Berlin', [], { shifts: [{ name: 'owl', fromMin: 150 }] });
    expect(periodOf(berlin, 'shift', at('2026-03-29T12:00:00Z')).fromMs).toBe(at('2026-03-29T01:00:00Z'));
  });
});

const ZONES = [
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Asia/Shanghai',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'UTC',
];
const anyZone = fc.constantFrom(...ZONES);
/** Years with a change of the clock in Sao Paulo too; every other instant close to one of them. */
const anyInstant = fc.oneof(
  fc.integer({ min: at('2016-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') }),
  fc
    .tuple(
      fc.constantFrom('2018-11-04T03:00Z', '2018-02-18T02:00Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z'),
      fc.integer({ min: -26 * HOUR_MS, max: 26 * HOUR_MS }),
    )
    .map(([change, offset]) => at(change) + offset),
  fc.integer({ min: at('2026-04-03T00:00Z'), max: at('2026-04-06T00:00Z') }),
  fc.integer({ min: at('2026-10-02T00:00Z'), max: at('2026-10-05T00:00Z') }),
);
const anySpans = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 0, maxLength: 6 })
  .map((marks) => marks.sort((a, b) => a - b))
  .map((marks) =>
    marks.flatMap((from, index) => (index % 2 === 0 ? [span(from, marks[index + 1] ?? 1440)] : [])),
  );
const anyShifts = fc
  .uniqueArray(fc.integer({ min: 0, max: 1439 }), { maxLength: 5 })
  .map((marks) =>
    marks.sort((a, b) => a - b).map((fromMin) => ({ name: String(fromMin).padStart(4, '0'), fromMin })),
  );
const anyUnit = fc.constantFrom<PeriodUnit>('day', 'shift', 'month');

describe('for any zone, table and instant', () => {
  it('is open exactly when the wall shows an open minute', () => {
    fc.assert(
      fc.property(
        anyZone,
        fc.array(anySpans, { minLength: 7, maxLength: 7 }),
        anyInstant,
        (zone, tables, instant) => {
          const table = (weekday: string) => tables[WEEKDAYS.findIndex((known) => known === weekday)] ?? [];
          const week = {
            mon: table('mon'),
            tue: table('tue'),
            wed: table('wed'),
            thu: table('thu'),
            fri: table('fri'),
            sat: table('sat'),
            sun: table('sun'),
          };
          const definition = { ...hours(zone, []), week };
          const shown = wall(zone, instant);
          const expected = table(shown.weekday).some(
            ({ fromMin, untilMin }) => shown.minute >= fromMin && shown.minute < untilMin,
          );
          expect(isOpen(definition, instant)).toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('every instant lies in exactly one period, and periods follow each other without a gap', () => {
    fc.assert(
      fc.property(anyZone, anyShifts, anyUnit, anyInstant, (zone, shifts, unit, instant) => {
        const definition = hours(zone, [], { shifts });
        const period = periodOf(definition, unit, instant);
        expect(period.fromMs).toBeLessThanOrEqual(instant);
        expect(period.untilMs).toBeGreaterThan(instant);
        expect(periodOf({ ...definition }, unit, period.fromMs)).toEqual(period);
        expect(periodOf({ ...definition }, unit, period.untilMs - 1)).toEqual(period);
        const next = periodOf({ ...definition }, unit, period.untilMs);
        expect(next.fromMs).toBe(period.untilMs);
        expect(next.key > period.key).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('a day and a month hold the instants whose wall shows that date', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const definition = hours(zone, []);
        const { date } = wall(zone, instant);
        expect(periodOf(definition, 'day', instant).key).toBe(date);
        expect(periodOf(definition, 'month', instant).key).toBe(date.slice(0, 7));
      }),
      { numRuns: 300 },
    );
  });

  it('answers the same whatever was asked before', () => {
    fc.assert(
      fc.property(
        anyZone,
        anySpans,
        anyShifts,
        fc.array(anyInstant, { minLength: 2 }),
        (zone, spans, shifts, asked) => {
          const used = hours(zone, spans, { shifts });
          for (const instant of asked) {
            const fresh = hours(zone, spans, { shifts });
            expect(isOpen(used, instant)).toBe(isOpen(fresh, instant));
            expect(periodOf(used, 'shift', instant)).toEqual(periodOf(fresh, 'shift', instant));
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('promised minutes', () => {
  it('adds the spans of a weekday and of the week', () => {
    const definition = hours('UTC', [span(day(8), day(12)), span(day(13), day(17))]);
    expect(openMinutesOn(definition, 'wed')).toBe(480);
    expect(weeklyOpenMinutes(definition)).toBe(480 * 7);
  });
});
