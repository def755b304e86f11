import type { HoursDefinition } from '../hotlines/definition.ts';
import { periodOf } from '../hotlines/hours.ts';
import type { SumUnit } from './sums.ts';

export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

const HOUR_MS = 3_600_000;

/**
 * The period of a unit that an instant lies in, in the zone of `hours`. Hours are counted from the day's first instant,
 * so a day of 23 or 25 hours has as many; `ever` is all time.
 */
export function sumPeriodOf(hours: HoursDefinition, unit: SumUnit, atMs: number): Span {
  switch (unit) {
    case 'ever':
      return { fromMs: 0, untilMs: Infinity };
    case 'hour': {
      const day = periodOf(hours, 'day', atMs);
      const fromMs = day.fromMs + Math.floor((atMs - day.fromMs) / HOUR_MS) * HOUR_MS;
      return { fromMs, untilMs: Math.min(fromMs + HOUR_MS, day.untilMs) };
    }
    default:
      return periodOf(hours, unit, atMs);
  }
}

/** What is longer over than this is cut off: an event stamped decades away must not be split hour by hour. */
const LONGEST_SPLIT_MS = 124 * 24 * HOUR_MS;

/** Cuts a stretch of time where an hour or a shift (and with them every period) ends, the pieces in order. */
export function piecesOf(hours: HoursDefinition, { fromMs, untilMs }: Span): readonly Span[] {
  const pieces: Span[] = [];
  for (let atMs = Math.max(fromMs, untilMs - LONGEST_SPLIT_MS); atMs < untilMs;) {
    const endMs = Math.min(
      untilMs,
      sumPeriodOf(hours, 'hour', atMs).untilMs,
      periodOf(hours, 'shift', atMs).untilMs,
    );
    pieces.push({ fromMs: atMs, untilMs: endMs });
    atMs = endMs;
  }
  return pieces;
}
