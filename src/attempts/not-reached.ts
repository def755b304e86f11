import { resultOf, type Chain } from './chain.ts';

/** Callers beside calls: who redials five times is five calls lost and one caller (callers are told apart as in norm.md section 3). */
export interface LostCallers {
  /** Calls that failed, each by its own outcome. */
  readonly failedCalls: number;
  /** Different callers of those calls, whatever became of them; a call without a number is a caller. */
  readonly failedCallers: number;
  /** Different callers who were not reached: a chain ended 24 h after a failed attempt. */
  readonly notReachedCallers: number;
  /** Of these, calls without a number: nobody can call them back. */
  readonly withoutNumber: number;
  /** Different callers who failed so far and whose 24 h are not over. */
  readonly openCallers: number;
}

/**
 * Of the chains of one hotline, those whose first call reached it in the period asked for. What a month's different
 * callers are cannot be had by adding up its days. A chain that ended on an attempt of unknown outcome may have got
 * through: it is not counted as not reached.
 */
export function lostCallersOf(chains: readonly Chain[]): LostCallers {
  const failed = new Set<string>();
  const notReached = new Set<string>();
  const open = new Set<string>();
  let failedCalls = 0;
  let withoutNumber = 0;
  for (const chain of chains) {
    const caller = callerOf(chain);
    const calls = chain.attempts
      .flatMap((attempt) => attempt.calls)
      .filter((call) => resultOf(call) === 'failed');
    failedCalls += calls.length;
    if (calls.length > 0) failed.add(caller);
    if (chain.attempts.at(-1)?.result !== 'failed') continue;
    if (chain.state === 'open') open.add(caller);
    if (chain.state !== 'never') continue;
    notReached.add(caller);
    if (chain.caller === '') withoutNumber++;
  }
  return {
    failedCalls,
    failedCallers: failed.size,
    notReachedCallers: notReached.size,
    withoutNumber,
    openCallers: open.size,
  };
}

function callerOf(chain: Chain): string {
  const call = chain.attempts[0]?.calls[0];
  return chain.caller === '' ? JSON.stringify([call?.pbx, call?.uniqueid]) : chain.caller;
}
