import type { CallBackEntry } from '../store/call-back-reads.ts';
import { csvText } from './csv-text.ts';

const COLUMNS = [
  'id',
  'exchange',
  'hotline',
  'number',
  'opened',
  'due',
  'age hours',
  'overdue',
  'emergency',
  'lost calls',
  'last lost',
  'last outcome',
  'tries',
  'last try',
  'days tried',
  'may be given up',
  'ended',
  'how',
  'by',
  'reason',
  'note',
];
const HOUR_MS = 3_600_000;
const instant = (atMs: number | undefined): string =>
  atMs === undefined ? '' : new Date(atMs).toISOString();
const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

/** Call-backs for a spreadsheet: instants in UTC as ISO 8601 has them, numbers masked, no cell a formula. */
export function callBacksCsv(entries: readonly CallBackEntry[]): string {
  const rows = entries.map((entry) => [
    entry.id,
    entry.pbx,
    entry.hotline,
    entry.number,
    instant(entry.openedAtMs),
    instant(entry.dueAtMs),
    Math.round((entry.ageMs / HOUR_MS) * 10) / 10,
    yesOrNo(entry.overdue),
    yesOrNo(entry.emergency),
    entry.lostCalls,
    instant(entry.lastLostAtMs),
    entry.lastOutcome,
    entry.tries,
    instant(entry.lastTry?.atMs),
    entry.daysTried,
    yesOrNo(entry.mayBeGivenUp),
    instant(entry.end?.atMs),
    entry.end?.how ?? '',
    entry.end?.by ?? '',
    entry.end?.reason ?? '',
    entry.end?.note ?? '',
  ]);
  return csvText([COLUMNS, ...rows]);
}
