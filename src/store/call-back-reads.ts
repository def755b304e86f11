import type { CallBackSummary } from '../attempts/call-back-summary.ts';
import type { LostCallers } from '../attempts/not-reached.ts';
import type { AttemptFigures } from '../attempts/score.ts';

/** Everything but the bounds is optional. The open ones by when they are due, the others by when they began, the newest first. */
export interface CallBackFilter {
  readonly pbx?: string;
  /** Of the hotline that lost the caller first. */
  readonly hotline?: string;
  /** Of one of these. */
  readonly hotlines?: readonly string[];
  /** Only those that are overdue, or that are not. */
  readonly overdue?: boolean;
  readonly state: 'open' | 'closed' | 'all';
  /** 1 to 500. */
  readonly limit: number;
  /** Where the last page ended. */
  readonly after?: string;
}

/** One caller who is, or was, to be called back. */
export interface CallBackEntry extends Omit<CallBackSummary, 'bucket' | 'reachedAtMs'> {
  /** Says nothing of the caller. */
  readonly id: string;
  /** Masked (norm.md section 7); '' where it is not kept any more. */
  readonly number: string;
  /** Until it ended, or until now. */
  readonly ageMs: number;
  readonly overdue: boolean;
}
export interface CallBackPage {
  readonly callBacks: readonly CallBackEntry[];
  /** Of all pages. */
  readonly count: number;
  readonly overdue: number;
  /** For the next page; null where this is the last. */
  readonly next: string | null;
}

export interface AttemptsAsk {
  readonly unit: 'month' | 'quarter';
  /** `2026-10`, `2026-Q4`. */
  readonly period: string;
}
/** A hotline's distribution and score, and its callers beside its calls. */
export interface HotlineAttempts extends AttemptFigures {
  readonly pbx: string;
  readonly hotline: string;
  /** In the hotline's zone. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly callers: LostCallers;
}

/** How it stands now, for the metrics: cheap, whatever the journal holds. */
export interface AttemptStanding {
  /** Hotlines that owe somebody a call. */
  readonly callBacks: readonly {
    readonly pbx: string;
    readonly hotline: string;
    readonly open: number;
    readonly overdue: number;
    readonly emergencies: number;
    readonly oldestOpenedAtMs: number;
  }[];
  /** Of the running month. */
  readonly attempts: readonly (AttemptFigures & { readonly pbx: string; readonly hotline: string })[];
}

/** What is asked of attempts and call-backs. Rejects with what is wrong where the journal cannot be read. */
export interface CallBackReads {
  callBacks(filter: CallBackFilter, nowMs: number): Promise<CallBackPage>;
  /** Every hotline that was called in the period; none for what is no period. */
  attempts(ask: AttemptsAsk): Promise<readonly HotlineAttempts[]>;
  standing(nowMs: number): Promise<AttemptStanding>;
}
