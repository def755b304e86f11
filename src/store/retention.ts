/** How long things are kept (norm.md section 7: data past its retention is destroyed). */
export interface Retention {
  readonly numbersDays: number;
  readonly callsMonths: number;
}

/** What is older than these instants is to be destroyed. */
export interface Cuts {
  readonly numbersBeforeMs: number;
  readonly callsBeforeMs: number;
}

const DAY_MS = 86_400_000;

/** A number is never kept longer than its call. Months are those of the calendar, in UTC: a day more or less is no matter. */
export function cutsOf({ numbersDays, callsMonths }: Retention, nowMs: number): Cuts {
  const callsBeforeMs = monthsBefore(nowMs, callsMonths);
  return { callsBeforeMs, numbersBeforeMs: Math.max(nowMs - numbersDays * DAY_MS, callsBeforeMs) };
}

/** Of a month that is too short its last day. */
function monthsBefore(atMs: number, months: number): number {
  const then = new Date(atMs);
  const day = then.getUTCDate();
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() - months);
  const lastDay = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  then.setUTCDate(Math.min(day, lastDay));
  return then.getTime();
}
