import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileHours, minuteOf } from '../../src/config/hours-text.ts';
import { WEEKDAYS } from '../../src/hotlines/definition.ts';
import { isOpen } from '../../src/hotlines/hours.ts';

const span = (fromMin: number, untilMin: number) => ({ fromMin, untilMin });

describe('compileHours', () => {
  it('spreads days, lists, 24h and closed; a day not named is closed', () => {
    const { week, problems } = compileHours({
      week: {
        'mon-wed': '08:00-20:00',
        'thu,fri': ['13:00-17:00', '09:00-12:00'],
        sat: '24h',
        sun: 'closed',
      },
      exceptions: {},
    });
    expect(problems).toEqual([]);
    expect(week.mon).toEqual([span(480, 1200)]);
    expect(week.wed).toEqual(week.mon);
    expect(week.fri).toEqual([span(540, 720), span(780, 1020)]);
    expect(week.sat).toEqual([span(0, 1440)]);
    expect(week.sun).toEqual([]);
    expect(compileHours({ week: { mon: '08:00-24:00' }, exceptions: {} }).week).toMatchObject({
      mon: [span(480, 1440)],
      tue: [],
    });
  });

  it('cuts a span over midnight in two, from sunday into monday too', () => {
    const { week } = compileHours({ week: { 'fri-mon': '22:00-06:00' }, exceptions: {} });
    expect(week.fri).toEqual([span(1320, 1440)]);
    expect(week.sat).toEqual([span(0, 360), span(1320, 1440)]);
    expect(week.mon).toEqual([span(0, 360), span(1320, 1440)]);
    expect(week.tue).toEqual([span(0, 360)]);
    expect(week.wed).toEqual([]);
  });

  it('joins what touches', () => {
    const { week } = compileHours({
      week: { mon: '20:00-08:00', tue: ['08:00-12:00', '13:00-00:00'] },
      exceptions: {},
    });
    expect(week.tue).toEqual([span(0, 720), span(780, 1440)]);
    expect(week.wed).toEqual([]);
  });

  it('lets an exception replace what begins on its date, and no more', () => {
    // 2026-10-01 is a Thursday.
    const { exceptions } = compileHours({
      week: { 'mon-sun': '22:00-06:00' },
      exceptions: { '2026-10-01': 'closed' },
    });
    expect([...exceptions]).toEqual([
      ['2026-10-01', [span(0, 360)]],
      ['2026-10-02', [span(1320, 1440)]],
    ]);
  });

  it('is open exactly when what was written says so', () => {
    const clock = fc.integer({ min: 0, max: 1439 }).map((minute) => {
      const hour = String(Math.floor(minute / 60)).padStart(2, '0');
      return `${hour}:${String(minute % 60).padStart(2, '0')}`;
    });
    const written = fc.oneof(
      fc.constantFrom('closed', '24h'),
      fc
        .tuple(clock, clock)
        .filter(([from, until]) => from !== until)
        .map(([from, until]) => `${from}-${until}`),
    );
    const dates = [
      '2026-09-29',
      '2026-09-30',
      '2026-10-01',
      '2026-10-02',
      '2026-10-03',
      '2026-10-04',
      '2026-10-05',
    ];
    const weeks = fc.record(Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, written])));
    const replaced = fc.dictionary(fc.constantFrom(...dates), written);
    const covers = (spans: string | undefined, minute: number): boolean => {
      if (spans === undefined || spans === 'closed') return false;
      if (spans === '24h') return minute < 1440;
      const [from = 0, until = 0] = spans.split('-').map((text) => minuteOf(text) ?? 0);
      return minute >= from && minute < (until > from ? until : until + 1440);
    };
    fc.assert(
      fc.property(weeks, replaced, fc.integer({ min: 0, max: 7 * 1440 - 1 }), (week, exceptions, offset) => {
        const atMs = Date.parse('2026-09-29T00:00:00Z') + offset * 60_000;
        const on = (days: number): string | undefined => {
          const date = new Date(atMs + days * 86_400_000);
          return (
            exceptions[date.toISOString().slice(0, 10)] ?? week[WEEKDAYS[(date.getUTCDay() + 6) % 7] ?? '']
          );
        };
        const minute = offset % 1440;
        const expected = covers(on(0), minute) || covers(on(-1), minute + 1440);
        const compiled = compileHours({ week, exceptions });
        expect(isOpen({ zone: 'UTC', ...compiled, shifts: [] }, atMs)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});
