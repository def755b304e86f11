import { describe, expect, it } from 'vitest';
import { endedPeriods } from '../../src/reports/ended-periods.ts';
import { hoursOfFrame } from '../../src/reports/report-period.ts';

const shifts = [
  { name: 'early', fromMin: 360 },
  { name: 'late', fromMin: 840 },
  { name: 'night', fromMin: 1320 },
];
const shanghai = hoursOfFrame({ zone: 'Asia/Shanghai', shifts });
const at = (text: string): number => Date.parse(text);
const ended = (after: string, until: string, hours = shanghai): string[] =>
  endedPeriods(hours, { afterMs: at(after), untilMs: at(until) }).map(
    ({ kind, key, endedAtMs }) => `${kind} ${key} ${new Date(endedAtMs).toISOString().slice(0, 16)}`,
  );

describe('the periods that ended', () => {
  it('come in the order they ended: the end itself belongs to them, the beginning of the look does not', () => {
    expect(ended('2026-11-21T22:00Z', '2026-11-22T06:00Z')).toEqual([
      'shift 2026-11-22 early 2026-11-22T06:00',
    ]);
    expect(ended('2026-11-21T14:00Z', '2026-11-22T06:00Z')).toEqual([
      'day 2026-11-21 2026-11-21T16:00',
      'shift 2026-11-21 night 2026-11-21T22:00',
      'shift 2026-11-22 early 2026-11-22T06:00',
    ]);
    expect(ended('2026-11-22T06:00Z', '2026-11-22T13:59:59Z')).toEqual([]);
  });

  it('are four at once where a year begins at the end of a shift', () => {
    const midnight = hoursOfFrame({ zone: 'UTC', shifts: [{ name: 'all', fromMin: 0 }] });
    expect(ended('2026-12-31T12:00Z', '2027-01-01T12:00Z', midnight)).toEqual([
      'shift 2026-12-31 all 2027-01-01T00:00',
      'day 2026-12-31 2027-01-01T00:00',
      'month 2026-12 2027-01-01T00:00',
      'quarter 2026-Q4 2027-01-01T00:00',
    ]);
  });

  it('end where the clock on the wall says so, on days of 23 and of 25 hours', () => {
    const berlin = hoursOfFrame({ zone: 'Europe/Berlin', shifts });
    expect(ended('2026-10-24T19:00Z', '2026-10-25T23:00Z', berlin)).toEqual([
      'shift 2026-10-24 late 2026-10-24T20:00',
      'day 2026-10-24 2026-10-24T22:00',
      'shift 2026-10-24 night 2026-10-25T05:00',
      'shift 2026-10-25 early 2026-10-25T13:00',
      'shift 2026-10-25 late 2026-10-25T21:00',
      'day 2026-10-25 2026-10-25T23:00',
    ]);
    expect(ended('2026-03-28T22:30Z', '2026-03-29T04:00Z', berlin)).toEqual([
      'day 2026-03-28 2026-03-28T23:00',
      'shift 2026-03-28 night 2026-03-29T04:00',
    ]);
  });

  it('are no shifts where none are configured', () => {
    const none = hoursOfFrame({ zone: 'UTC', shifts: [] });
    expect(ended('2026-11-20T12:00Z', '2026-11-22T12:00Z', none)).toEqual([
      'day 2026-11-20 2026-11-21T00:00',
      'day 2026-11-21 2026-11-22T00:00',
    ]);
  });

  it('are found each once however the time is cut', () => {
    const all = ended('2026-01-01T00:00Z', '2026-04-02T00:00Z');
    const cuts = Array.from({ length: 91 * 7 + 1 }, (_, n) => at('2026-01-01T00:00Z') + (n * 86_400_000) / 7);
    const pieces = cuts.slice(1).flatMap((untilMs, n) => {
      const span = { afterMs: cuts[n] ?? 0, untilMs };
      return endedPeriods(shanghai, span);
    });
    expect(pieces.map(({ kind, key }) => `${kind} ${key}`)).toEqual(
      all.map((one) => one.slice(0, -' 2026-01-01T00:00'.length)),
    );
    expect(all.filter((one) => one.startsWith('quarter'))).toHaveLength(1);
  });
});
