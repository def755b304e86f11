import type { SeatSpan } from '../roster/presence.ts';
import type { ReportReads } from '../store/report-reads.ts';
import type { ReportSources } from './report-sources.ts';

/** What a watch that runs adds to its journal; a command beside it, or without one, has nothing of it. */
export interface LiveSources {
  /** Resolves when the journal holds all that was told, as far as it can be written. */
  flush(): Promise<void>;
  /** Of every seat what it does now, from when it began until now. */
  runningSpans(): readonly SeatSpan[];
}
export interface JournalSourcesOptions {
  /** Whether callers' numbers are kept: without them callers cannot be told apart. */
  readonly keepsNumbers: boolean;
  readonly live?: LiveSources;
}

/** Reports out of the journal. */
export function journalSources(
  reader: ReportReads,
  { keepsNumbers, live }: JournalSourcesOptions,
): ReportSources {
  const written = async (): Promise<ReportReads> => {
    await live?.flush();
    return reader;
  };
  return {
    knownSinceMs: async () => (await written()).knownSinceMs(),
    seenUntil: async () => (await written()).seenUntil(),
    sums: async (ask) => (await written()).sums(ask),
    blindTimes: async (fromMs, untilMs) => (await written()).blindTimesIn(fromMs, untilMs),
    lostFacts: async (fromMs, untilMs) => (await written()).lostFacts(fromMs, untilMs),
    breachedCalls: async (fromMs, untilMs) => (await written()).breachedCalls(fromMs, untilMs),
    backfills: async (fromMs, untilMs) => (await written()).backfills(fromMs, untilMs),
    lostCallers: async (fromMs, untilMs) =>
      keepsNumbers ? (await written()).lostCallers(fromMs, untilMs) : undefined,
    openCallBacks: async () => (keepsNumbers ? (await written()).openCallBacks() : undefined),
    seatSpans: async (fromMs, untilMs) => {
      // Asked before the journal: what ends in between is in both, and no moment is in neither.
      const running = live?.runningSpans() ?? [];
      const told = await (await written()).seatIntervals(fromMs, untilMs);
      return [...told, ...running.filter((span) => span.fromMs < untilMs && span.atMs > fromMs)];
    },
    definitionChanges: async (fromMs, untilMs) => {
      const [, ...changes] = await (await written()).definitions();
      return changes.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs);
    },
  };
}
