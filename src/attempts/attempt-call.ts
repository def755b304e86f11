import type { CallRecord, Outcome } from '../calls/facts.ts';

/** What an attempt is made of (norm.md section 3): a call of which it is known how it ended, by a caller without a name. */
export interface AttemptCall {
  readonly pbx: string;
  readonly uniqueid: string;
  readonly hotline: string;
  /** Keyed hash of the number in its one form; '' for a caller without a number, who is a chain of their own. */
  readonly caller: string;
  readonly reachedAtMs: number;
  readonly closedAtMs: number;
  readonly outcome: Outcome;
  readonly hours: 'open' | 'closed';
  readonly emergency: boolean;
  /** Asked for a person (queued or dialled one; on a people hotline: called), or left a message for one. */
  readonly asked: boolean;
  /** The caller ended it before the short limit. */
  readonly short: boolean;
}

/** A seat called somebody back, or tried to. */
export interface OutboundTry {
  readonly pbx: string;
  readonly uniqueid: string;
  readonly caller: string;
  readonly agent: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly answered: boolean;
  readonly talkMs: number;
}

/**
 * What the chains and call-backs see of a call that is over; undefined for a test or inspection caller, who is counted
 * apart (norm.md section 1). `caller` as in AttemptCall. Who left a message on a voicemail, after hours or by choice,
 * asked for a person by it: the message is nothing but a wish to be called back (norm.md section 4).
 */
export function attemptCallOf(record: CallRecord, caller: string): AttemptCall | undefined {
  if (record.test) return undefined;
  const { pbx, uniqueid, hotline, reachedAtMs, outcome, hours, emergency, short } = record;
  const asked = record.kind === 'people' || record.askedAtMs !== undefined || record.message === 'left';
  // Nobody hangs up before they called: a clock was put back in between.
  const closedAtMs = Math.max(record.closedAtMs, reachedAtMs);
  return { pbx, uniqueid, hotline, caller, reachedAtMs, closedAtMs, outcome, hours, emergency, asked, short };
}
