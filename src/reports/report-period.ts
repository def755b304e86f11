import type { HoursDefinition } from '../hotlines/definition.ts';
import { periodOf, type Period } from '../hotlines/hours.ts';
import { LocalDay } from '../hotlines/local-day.ts';
import type { SumUnit } from '../store/sums.ts';

export const REPORT_KINDS = ['shift', 'day', 'month', 'quarter'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** What a report is about, by its name alone: bounds hang on the zone and the shifts of who is asked. */
export interface ReportPeriod {
  readonly kind: ReportKind;
  /** `2026-11-21 early`, `2026-11-21`, `2026-10`, `2026-Q4`. */
  readonly key: string;
}

/** Where the company counts its days and shifts; a hotline may have hours of its own. */
export type ReportFrame = Pick<HoursDefinition, 'zone' | 'shifts'>;

const NO_WEEK = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

/** Only the calendar of these is asked for, never whether it is open. */
export function hoursOfFrame({ zone, shifts }: ReportFrame): HoursDefinition {
  return { zone, shifts, week: NO_WEEK, exceptions: new Map() };
}

/** Which unit's sums a report is made of: a quarter is its three months. */
export function unitOf(kind: ReportKind): Exclude<SumUnit, 'hour' | 'ever'> {
  return kind === 'quarter' ? 'month' : kind;
}

/**
 * The stretches of time whose sums make up a report, in order: one, or the three months of a quarter. Empty where there
 * is no such shift, or no such date. `hours`: of the hotline, queue or exchange that is asked about.
 */
export function piecesOfPeriod(hours: HoursDefinition, { kind, key }: ReportPeriod): readonly Period[] {
  if (kind === 'quarter') {
    return monthsOfQuarter(key).flatMap((month) => piecesOfPeriod(hours, { kind: 'month', key: month }));
  }
  const date = kind === 'month' ? `${key}-01` : key.slice(0, DATE_LENGTH);
  if (!isDate(date)) return [];
  const day = LocalDay.of(hours.zone, date);
  if (kind !== 'shift') return [periodOf(hours, kind, day.fromMs)];
  const fromMin = hours.shifts.find(({ name }) => name === key.slice(DATE_LENGTH + 1))?.fromMin;
  if (fromMin === undefined) return [];
  const shift = periodOf(hours, 'shift', day.instantOf(fromMin));
  return shift.key === key ? [shift] : [];
}

/** `2026-Q4` to its months; empty for what is no quarter. */
export function monthsOfQuarter(key: string): readonly string[] {
  const [, year = '', quarter = ''] = /^(\d{4})-Q([1-4])$/.exec(key) ?? [];
  if (quarter === '') return [];
  return [1, 2, 3].map((month) => `${year}-${String((Number(quarter) - 1) * 3 + month).padStart(2, '0')}`);
}

/** The period of a kind that an instant lies in. */
export function reportPeriodAt(hours: HoursDefinition, kind: ReportKind, atMs: number): ReportPeriod {
  if (kind !== 'quarter') return { kind, key: periodOf(hours, kind, atMs).key };
  const month = periodOf(hours, 'month', atMs).key;
  return { kind, key: `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}` };
}

const DATE_LENGTH = 'YYYY-MM-DD'.length;

/** Whether the calendar has that date, whatever the zone. */
export function isDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const atMs = Date.parse(`${date}T00:00:00Z`);
  return Number.isFinite(atMs) && new Date(atMs).toISOString().startsWith(date);
}
