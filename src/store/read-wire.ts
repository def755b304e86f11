import type { Chain } from '../attempts/chain.ts';
import type { CallBackSummary } from '../attempts/call-back-summary.ts';
import type { BlindTime, CallId, SeatInterval } from '../calls/facts.ts';
import type {
  AttemptsAsk,
  AttemptStanding,
  CallBackFilter,
  CallBackPage,
  HotlineAttempts,
} from './call-back-reads.ts';
import type { LostFacts } from './lost-facts.ts';
import type { AuditEntry, CallFilter, CallPage, DefinitionInForce, StoredCall } from './ports.ts';
import type {
  Backfill,
  BreachedCall,
  HotlineLostCallers,
  SumsAsk,
  UsualDay,
  UsualDaysAsk,
} from './report-reads.ts';
import type { SumRow } from './sums.ts';

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What can be asked of the journal, and what comes back. */
export interface Reads {
  readonly calls: { readonly ask: CallFilter; readonly answer: CallPage };
  readonly call: {
    readonly ask: { readonly pbx: string; readonly uniqueid: string };
    readonly answer: StoredCall | undefined;
  };
  /** The caller's number in clear. */
  readonly numberOfCall: { readonly ask: CallId; readonly answer: string | undefined };
  readonly chainsOfCall: {
    readonly ask: CallId & { readonly nowMs: number };
    readonly answer: readonly Chain[];
  };
  readonly sums: { readonly ask: SumsAsk; readonly answer: readonly SumRow[] };
  readonly audit: { readonly ask: Span; readonly answer: readonly AuditEntry[] };
  /** By when they ended, */
  readonly blindTimes: { readonly ask: Span; readonly answer: readonly BlindTime[] };
  /** and by what they overlap. */
  readonly blindTimesIn: { readonly ask: Span; readonly answer: readonly BlindTime[] };
  readonly breachedCalls: { readonly ask: Span; readonly answer: readonly BreachedCall[] };
  readonly backfills: { readonly ask: Span; readonly answer: readonly Backfill[] };
  readonly lostCallers: { readonly ask: Span; readonly answer: readonly HotlineLostCallers[] };
  readonly lostFacts: { readonly ask: Span; readonly answer: readonly LostFacts[] };
  readonly openCallBacks: { readonly ask: undefined; readonly answer: readonly CallBackSummary[] };
  readonly callBacks: {
    readonly ask: { readonly filter: CallBackFilter; readonly nowMs: number };
    readonly answer: CallBackPage;
  };
  readonly attempts: { readonly ask: AttemptsAsk; readonly answer: readonly HotlineAttempts[] };
  readonly standing: { readonly ask: { readonly nowMs: number }; readonly answer: AttemptStanding };
  readonly seatIntervals: { readonly ask: Span; readonly answer: readonly SeatInterval[] };
  readonly seenUntil: { readonly ask: undefined; readonly answer: ReadonlyMap<string, number> };
  readonly knownSinceMs: { readonly ask: undefined; readonly answer: number | undefined };
  readonly usualDays: { readonly ask: UsualDaysAsk; readonly answer: readonly UsualDay[] };
  readonly definitions: { readonly ask: undefined; readonly answer: readonly DefinitionInForce[] };
}
export type ReadKind = keyof Reads;

/** What a reader's thread is started with. */
export interface ReaderSetup {
  readonly file: string;
  /** A module that exports `openVault(options): Vault`; undefined: numbers are shown as none. */
  readonly vault?: { readonly module: string; readonly options: unknown };
}

export type ToReader = {
  readonly [Kind in ReadKind]: {
    readonly number: number;
    readonly kind: Kind;
    readonly ask: Reads[Kind]['ask'];
  };
}[ReadKind];
export type FromReader =
  | { readonly number: number; readonly answer: Reads[ReadKind]['answer'] }
  | { readonly number: number; readonly words: string };
