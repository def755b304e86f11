import { describe, expect, it } from 'vitest';
import { readPeriod } from '../../src/reports/read-period.ts';
import { hoursOfFrame } from '../../src/reports/report-period.ts';

const SHIFTS = [
  { name: 'early', fromMin: 360 },
  { name: 'night', fromMin: 1320 },
];
const hours = hoursOfFrame({ zone: 'Asia/Shanghai', shifts: SHIFTS });
const NOW_MS = Date.parse('2026-11-21T02:00:00+08:00');
const read = (...words: string[]) => readPeriod(words, hours, NOW_MS);

describe('which report is asked for', () => {
  it.each([
    [['month', '2026-10'], 'month', '2026-10'],
    [['day', '2026-11-20'], 'day', '2026-11-20'],
    [['shift', '2026-11-19', 'night'], 'shift', '2026-11-19 night'],
    [['shift', '2026-11-19 night'], 'shift', '2026-11-19 night'],
    [['quarter', '2026-Q4'], 'quarter', '2026-Q4'],
    [['today'], 'day', '2026-11-21'],
    [['day', 'yesterday'], 'day', '2026-11-20'],
    [['this-month'], 'month', '2026-11'],
    [['month', 'last-month'], 'month', '2026-10'],
    [['this-shift'], 'shift', '2026-11-20 night'],
    [['last-shift'], 'shift', '2026-11-20 early'],
    [['last-quarter'], 'quarter', '2026-Q3'],
  ])('%s', (words, kind, key) => {
    expect(read(...words)).toEqual({ ok: true, period: { kind, key } });
  });

  it.each([
    [['month', '2026-13'], 'There is no month 13: 2026 has 2026-01 to 2026-12.'],
    [
      ['month', 'october'],
      '"october" is no month. A month is written month 2026-10 (or this-month, last-month).',
    ],
    [['day', '2026-02-30'], 'There is no 2026-02-30: 2026-02 has the days 2026-02-01 to 2026-02-28.'],
    [['day', '2026-10'], '"2026-10" is no day. A day is written day 2026-11-21 (or today, yesterday).'],
    [['shift', '2026-11-19'], 'Say which shift of 2026-11-19: early, night.'],
    [['shift', '2026-11-19', 'noon'], 'There is no shift "noon": the shifts are early, night.'],
    [['quarter', '2026-Q5'], 'There is no quarter "2026-Q5": 2026 has 2026-Q1 to 2026-Q4.'],
    [['month', '2026-12'], '2026-12 has not begun: there is nothing to report yet.'],
    [
      ['month', 'yesterday'],
      '"yesterday" is no month. A month is written month 2026-10 (or this-month, last-month).',
    ],
    [['month'], 'Say which month: month 2026-10 (or this-month, last-month).'],
  ])('%s is a mistake that says what would be right', (words, message) => {
    expect(read(...words)).toEqual({ ok: false, message });
  });

  it('lists every spelling where nothing is understood', () => {
    const answer = read('fortnight');
    expect(answer).toMatchObject({ ok: false });
    expect(answer.ok ? '' : answer.message).toMatch(/^There is no report "fortnight"\. .*yesterday.*2026-Q4/);
  });

  it('asks for the day where no shifts are configured', () => {
    const none = hoursOfFrame({ zone: 'UTC', shifts: [] });
    const answer = readPeriod(['shift', '2026-11-19', 'early'], none, NOW_MS);
    expect(answer).toEqual({
      ok: false,
      message: 'No shifts are configured (company.shifts): ask for the day.',
    });
  });
});
