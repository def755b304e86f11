import type { CallBack } from '../attempts/call-back.ts';
import type { LostCallers } from '../attempts/not-reached.ts';
import type { BlindTime, Breach, Target } from '../calls/facts.ts';
import type { SeatSpan } from '../roster/presence.ts';
import type { CallRow, Certainty } from '../store/ports.ts';
import type { SumRow, SumUnit } from '../store/sums.ts';

/** Sums of all periods of a unit that begin in [fromMs, untilMs). */
export interface SumsAsk {
  readonly unit: SumUnit;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Only these series are looked at; who answers may leave out the others. Absent: all. */
  readonly series?: readonly string[];
}

/** A call that breached the norm, and how. */
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

/** Another definition came into force. */
export interface DefinitionChange {
  readonly atMs: number;
  readonly hash: string;
}

/**
 * Where a report reads. All of it may be answered from the journal's read connection; rejects with what is wrong where
 * that cannot be read. Calls are those that reached their hotline in [fromMs, untilMs); nothing holds a number.
 */
export interface ReportSources {
  /** From here on the journal knows; undefined for one that is new. */
  knownSinceMs(): Promise<number | undefined>;
  sums(ask: SumsAsk): Promise<readonly SumRow[]>;
  /** Blind times that overlap. */
  blindTimes(fromMs: number, untilMs: number): Promise<readonly BlindTime[]>;
  /** In the order they reached the hotline. */
  breachedCalls(fromMs: number, untilMs: number): Promise<readonly BreachedCall[]>;
  backfills(fromMs: number, untilMs: number): Promise<readonly Backfill[]>;
  /** Undefined where callers' numbers are not kept: then callers cannot be told apart. */
  lostCallers(fromMs: number, untilMs: number): Promise<readonly HotlineLostCallers[] | undefined>;
  /** All that are owed now, whenever they began; undefined as above. */
  openCallBacks(): Promise<readonly CallBack[] | undefined>;
  /** Of all seats, those that still run included; asked for shift reports alone. */
  seatSpans(fromMs: number, untilMs: number): Promise<readonly SeatSpan[]>;
  definitionChanges(fromMs: number, untilMs: number): Promise<readonly DefinitionChange[]>;
}
