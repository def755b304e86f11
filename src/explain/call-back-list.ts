import { z } from 'zod';
import { standingOf, type CallBack } from '../attempts/call-back.ts';
import { OUTCOMES } from '../calls/facts.ts';
import { csvText } from '../reports/csv-text.ts';
import { isoOf } from './iso.ts';

/** One caller who is owed a call back. Whose number it is the list does not say: looks at numbers are recorded elsewhere. */
export const callBackSchema = z
  .object({
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
    open: z.int().min(0),
    overdue: z.int().min(0),
    callBacks: z.array(callBackSchema).readonly().describe('the overdue first, of these the oldest first'),
  })
  .readonly();
export type CallBackList = z.infer<typeof callBackListSchema>;

/** Those who are owed a call back now (norm.md section 4); an ended one is left out. */
export function callBackList(callBacks: readonly CallBack[], nowMs: number): CallBackList {
  const rows = callBacks
    .filter(({ end }) => end === undefined)
    .map((callBack) => callBackRow(callBack, nowMs))
    .toSorted((a, b) => Number(b.overdue) - Number(a.overdue) || b.ageMs - a.ageMs);
  return {
    asOf: isoOf(nowMs),
    asOfMs: nowMs,
    open: rows.length,
    overdue: rows.filter(({ overdue }) => overdue).length,
    callBacks: rows,
  };
}

function callBackRow(callBack: CallBack, nowMs: number): OpenCallBackRow {
  const { lost, openedAtMs, dueAtMs, emergency, tries, daysTried, mayBeGivenUp } = callBack;
  const first = lost[0];
  const last = lost.at(-1);
  const idOf = (call: typeof first): string => (call === undefined ? '' : `${call.pbx}:${call.uniqueid}`);
  return {
    pbx: first?.pbx ?? '',
    hotline: first?.hotline ?? '',
    firstCall: idOf(first),
    lastCall: idOf(last),
    openedAt: isoOf(openedAtMs),
    openedAtMs,
    dueAt: isoOf(dueAtMs),
    dueAtMs,
    ...standingOf(callBack, nowMs),
    emergency,
    lostCalls: lost.length,
    lastOutcome: last?.outcome ?? null,
    tries: tries.length,
    daysTried,
    mayBeGivenUp,
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
