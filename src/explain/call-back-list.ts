import { z } from 'zod';
import { OUTCOMES } from '../calls/facts.ts';
import { csvText } from '../reports/csv-text.ts';
import type { CallBackEntry, CallBackPage } from '../store/call-back-reads.ts';
import { isoOf } from './iso.ts';

/** One caller who is owed a call back. */
export const callBackSchema = z
  .object({
    id: z.string().describe('of the call-back; it says nothing of the caller'),
    caller: z.string().describe('masked number; empty where there is none, or where it is not kept any more'),
    pbx: z.string(),
    hotline: z.string().describe('that lost the caller first'),
    firstCall: z.string().describe('{pbx}:{uniqueid} of the first call that was lost, as in /api/calls/{id}'),
    lastCall: z.string().describe('of the last one'),
    openedAt: z.string().nullable(),
    openedAtMs: z.number(),
    dueAt: z.string().nullable(),
    dueAtMs: z.number().describe('from then on it is overdue; an emergency is at once'),
    ageMs: z.number(),
    overdue: z.boolean(),
    emergency: z.boolean(),
    lostCalls: z.int().min(1),
    lastOutcome: z.enum(OUTCOMES).nullable(),
    tries: z.int().min(0).describe('outbound calls to the caller since'),
    daysTried: z.int().min(0),
    mayBeGivenUp: z.boolean().describe('tried on two different days or more'),
  })
  .readonly();
export type OpenCallBackRow = z.infer<typeof callBackSchema>;

export const callBackListSchema = z
  .object({
    asOf: z.string().nullable(),
    asOfMs: z.number(),
    open: z.int().min(0).describe('of all that were asked for, also where not all are listed'),
    overdue: z.int().min(0),
    callBacks: z
      .array(callBackSchema)
      .readonly()
      .describe('the overdue first, of these the oldest first; 500 at most, those that are due first'),
  })
  .readonly();
export type CallBackList = z.infer<typeof callBackListSchema>;

/**
 * Those who are owed a call back now (norm.md section 4); an ended one is left out.
 * @param counted where `entries` are not all of them
 */
export function callBackList(
  entries: readonly CallBackEntry[],
  nowMs: number,
  counted?: Pick<CallBackPage, 'count' | 'overdue'>,
): CallBackList {
  const rows = entries
    .filter(({ end }) => end === null)
    .map(callBackRow)
    .toSorted((a, b) => Number(b.overdue) - Number(a.overdue) || b.ageMs - a.ageMs);
  return {
    asOf: isoOf(nowMs),
    asOfMs: nowMs,
    open: counted?.count ?? rows.length,
    overdue: counted?.overdue ?? rows.filter(({ overdue }) => overdue).length,
    callBacks: rows,
  };
}

function callBackRow(entry: CallBackEntry): OpenCallBackRow {
  const { id, pbx, hotline, number, firstCall, openedAtMs, dueAtMs, ageMs, overdue, emergency } = entry;
  const [last] = entry.calls;
  return {
    id,
    caller: number,
    pbx,
    hotline,
    firstCall: `${pbx}:${firstCall}`,
    lastCall: last === undefined ? `${pbx}:${firstCall}` : `${last.pbx}:${last.uniqueid}`,
    openedAt: isoOf(openedAtMs),
    openedAtMs,
    dueAt: isoOf(dueAtMs),
    dueAtMs,
    ageMs,
    overdue,
    emergency,
    lostCalls: entry.lostCalls,
    lastOutcome: entry.lastOutcome,
    tries: entry.tries,
    daysTried: entry.daysTried,
    mayBeGivenUp: entry.mayBeGivenUp,
  };
}

// The keys of a literal of ours, in its order.
const COLUMNS = Object.keys(callBackSchema.unwrap().shape) as (keyof OpenCallBackRow)[];

/** The same as a spreadsheet takes it in: a head, then a line for each. */
export function callBackCsv({ callBacks }: CallBackList): string {
  const rows = callBacks.map((row) =>
    COLUMNS.map((column) => {
      const value = row[column];
      return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
    }),
  );
  return csvText([COLUMNS, ...rows]);
}
