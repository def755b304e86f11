import type { BlindTime } from '../calls/facts.ts';
import { WEEKDAYS, type HoursDefinition } from '../hotlines/definition.ts';
import type { Period } from '../hotlines/hours.ts';
import { LocalDay } from '../hotlines/local-day.ts';

/** So many comparable days make a usual one; with fewer of them nothing is said. */
export const DAYS_OF_USUAL = 8;
/** Hotlines change: a day of longer ago says nothing of this one. */
const MOST_WEEKS = 26;
/** So far back what was watched has to be known: the oldest day that is looked at lies within it, whatever its zone. */
export const SOUGHT_MS = (MOST_WEEKS + 1) * 7 * 86_400_000;

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What is kept of how the exchange of a hotline was watched. */
export interface Watch {
  /** From here on it is known what went on, and until here. */
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly blindTimes: readonly Pick<BlindTime, 'fromMs' | 'untilMs' | 'endedUnknown' | 'missedCalls'>[];
  /** What was seen of these times was given up before it was written. */
  readonly lost: readonly Span[];
}

/**
 * The days that one of `nowMs` compares with, the latest first: of the same weekday, open by the calendar, and watched
 * from their first instant to their last. A blind time does no harm where it made no call unknown; where the exchange
 * cannot tell what it missed, it does in open hours.
 */
export function* comparableDays(hours: HoursDefinition, nowMs: number, watch: Watch): Generator<Period> {
  const today = LocalDay.at(hours.zone, nowMs);
  for (let week = 1; week <= MOST_WEEKS; week++) {
    const day = LocalDay.of(hours.zone, today.dateFromHere(-7 * week));
    const { date, fromMs, untilMs } = day;
    if (fromMs < watch.sinceMs) return;
    const open = openSpans(hours, day);
    if (open.length > 0 && wasWatched(watch, { fromMs, untilMs }, open)) yield { key: date, fromMs, untilMs };
  }
}

/** The mean of as many days as it takes; undefined of fewer. */
export function usualOf(calls: readonly number[]): number | undefined {
  if (calls.length < DAYS_OF_USUAL) return undefined;
  return calls.slice(0, DAYS_OF_USUAL).reduce((sum, count) => sum + count, 0) / DAYS_OF_USUAL;
}

function openSpans(hours: HoursDefinition, day: LocalDay): readonly Span[] {
  const weekday = WEEKDAYS[day.weekdayIndex] ?? 'mon';
  return (hours.exceptions.get(day.date) ?? hours.week[weekday]).map(({ fromMin, untilMin }) => ({
    fromMs: day.instantOf(fromMin),
    untilMs: day.instantOf(untilMin),
  }));
}

function wasWatched({ untilMs, blindTimes, lost }: Watch, day: Span, open: readonly Span[]): boolean {
  if (untilMs < day.untilMs || lost.some((span) => overlap(span, day))) return false;
  return !blindTimes.some((blind) => {
    if (!overlap(blind, day)) return false;
    const { endedUnknown, missedCalls } = blind;
    if (endedUnknown > 0) return true;
    return missedCalls === undefined ? open.some((span) => overlap(blind, span)) : missedCalls > 0;
  });
}

const overlap = (one: Span, other: Span): boolean => one.fromMs < other.untilMs && one.untilMs > other.fromMs;
