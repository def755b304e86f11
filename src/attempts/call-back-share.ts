import type { CallBack } from './call-back.ts';
import type { AttemptShare } from './share.ts';

/** Columns of the series `call-backs` and `call-backs-emergency`; `ended` is the sum of the others. */
export const CALL_BACK_COLUMNS = [
  'ended',
  'reachedInTime',
  'reachedLate',
  'couldNotBeReached',
  'closedOtherwise',
] as const;
type CallBackColumn = (typeof CALL_BACK_COLUMNS)[number];

/** As much of a call-back as its share is made of. */
export interface CallBackFigures {
  /** Of the hotline that lost the caller first, and when that call reached it. */
  readonly pbx: string;
  readonly hotline: string;
  readonly reachedAtMs: number;
  readonly emergency: boolean;
  /** Undefined while it is open. */
  readonly bucket: CallBackBucket | undefined;
}
export type CallBackBucket = Exclude<CallBackColumn, 'ended'>;

/** Where an ended call-back is counted, once; undefined while it is open. Emergencies, due at once, are never in time. */
export function callBackBucketOf({ end, dueAtMs }: CallBack): CallBackBucket | undefined {
  if (end === undefined) return undefined;
  if (end.how === 'person')
    return end.closing.reason === 'could-not-be-reached' ? 'couldNotBeReached' : 'closedOtherwise';
  return end.atMs < dueAtMs ? 'reachedInTime' : 'reachedLate';
}

/**
 * What an ended call-back adds to the sums of the hotline that lost the caller first, in the period in which that call
 * reached it (norm.md sections 1 and 4); undefined while it is open. Emergencies have a series of their own.
 */
export function callBackShareOf(callBack: CallBackFigures): AttemptShare | undefined {
  const { pbx, hotline, reachedAtMs, emergency, bucket } = callBack;
  if (bucket === undefined) return undefined;
  return {
    pbx,
    subject: 'hotline',
    name: hotline,
    series: emergency ? 'call-backs-emergency' : 'call-backs',
    atMs: reachedAtMs,
    add: { ended: 1, [bucket]: 1 },
  };
}

export function callBackSharesOf(callBacks: readonly CallBackFigures[]): readonly AttemptShare[] {
  return callBacks.map(callBackShareOf).filter((share) => share !== undefined);
}
