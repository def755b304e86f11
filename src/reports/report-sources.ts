import type { CallBackSummary } from '../attempts/call-back-summary.ts';
import type { BlindTime } from '../calls/facts.ts';
import type { SeatSpan } from '../roster/presence.ts';
import type { LostFacts } from '../store/lost-facts.ts';
import type { Backfill, BreachedCall, HotlineLostCallers, SumsAsk } from '../store/report-reads.ts';
import type { SumRow } from '../store/sums.ts';

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
  /** Until when each exchange was seen; one that never was is not in it. */
  seenUntil(): Promise<ReadonlyMap<string, number>>;
  sums(ask: SumsAsk): Promise<readonly SumRow[]>;
  /** Blind times that overlap. */
  blindTimes(fromMs: number, untilMs: number): Promise<readonly BlindTime[]>;
  /** What was seen then and could never be written. */
  lostFacts(fromMs: number, untilMs: number): Promise<readonly LostFacts[]>;
  /** In the order they reached the hotline. */
  breachedCalls(fromMs: number, untilMs: number): Promise<readonly BreachedCall[]>;
  backfills(fromMs: number, untilMs: number): Promise<readonly Backfill[]>;
  /** Undefined where callers' numbers are not kept: then callers cannot be told apart. */
  lostCallers(fromMs: number, untilMs: number): Promise<readonly HotlineLostCallers[] | undefined>;
  /** All that are owed now, whenever they began; undefined as above. */
  openCallBacks(): Promise<readonly CallBackSummary[] | undefined>;
  /** Of all seats, those that still run included; asked for shift reports alone. */
  seatSpans(fromMs: number, untilMs: number): Promise<readonly SeatSpan[]>;
  definitionChanges(fromMs: number, untilMs: number): Promise<readonly DefinitionChange[]>;
}
