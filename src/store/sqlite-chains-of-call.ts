import type { DatabaseSync } from 'node:sqlite';
import { chainsOf, type Chain } from '../attempts/chain.ts';
import type { CallId } from '../calls/facts.ts';
import { HistoryTables } from './sqlite-histories.ts';

/** The chains of a call's caller at its hotline from the one on that holds the call; none where callers are not told apart. */
export function chainsOfCall(database: DatabaseSync, call: CallId, nowMs: number): readonly Chain[] {
  const histories = new HistoryTables(database);
  const id = histories.callId(call);
  const kept = id === undefined ? undefined : histories.call(id);
  if (kept === undefined) return [];
  if (kept.person === 0) return chainsOf([kept.call], nowMs);
  const { pbx, hotline, reachedAtMs } = kept.call;
  const begin = database
    .prepare(
      `SELECT max(reached_ms) AS fromMs FROM chain
        WHERE person = ? AND pbx = ? AND hotline = ? AND reached_ms <= ?`,
    )
    .get(kept.person, pbx, hotline, reachedAtMs)?.['fromMs'];
  const fromMs = typeof begin === 'number' ? begin : reachedAtMs;
  const calls = histories
    .historyOf(kept.person, fromMs)
    .calls.filter((one) => one.pbx === pbx && one.hotline === hotline && one.reachedAtMs >= fromMs);
  return chainsOf(calls, nowMs);
}
