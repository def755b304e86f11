import { z } from 'zod';
import type { Chain } from '../attempts/chain.ts';
import { scoreOf } from '../attempts/score.ts';
import type { CallId } from '../calls/facts.ts';

/** Which attempt of its caller at the hotline a call was (norm.md section 3). */
export const callAttemptSchema = z
  .object({
    attempt: z.int().min(1).describe('1 for the first of the chain'),
    calls: z.int().min(1).describe('calls within 3 minutes that are this attempt'),
    result: z.enum(['through', 'failed', 'unknown']).describe('of the attempt'),
    failedBefore: z.int().min(0).describe('failed attempts of the chain before this one'),
    chain: z.enum(['open', 'through', 'never']).describe('how the chain stands'),
    score: z
      .number()
      .nullable()
      .describe('of the chain, out of 20; null while it is open or hangs on an unknown call'),
  })
  .readonly();
export type CallAttempt = z.infer<typeof callAttemptSchema>;

/** @param chains of the call's caller. Undefined where none of them holds the call. */
export function callAttemptOf(chains: readonly Chain[], call: CallId): CallAttempt | undefined {
  for (const { attempts, state, failed, certain } of chains) {
    const index = attempts.findIndex(({ calls }) =>
      calls.some(({ pbx, uniqueid }) => pbx === call.pbx && uniqueid === call.uniqueid),
    );
    const own = attempts[index];
    if (own === undefined) continue;
    return {
      attempt: index + 1,
      calls: own.calls.length,
      result: own.result,
      failedBefore: attempts.slice(0, index).filter(({ result }) => result === 'failed').length,
      chain: state,
      score: state === 'open' || !certain ? null : scoreOf(failed),
    };
  }
  return undefined;
}
