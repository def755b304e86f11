import { describe, expect, it } from 'vitest';
import { hoursOfFrame, piecesOfPeriod } from '../../src/reports/report-period.ts';

const HOUR_MS = 3_600_000;
const berlin = hoursOfFrame({
  zone: 'Europe/Berlin',
  shifts: [
    { name: 'night', fromMin: 1320 },
    { name: 'early', fromMin: 360 },
  ],
});
const lengthsH = (kind: 'shift' | 'day' | 'month' | 'quarter', key: string, hours = berlin): number[] =>
  piecesOfPeriod(hours, { kind, key }).map(({ fromMs, untilMs }) => (untilMs - fromMs) / HOUR_MS);

describe('the stretch of a report', () => {
  it('has 23 or 25 hours where the clock changes, and 24 in a zone that has no such days', () => {
    expect(lengthsH('day', '2026-03-29')).toEqual([23]);
    expect(lengthsH('day', '2026-10-25')).toEqual([25]);
    const shanghai = hoursOfFrame({ zone: 'Asia/Shanghai', shifts: [] });
    expect(lengthsH('day', '2026-10-25', shanghai)).toEqual([24]);
  });

  it('takes the hour that a night shift gains or loses', () => {
    expect(lengthsH('shift', '2026-10-24 night')).toEqual([9]);
    expect(lengthsH('shift', '2026-03-28 night')).toEqual([7]);
  });

  it('is three months for a quarter', () => {
    expect(lengthsH('quarter', '2026-Q4')).toEqual([31 * 24 + 1, 30 * 24, 31 * 24]);
  });

  it('is nothing for what the calendar does not have', () => {
    expect(lengthsH('day', '2026-02-29')).toEqual([]);
    expect(lengthsH('shift', '2026-10-24 noon')).toEqual([]);
  });
});
