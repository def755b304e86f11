import type { CallBackList, OpenCallBackRow } from './call-back-list.ts';

const HOUR_MS = 3_600_000;
const HEAD = ['ID', 'CALLER', 'HOTLINE', 'SINCE', 'AGE', 'DUE', 'LOST', 'LAST', 'TRIES', ''];

/** Who is owed a call back, as a terminal shows it: a head and a line for each, the overdue first. Numbers are masked. */
export function callBackText({ open, overdue, callBacks }: CallBackList): string {
  const sentence = open === 0 ? 'nobody is owed a call back' : `${open} open, ${overdue} overdue`;
  if (open === 0) return `${sentence}\n`;
  const rows = [HEAD, ...callBacks.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n${sentence}\n`;
}

function cellsOf(row: OpenCallBackRow): readonly string[] {
  const { tries, daysTried } = row;
  const marks = [
    ...(row.emergency ? ['EMERGENCY'] : []),
    ...(row.overdue ? ['OVERDUE'] : []),
    ...(row.mayBeGivenUp ? ['may be given up'] : []),
  ];
  return [
    row.id,
    row.caller === '' ? '-' : row.caller,
    `${row.pbx}/${row.hotline}`,
    minuteOf(row.openedAt),
    `${Math.floor(row.ageMs / HOUR_MS)} h`,
    minuteOf(row.dueAt),
    String(row.lostCalls),
    row.lastOutcome ?? '-',
    tries === 0 ? '0' : `${tries} on ${daysTried} d`,
    marks.join(', '),
  ];
}

/** `2026-11-22 07:05Z`: of any zone, so that nobody takes it for another's. */
const minuteOf = (instant: string | null): string =>
  instant === null ? '-' : `${instant.slice(0, 16).replace('T', ' ')}Z`;
