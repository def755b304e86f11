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

/**
 * What an ended call-back adds to the sums of the hotline that lost the caller first, in the period in which that call
 * reached it (norm.md sections 1 and 4); undefined while it is open. Emergencies have a series of their own: due at once, they are
 * never in time.
 */
export function callBackShareOf(callBack: CallBack): AttemptShare | undefined {
  const { end, emergency } = callBack;
  const first = callBack.lost[0];
  if (end === undefined || first === undefined) return undefined;
  return {
    pbx: first.pbx,
    subject: 'hotline',
    name: first.hotline,
    series: emergency ? 'call-backs-emergency' : 'call-backs',
    atMs: first.reachedAtMs,
    add: { ended: 1, [columnOf(callBack)]: 1 },
  };
}

export function callBackSharesOf(callBacks: readonly CallBack[]): readonly AttemptShare[] {
  return callBacks.map(callBackShareOf).filter((share) => share !== undefined);
}

function columnOf({ end, dueAtMs }: CallBack): CallBackColumn {
  if (end?.how === 'person')
    return end.closing.reason === 'could-not-be-reached' ? 'couldNotBeReached' : 'closedOtherwise';
  return (end?.atMs ?? Infinity) < dueAtMs ? 'reachedInTime' : 'reachedLate';
}
