import type { HoursDefinition } from '../hotlines/definition.ts';
import { isDate, piecesOfPeriod, REPORT_KINDS, reportPeriodAt } from './report-period.ts';
import type { ReportKind, ReportPeriod } from './report-period.ts';

export type ReadPeriod =
  | { readonly ok: true; readonly period: ReportPeriod }
  /** What is wrong, and what would be right. */
  | { readonly ok: false; readonly message: string };

const SPELLINGS: Readonly<Record<ReportKind, string>> = {
  shift: 'shift 2026-11-21 early (or this-shift, last-shift)',
  day: 'day 2026-11-21 (or today, yesterday)',
  month: 'month 2026-10 (or this-month, last-month)',
  quarter: 'quarter 2026-Q4 (or this-quarter, last-quarter)',
};

interface Relative {
  readonly kind: ReportKind;
  /** Periods back from the one that runs. */
  readonly back: 0 | 1;
}
const RELATIVES: ReadonlyMap<string, Relative> = new Map([
  ['this-shift', { kind: 'shift', back: 0 }],
  ['last-shift', { kind: 'shift', back: 1 }],
  ['today', { kind: 'day', back: 0 }],
  ['yesterday', { kind: 'day', back: 1 }],
  ['this-month', { kind: 'month', back: 0 }],
  ['last-month', { kind: 'month', back: 1 }],
  ['this-quarter', { kind: 'quarter', back: 0 }],
  ['last-quarter', { kind: 'quarter', back: 1 }],
]);

/**
 * Reads which report is meant: `month 2026-10`, `shift 2026-11-21 early` (in one word or two), `yesterday`. `hours` are
 * the company's; a period that has not begun is a mistake, one that runs is not.
 */
export function readPeriod(words: readonly string[], hours: HoursDefinition, nowMs: number): ReadPeriod {
  const [first = '', ...rest] = words.flatMap((word) => word.split(/\s+/)).filter((word) => word !== '');
  const kind = REPORT_KINDS.find((candidate) => candidate === first);
  const name = (kind === undefined ? [first, ...rest] : rest).join(' ');
  if (name === '') {
    return wrong(
      kind === undefined ? allSpellings('Say which report') : `Say which ${kind}: ${SPELLINGS[kind]}.`,
    );
  }
  const relative = RELATIVES.get(name);
  if (kind === undefined && relative === undefined) {
    return wrong(allSpellings(`There is no report "${name}"`));
  }
  if (relative !== undefined) {
    if (kind !== undefined && relative.kind !== kind) {
      return wrong(`"${name}" is no ${kind}. A ${kind} is written ${SPELLINGS[kind]}.`);
    }
    return { ok: true, period: relativePeriod(relative, hours, nowMs) };
  }
  // `kind` is known where no word of ours was given.
  return readNamed(kind as ReportKind, name, hours, nowMs);
}

function relativePeriod({ kind, back }: Relative, hours: HoursDefinition, nowMs: number): ReportPeriod {
  const running = reportPeriodAt(hours, kind, nowMs);
  const [first] = piecesOfPeriod(hours, running);
  return back === 0 || first === undefined ? running : reportPeriodAt(hours, kind, first.fromMs - 1);
}

function readNamed(kind: ReportKind, key: string, hours: HoursDefinition, nowMs: number): ReadPeriod {
  const fault =
    kind === 'quarter' ? faultOfQuarter(key) : kind === 'month' ? faultOfMonth(key) : faultOfDate(kind, key);
  if (fault !== undefined) return wrong(fault);
  if (kind === 'shift') {
    const name = key.slice('YYYY-MM-DD '.length);
    if (!hours.shifts.some((shift) => shift.name === name)) return wrong(faultOfShift(key, hours));
  }
  const [first] = piecesOfPeriod(hours, { kind, key });
  if (first === undefined) return wrong(`There was no shift "${key}": the clock was put past it that day.`);
  if (first.fromMs > nowMs) return wrong(`${key} has not begun: there is nothing to report yet.`);
  return { ok: true, period: { kind, key } };
}

function faultOfQuarter(key: string): string | undefined {
  if (/^\d{4}-Q[1-4]$/.test(key)) return undefined;
  const year = /^(\d{4})-Q\d+$/.exec(key)?.[1];
  if (year !== undefined) return `There is no quarter "${key}": ${year} has ${year}-Q1 to ${year}-Q4.`;
  return `"${key}" is no quarter. A quarter is written ${SPELLINGS.quarter}.`;
}

function faultOfMonth(key: string): string | undefined {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(key) ?? [];
  if (year === undefined) return `"${key}" is no month. A month is written ${SPELLINGS.month}.`;
  if (isDate(`${key}-01`)) return undefined;
  return `There is no month ${month}: ${year} has ${year}-01 to ${year}-12.`;
}

function faultOfDate(kind: 'shift' | 'day', key: string): string | undefined {
  const [, date = '', more] = /^(\d{4}-\d{2}-\d{2})( .*)?$/.exec(key) ?? [];
  if (date === '' || (kind === 'day' && more !== undefined)) {
    return `"${key}" is no ${kind}. A ${kind} is written ${SPELLINGS[kind]}.`;
  }
  if (isDate(date)) return undefined;
  const month = date.slice(0, 7);
  const fault = faultOfMonth(month);
  if (fault !== undefined) return fault;
  const days = [31, 30, 29, 28].find((day) => isDate(`${month}-${day}`));
  return `There is no ${date}: ${month} has the days ${month}-01 to ${month}-${days}.`;
}

function faultOfShift(key: string, { shifts }: HoursDefinition): string {
  const date = key.slice(0, 'YYYY-MM-DD'.length);
  const name = key.slice(date.length + 1);
  if (shifts.length === 0) return 'No shifts are configured (company.shifts): ask for the day.';
  const names = shifts.map((shift) => shift.name).join(', ');
  return name === ''
    ? `Say which shift of ${date}: ${names}.`
    : `There is no shift "${name}": the shifts are ${names}.`;
}

function allSpellings(fault: string): string {
  return `${fault}. A report is asked for as ${Object.values(SPELLINGS).join('; ')}.`;
}

const wrong = (message: string): ReadPeriod => ({ ok: false, message });
