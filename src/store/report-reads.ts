import type { CallBackSummary } from '../attempts/call-back-summary.ts';
import type { LostCallers } from '../attempts/not-reached.ts';
import type { BlindTime, Breach, SeatInterval, Target } from '../calls/facts.ts';
import type { HoursDefinition } from '../hotlines/definition.ts';
import type { LostFacts } from './lost-facts.ts';
import type { CallRow, Certainty, DefinitionInForce } from './ports.ts';
import type { SumRow, SumUnit } from './sums.ts';

/** Sums of all periods of a unit that begin in [fromMs, untilMs). */
export interface SumsAsk {
  readonly unit: SumUnit;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Only these series. Absent: all. */
  readonly series?: readonly string[];
}

/** A call that breached the norm, and how: one for each way. */
export interface BreachedCall {
  readonly call: CallRow;
  readonly breach: Breach;
}

/** How many calls of a hotline were not seen by us, and what they were scored as. */
export interface Backfill {
  readonly pbx: string;
  readonly hotline: string;
  readonly certainty: Extract<Certainty, 'backfilled' | 'imported'>;
  readonly calls: number;
  readonly scored: readonly {
    readonly target: Target;
    readonly hits: number;
    readonly misses: number;
    readonly setAside: number;
  }[];
}

/** Callers beside calls: of the chains of one hotline whose first call reached it in the period. */
export interface HotlineLostCallers extends LostCallers {
  readonly pbx: string;
  readonly hotline: string;
}

/** A hotline and its targets, of which a usual day is asked for. */
export interface HotlineUsual {
  readonly pbx: string;
  readonly name: string;
  readonly hours: HoursDefinition;
  readonly targets: readonly Target[];
}
export interface UsualDaysAsk {
  readonly nowMs: number;
  readonly hotlines: readonly HotlineUsual[];
}
/** Mean of the calls that entered a rate on the last comparable days (rates/usual-day.ts). */
export interface UsualDay {
  readonly pbx: string;
  readonly hotline: string;
  readonly target: Target;
  readonly calls: number;
  /** Of the day it was asked for: the next is of another weekday. */
  readonly untilMs: number;
}

/**
 * What reports ask of the journal's read connection. Calls are those that reached their hotline in [fromMs, untilMs);
 * nothing holds a number. Rejects with what is wrong where the journal cannot be read.
 */
export interface ReportReads {
  /** From here on the journal knows; undefined for one that is new. */
  knownSinceMs(): Promise<number | undefined>;
  /** Until when each exchange was seen. */
  seenUntil(): Promise<ReadonlyMap<string, number>>;
  sums(ask: SumsAsk): Promise<readonly SumRow[]>;
  /** Blind times that overlap, in their order. */
  blindTimesIn(fromMs: number, untilMs: number): Promise<readonly BlindTime[]>;
  /** In the order they reached the hotline. */
  breachedCalls(fromMs: number, untilMs: number): Promise<readonly BreachedCall[]>;
  backfills(fromMs: number, untilMs: number): Promise<readonly Backfill[]>;
  /** Nothing where callers' numbers are not kept. */
  lostCallers(fromMs: number, untilMs: number): Promise<readonly HotlineLostCallers[]>;
  /** What was seen in [fromMs, untilMs) and could never be written. */
  lostFacts(fromMs: number, untilMs: number): Promise<readonly LostFacts[]>;
  /** All that are owed now, the oldest first; none where callers' numbers are not kept. */
  openCallBacks(): Promise<readonly CallBackSummary[]>;
  /** Of all seats, those that are over and overlap, seat by seat in their order. */
  seatIntervals(fromMs: number, untilMs: number): Promise<readonly SeatInterval[]>;
  /** None where there are too few days to compare with. */
  usualDays(ask: UsualDaysAsk): Promise<readonly UsualDay[]>;
  definitions(): Promise<readonly DefinitionInForce[]>;
}
