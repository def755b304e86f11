import { WEEKDAYS, type HoursDefinition, type OpenSpan, type Weekday } from './definition.ts';
import { LocalDay } from './local-day.ts';

/** The calendar periods figures are kept by. */
export type PeriodUnit = 'day' | 'shift' | 'month';

export interface Period {
  /** `2026-03-29` for a day (and for the shift of a hotline without shifts), `2026-03-29 night` for a shift (the date it begins on), `2026-03` for a month. */
  readonly key: string;
  /** Unix ms; `untilMs` exclusive and equal to the next period's `fromMs`. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What the hours say, and from which instant until which they say so at least. */
interface Openness {
  readonly isOpen: boolean;
  readonly fromMs: number;
  readonly untilMs: number;
}
/** No instant lies in it. */
const UNASKED: Openness = { isOpen: false, fromMs: Infinity, untilMs: -Infinity };

/** Calls come in order of time, with stragglers around a boundary: two of each unit are enough to remember. */
interface Remembered {
  days: readonly LocalDay[];
  openness: Openness;
  readonly periods: Record<PeriodUnit, readonly Period[]>;
}

const memory = new WeakMap<HoursDefinition, Remembered>();

/**
 * Whether the clock on the wall of the hotline's zone shows an open minute: where the clock goes back, both passes of
 * the repeated hour count alike; where it leaps forward, the minutes that never are, are not open. An emergency
 * hotline is open at all hours: that is the caller's to know (norm.md section 4).
 */
export function isOpen(hours: HoursDefinition, atMs: number): boolean {
  const kept = remembered(hours);
  const { fromMs, untilMs } = kept.openness;
  if (!(atMs >= fromMs && atMs < untilMs)) kept.openness = opennessAt(hours, atMs);
  return kept.openness.isOpen;
}

/** The day, shift or month of the hotline's zone that `atMs` lies in; 23 or 25 hours where the clock changes. */
export function periodOf(hours: HoursDefinition, unit: PeriodUnit, atMs: number): Period {
  const { periods } = remembered(hours);
  const known = periods[unit].find((period) => atMs >= period.fromMs && atMs < period.untilMs);
  if (known !== undefined) return known;
  const made = Object.freeze(makePeriod(hours, unit, atMs));
  periods[unit] = [made, ...periods[unit].slice(0, 1)];
  return made;
}

/** Minutes promised on an ordinary `weekday`. */
export function openMinutesOn(hours: HoursDefinition, weekday: Weekday): number {
  return hours.week[weekday].reduce((sum, span) => sum + span.untilMin - span.fromMin, 0);
}

/** Minutes promised in an ordinary week. */
export function weeklyOpenMinutes(hours: HoursDefinition): number {
  return WEEKDAYS.reduce((sum, weekday) => sum + openMinutesOn(hours, weekday), 0);
}

function opennessAt(hours: HoursDefinition, atMs: number): Openness {
  const day = dayAt(hours, atMs);
  const minute = day.wallMinute(atMs);
  const spans = spansOn(hours, day);
  const edges = spans.flatMap(({ fromMin, untilMin }) => [fromMin, untilMin]);
  const fromMin = Math.max(-Infinity, ...edges.filter((edge) => edge <= minute));
  const untilMin = Math.min(Infinity, ...edges.filter((edge) => edge > minute));
  return {
    isOpen: spans.some((span) => minute >= span.fromMin && minute < span.untilMin),
    ...day.instantsAround(atMs, fromMin, untilMin),
  };
}

function makePeriod(hours: HoursDefinition, unit: PeriodUnit, atMs: number): Period {
  const day = dayAt(hours, atMs);
  if (unit === 'month') return monthOf(hours.zone, day);
  if (unit === 'shift' && hours.shifts.length > 0) return shiftOf(hours, day, atMs);
  return { key: day.date, fromMs: day.fromMs, untilMs: day.untilMs };
}

function monthOf(zone: string, day: LocalDay): Period {
  const key = day.date.slice(0, 7);
  const first = LocalDay.of(zone, `${key}-01`);
  // 31 days from the first of a month always lie in the next one.
  const next = LocalDay.of(zone, `${first.dateFromHere(31).slice(0, 7)}-01`);
  return { key, fromMs: first.fromMs, untilMs: next.fromMs };
}

/** Before the first shift of a day the last one of the day before is still on duty. */
function shiftOf(hours: HoursDefinition, day: LocalDay, atMs: number): Period {
  const starts = [-1, 0, 1].flatMap((days) => {
    const date = days === 0 ? day : LocalDay.of(hours.zone, day.dateFromHere(days));
    return hours.shifts.map((shift) => ({
      key: `${date.date} ${shift.name}`,
      fromMs: date.instantOf(shift.fromMin),
    }));
  });
  starts.sort((a, b) => a.fromMs - b.fromMs);
  const index = starts.findLastIndex((start) => start.fromMs <= atMs);
  const current = starts[index];
  const next = starts[index + 1];
  // Cannot be: there is a shift on the day before and on the day after. Total all the same.
  if (current === undefined || next === undefined)
    return { key: day.date, fromMs: day.fromMs, untilMs: day.untilMs };
  return { key: current.key, fromMs: current.fromMs, untilMs: next.fromMs };
}

function spansOn(hours: HoursDefinition, day: LocalDay): readonly OpenSpan[] {
  const weekday = WEEKDAYS[day.weekdayIndex] ?? 'mon';
  return hours.exceptions.get(day.date) ?? hours.week[weekday];
}

function dayAt(hours: HoursDefinition, atMs: number): LocalDay {
  const kept = remembered(hours);
  const known = kept.days.find((day) => day.holds(atMs));
  if (known !== undefined) return known;
  const day = LocalDay.at(hours.zone, atMs);
  kept.days = [day, ...kept.days.slice(0, 1)];
  return day;
}

function remembered(hours: HoursDefinition): Remembered {
  let kept = memory.get(hours);
  if (kept === undefined) {
    kept = { days: [], openness: UNASKED, periods: { day: [], shift: [], month: [] } };
    memory.set(hours, kept);
  }
  return kept;
}
