import { WEEKDAYS, type HoursDefinition, type OpenSpan, type Weekday } from '../hotlines/definition.ts';
import type { HoursText } from './schema-hours.ts';
import type { SettingPath } from './setting-node.ts';
import { didYouMean } from './nearest.ts';

/** What is wrong with hours that are right by their form; `path` starts below `hours`. */
export interface HoursProblem {
  readonly path: SettingPath;
  readonly message: string;
}

export interface CompiledHours {
  readonly week: HoursDefinition['week'];
  readonly exceptions: HoursDefinition['exceptions'];
  readonly problems: readonly HoursProblem[];
}

type Spans = HoursText['week'][string];
/** What begins on a day, and what of it runs into the next. */
interface Written {
  readonly head: readonly OpenSpan[];
  readonly tail: readonly OpenSpan[];
}

const DAY_MIN = 1_440;
const CLOSED: Written = { head: [], tail: [] };

/**
 * Friendly hours to spans of each day. A span over midnight belongs to the day it begins on; an exception replaces
 * what begins on its date, so what the evening before left over stays. Text of the wrong form is left out: the
 * schema has already said so.
 */
export function compileHours(text: Pick<HoursText, 'week' | 'exceptions'>): CompiledHours {
  const problems: HoursProblem[] = [];
  const writtenWeek = writeWeek(text.week, problems);
  const at = (index: number): Written => writtenWeek.get(WEEKDAYS[(index + 7) % 7] ?? 'mon') ?? CLOSED;
  const day = (weekday: Weekday): readonly OpenSpan[] => {
    const index = WEEKDAYS.indexOf(weekday);
    return joined(at(index).head, at(index - 1).tail);
  };
  const week = {
    mon: day('mon'),
    tue: day('tue'),
    wed: day('wed'),
    thu: day('thu'),
    fri: day('fri'),
    sat: day('sat'),
    sun: day('sun'),
  };
  const replaced = writeExceptions(text.exceptions, problems);
  const onDate = (date: string): Written => replaced.get(date) ?? at(weekdayIndex(date));
  const exceptions = new Map<string, readonly OpenSpan[]>();
  for (const date of [...replaced.keys()].toSorted()) {
    // The day after changes too: by what this date leaves over, or no longer does.
    for (const changed of [date, dateAfter(date, 1)]) {
      exceptions.set(changed, joined(onDate(changed).head, onDate(dateAfter(changed, -1)).tail));
    }
  }
  return { week, exceptions, problems };
}

/** `24h` every day, for an emergency hotline that names no hours. */
export const ALWAYS: Pick<HoursText, 'week' | 'exceptions'> = { week: { 'mon-sun': '24h' }, exceptions: {} };

/** Minutes after midnight of `06:30`; undefined for anything else. */
export function minuteOf(clock: string): number | undefined {
  const parts = /^([0-9]{2}):([0-9]{2})$/.exec(clock);
  if (parts === null) return undefined;
  const minute = Number(parts[1]) * 60 + Number(parts[2]);
  return Number(parts[2]) < 60 && minute <= DAY_MIN ? minute : undefined;
}

function writeWeek(week: Readonly<Record<string, Spans>>, problems: HoursProblem[]): Map<Weekday, Written> {
  const written = new Map<Weekday, Written>();
  for (const [key, spans] of Object.entries(week)) {
    const days = daysOf(key);
    if (days === undefined) {
      const message = `"${key}" is no day${didYouMean(key, WEEKDAYS)}: must be days such as mon, mon-fri or sat,sun`;
      problems.push({ path: ['week', key], message });
      continue;
    }
    const day = write(spans, ['week', key], problems);
    for (const weekday of days) {
      if (written.has(weekday)) {
        problems.push({
          path: ['week', key],
          message: `gives hours for ${weekday} a second time: name each day once`,
        });
      }
      written.set(weekday, day);
    }
  }
  return written;
}

/** `sat,sun`, `mon-fri`, also over the weekend: `fri-mon`. */
export function daysOf(key: string): readonly Weekday[] | undefined {
  const days: Weekday[] = [];
  for (const part of key.split(',')) {
    const [first = '', last = first, ...more] = part.trim().split('-');
    const from = WEEKDAYS.findIndex((weekday) => weekday === first);
    const until = WEEKDAYS.findIndex((weekday) => weekday === last);
    if (from < 0 || until < 0 || more.length > 0) return undefined;
    const count = ((until - from + 7) % 7) + 1;
    for (let i = 0; i < count; i++) days.push(WEEKDAYS[(from + i) % 7] ?? 'mon');
  }
  return days;
}

function writeExceptions(
  texts: Readonly<Record<string, Spans>>,
  problems: HoursProblem[],
): Map<string, Written> {
  const written = new Map<string, Written>();
  for (const [date, spans] of Object.entries(texts)) {
    if (isDate(date)) written.set(date, write(spans, ['exceptions', date], problems));
    else
      problems.push({
        path: ['exceptions', date],
        message: `"${date}" is no date: must be a date such as 2026-10-01`,
      });
  }
  return written;
}

function write(spans: Spans, path: SettingPath, problems: HoursProblem[]): Written {
  if (spans === 'closed') return CLOSED;
  if (spans === '24h') return { head: [{ fromMin: 0, untilMin: DAY_MIN }], tail: [] };
  const head: OpenSpan[] = [];
  const tail: OpenSpan[] = [];
  for (const span of typeof spans === 'string' ? [spans] : spans) {
    const [from, until] = span.split('-').map(minuteOf);
    if (from === undefined || until === undefined || from === DAY_MIN) continue;
    if (from === until) {
      problems.push({ path, message: `"${span}" ends when it begins: for the whole day write 24h` });
    } else if (from < until) {
      head.push({ fromMin: from, untilMin: until });
    } else {
      head.push({ fromMin: from, untilMin: DAY_MIN });
      if (until > 0) tail.push({ fromMin: 0, untilMin: until });
    }
  }
  head.sort((a, b) => a.fromMin - b.fromMin);
  if (head.some((span, i) => span.fromMin < (head[i - 1]?.untilMin ?? 0))) {
    problems.push({ path, message: 'holds spans that overlap: must follow one after the other' });
  }
  return { head, tail };
}

/** Sorted, touching and overlapping spans made one. */
function joined(head: readonly OpenSpan[], tail: readonly OpenSpan[]): readonly OpenSpan[] {
  const result: OpenSpan[] = [];
  for (const span of [...tail, ...head].toSorted((a, b) => a.fromMin - b.fromMin)) {
    const last = result.at(-1);
    if (last !== undefined && span.fromMin <= last.untilMin) {
      result[result.length - 1] = { fromMin: last.fromMin, untilMin: Math.max(last.untilMin, span.untilMin) };
    } else {
      result.push(span);
    }
  }
  return result;
}

/** `2026-10-01`, a day that there is. */
export function isDate(text: string): boolean {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (parts === null) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** 0 Monday .. 6 Sunday */
function weekdayIndex(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
