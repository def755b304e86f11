import type { Fact, Outcome } from '../calls/facts.ts';
import type { HotlineSince } from '../rates/kept-sums.ts';
import type { SumRow } from './sums.ts';

/**
 * What must survive, as three ports (design.md, "One machine, then many"): the log of facts, the projections that are
 * derived from it, and the audit. Pure: who keeps them (SQLite on one machine) is the shell's business.
 * Instants are unix ms on our clock.
 */

/** A call that is not over, as much of it as the calls need to go on with it after a restart; plain JSON. */
export interface OpenCall {
  readonly pbx: string;
  readonly uniqueid: string;
  /**
   * Made and read by `calls/resume.ts` alone; null where a call's facts were kept and its state was not yet, undefined
   * where nothing of it is left and no fact says so (callers from inside, who reach no hotline).
   */
  readonly state: unknown;
}

/** How it stands with the journal; what the metrics, the page and the log say. */
export interface JournalStatus {
  readonly state: 'writing' | 'failing' | 'closed';
  /** Why the last write failed, in words for the operator; '' while writing. */
  readonly fault: string;
  /** Facts in memory that are not committed. */
  readonly pendingFacts: number;
  /** Facts given up because memory's bound was reached while nothing could be written. */
  readonly droppedFacts: number;
  readonly committedFacts: number;
  readonly lastCommitAtMs: number | undefined;
  /** How long the last commit took, and the slowest since the last look. */
  readonly commitMs: number;
  readonly slowestCommitMs: number;
  /** Size of the database and its log, bytes. */
  readonly bytes: number;
}

/** What a start needs to go on where the last run ended. */
export interface Restored {
  /** From here on the figures are known; undefined for a journal that is new. */
  readonly sinceMs: number | undefined;
  /** Until when each exchange was seen, for the blind time between the runs. */
  readonly seenUntilMs: ReadonlyMap<string, number>;
  /** Since when each exchange is seen: one that was added later is not known from the beginning. */
  readonly sinceByPbx: ReadonlyMap<string, number>;
  /** Since when each hotline of the definition in force is in it without a break. */
  readonly hotlinesSince: readonly HotlineSince[];
  readonly openCalls: readonly OpenCall[];
  /** Facts of the last hours, in the order they were told: the rolling windows are made of them. */
  readonly recentFacts: readonly Fact[];
  /** Every sum whose period holds `nowMs`, those since ever among them. */
  readonly sums: readonly SumRow[];
}

/** How we came to know of a fact: seen as it happened, from the exchange's own log afterwards, or brought in at installation. */
export const FACT_SOURCES = ['seen', 'backfilled', 'imported'] as const;
export type FactSource = (typeof FACT_SOURCES)[number];

/** Where facts go. Appending never waits and never throws: a journal that cannot write says so in its status. */
export interface FactLog {
  append(fact: Fact, source?: FactSource): void;
  /** The latest state of a call that is not over; forgotten with its `call-closed`. */
  keepOpen(call: OpenCall): void;
  /** The exchange was seen at this instant: where a blind time begins after a crash. */
  seen(pbx: string, atMs: number): void;
  status(): JournalStatus;
  /** Resolves when all that was appended before is committed, or the journal is known to be failing. */
  flush(): Promise<void>;
}

/** How sure a call's outcome is: seen by us, not known, known from the exchange's own log afterwards, or brought in at installation. */
export const CERTAINTIES = ['seen', 'unknown', 'backfilled', 'imported'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** One call as the journal has it: what a list shows. It holds no number. */
export interface CallRow {
  readonly pbx: string;
  readonly uniqueid: string;
  readonly hotline: string;
  readonly hours: 'open' | 'closed';
  readonly emergency: boolean;
  readonly test: boolean;
  readonly reachedAtMs: number;
  /** Null while it is open. */
  readonly closedAtMs: number | null;
  readonly outcome: Outcome | null;
  readonly certainty: Certainty;
  /** The last queue it was in, '' for none; who answered, '' for nobody. */
  readonly queue: string;
  readonly agent: string;
  readonly seat: string;
  readonly waitMs: number | null;
  readonly talkMs: number;
}

/** Every part is optional; the newest first. */
export interface CallFilter {
  readonly pbx?: string;
  readonly hotline?: string;
  /** Of one of these. */
  readonly hotlines?: readonly string[];
  readonly outcome?: Outcome;
  readonly agent?: string;
  /** An agent is looked for only among calls that were taken in one of these queues, or at one of these seats. */
  readonly agentsOf?: {
    readonly queues: 'all' | readonly string[];
    readonly seats: readonly string[];
  };
  /** Calls that reached the hotline in [fromMs, untilMs). */
  readonly fromMs?: number;
  readonly untilMs?: number;
  /** Where the last page ended. */
  readonly after?: string;
  /** 1 to 500. */
  readonly limit: number;
}
export interface CallPage {
  readonly calls: readonly CallRow[];
  /** For the next page; null where this is the last. */
  readonly next: string | null;
}

/** A call with the facts that decided it, in the order they were told. */
export interface StoredCall {
  readonly row: CallRow;
  readonly facts: readonly Fact[];
}

/** Reads, on a connection of their own: they never hold up a write. Rejects with what is wrong where the journal cannot be read. */
export interface JournalReader {
  calls(filter: CallFilter): Promise<CallPage>;
  call(pbx: string, uniqueid: string): Promise<StoredCall | undefined>;
  /** Sums of all periods of a unit that begin in [fromMs, untilMs). */
  sums(ask: {
    readonly unit: SumRow['unit'];
    readonly fromMs: number;
    readonly untilMs: number;
  }): Promise<readonly SumRow[]>;
  /** Every definition that was in force, the first one first. */
  definitions(): Promise<readonly DefinitionInForce[]>;
}

/** From `atMs` on figures were made by this definition; `settings` is its JSON without anybody's number. */
export interface DefinitionInForce {
  readonly atMs: number;
  readonly hash: string;
  readonly settings: string;
}

/** Who did what, kept as long as the calls: looks at numbers, call-backs closed, numbers forgotten, figures changed. */
export interface AuditEntry {
  readonly atMs: number;
  /** A user, or `ringside` itself. */
  readonly who: string;
  readonly what: string;
  /** On what: a call, a call-back, an exchange; never a number. */
  readonly about: string;
  readonly detail: string;
}
export interface Audit {
  record(entry: AuditEntry): Promise<void>;
  entries(fromMs: number, untilMs: number): Promise<readonly AuditEntry[]>;
}
