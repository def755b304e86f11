import type { CallId, Outcome } from '../calls/facts.ts';
import type { ClosingReason } from './call-back-closing.ts';
import { callBackBucketOf, type CallBackFigures } from './call-back-share.ts';
import type { CallBack } from './call-back.ts';

/** So many of the calls are named; the others are found by the hotline and the time. */
const MOST_NAMED = 20;

/** How a call-back ended: called back, got through, or a person said so and why. */
export interface CallBackEnding {
  readonly how: 'outbound' | 'through' | 'person';
  readonly atMs: number;
  /** Who called back, or who closed it; '' for a caller who got through. */
  readonly by: string;
  /** Of a person who closed it; null otherwise. */
  readonly reason: ClosingReason | null;
  readonly note: string;
}

/** A call-back as lists, reports and metrics have it: plain JSON that does not grow with the calls, and says nothing of who is called. */
export interface CallBackSummary extends CallBackFigures {
  /** The first call that was lost. */
  readonly firstCall: string;
  readonly openedAtMs: number;
  /** From this instant on it is overdue; an emergency is at once. */
  readonly dueAtMs: number;
  readonly lostCalls: number;
  readonly lastLostAtMs: number;
  readonly lastOutcome: Outcome;
  /** The latest of the calls that were lost, the newest first. */
  readonly calls: readonly CallId[];
  /** Calls back to the caller, those in vain included. */
  readonly tries: number;
  readonly lastTry: { readonly atMs: number; readonly agent: string; readonly answered: boolean } | null;
  readonly daysTried: number;
  readonly mayBeGivenUp: boolean;
  /** Null while it is open. */
  readonly end: CallBackEnding | null;
}

export function callBackSummaryOf(callBack: CallBack): CallBackSummary {
  const { openedAtMs, dueAtMs, emergency, lost, tries, daysTried, mayBeGivenUp } = callBack;
  const [first] = lost;
  const last = lost.at(-1);
  if (first === undefined || last === undefined)
    throw new Error('a call-back begins with a call that was lost');
  const lastTry = tries.at(-1);
  return {
    pbx: first.pbx,
    hotline: first.hotline,
    reachedAtMs: first.reachedAtMs,
    firstCall: first.uniqueid,
    openedAtMs,
    dueAtMs,
    emergency,
    lostCalls: lost.length,
    lastLostAtMs: last.closedAtMs,
    lastOutcome: last.outcome,
    calls: lost
      .slice(-MOST_NAMED)
      .toReversed()
      .map(({ pbx, uniqueid }) => ({ pbx, uniqueid })),
    tries: tries.length,
    lastTry:
      lastTry === undefined
        ? null
        : { atMs: lastTry.startedAtMs, agent: lastTry.agent, answered: lastTry.answered },
    daysTried,
    mayBeGivenUp,
    bucket: callBackBucketOf(callBack),
    end: endingOf(callBack),
  };
}

function endingOf({ end }: CallBack): CallBackEnding | null {
  switch (end?.how) {
    case undefined:
      return null;
    case 'outbound':
      return { how: 'outbound', atMs: end.atMs, by: end.outbound.agent, reason: null, note: '' };
    case 'through':
      return { how: 'through', atMs: end.atMs, by: '', reason: null, note: '' };
    case 'person': {
      const { by, reason, note } = end.closing;
      return { how: 'person', atMs: end.atMs, by, reason, note };
    }
  }
}
