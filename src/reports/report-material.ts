import type { CallBackSummary } from '../attempts/call-back-summary.ts';
import type { BlindTime } from '../calls/facts.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import type { Period } from '../hotlines/hours.ts';
import type { SeatSpan } from '../roster/presence.ts';
import type { Roster } from '../roster/roster.ts';
import type { LostFacts } from '../store/lost-facts.ts';
import type { Backfill, BreachedCall, HotlineLostCallers } from '../store/report-reads.ts';
import type { SumRow } from '../store/sums.ts';
import type { ReportFrame, ReportPeriod } from './report-period.ts';
import type { DefinitionChange } from './report-sources.ts';

/** Everything a report is made of. The same material makes the same document. */
export interface ReportMaterial {
  readonly period: ReportPeriod;
  readonly frame: ReportFrame;
  readonly definition: WatchDefinition;
  readonly roster: Roster | undefined;
  readonly nowMs: number;
  /** Undefined for a journal that is new. */
  readonly knownSinceMs: number | undefined;
  /** Until when each exchange was seen. */
  readonly seenUntil: ReadonlyMap<string, number>;
  /** Of the report's unit, and by the hour for the profile; those of other periods and series do no harm. */
  readonly sums: readonly SumRow[];
  readonly hourSums: readonly SumRow[];
  readonly blindTimes: readonly BlindTime[];
  readonly lostFacts: readonly LostFacts[];
  readonly breachedCalls: readonly BreachedCall[];
  readonly backfills: readonly Backfill[];
  readonly definitionChanges: readonly DefinitionChange[];
  /** Both undefined where callers' numbers are not kept. */
  readonly lostCallers: readonly HotlineLostCallers[] | undefined;
  readonly openCallBacks: readonly CallBackSummary[] | undefined;
  /** For a shift report. */
  readonly seatSpans: readonly SeatSpan[];
}

/** From the first piece's beginning to the last one's end; undefined where there is none. */
export function spanOf(pieces: readonly Period[]): Pick<Period, 'fromMs' | 'untilMs'> | undefined {
  const [first] = pieces;
  const last = pieces.at(-1);
  return first === undefined || last === undefined
    ? undefined
    : { fromMs: first.fromMs, untilMs: last.untilMs };
}
