import type { Breach, CallRecord, EndedBy, Hours, Outcome, Result, Target } from '../calls/facts.ts';
import type { Reason } from '../explain/reason.ts';

/** One call of a replay with everything that decided it. Instants are the exchange's clock, unix ms. */
export interface ToldCall {
  readonly pbx: string;
  readonly uniqueid: string;
  readonly hotline: string;
  readonly kind: 'attendant' | 'people';
  readonly hours: Hours;
  readonly emergency: boolean;
  readonly test: boolean;
  readonly takenUp: boolean;
  readonly startedAtMs: number;
  /** Masked (norm.md section 7); null without a number. */
  readonly caller: string | null;
  /** Null while the call is open: the recording ended before it. */
  readonly outcome: Outcome | null;
  readonly endedBy: EndedBy | null;
  readonly record: CallRecord | undefined;
  readonly scores: Readonly<Partial<Record<Target, Result>>>;
  readonly breaches: readonly Breach[];
  /** In the order in which they happened; the last one is the outcome's. */
  readonly reasons: readonly Reason[];
}
