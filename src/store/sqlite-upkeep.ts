import type { DatabaseSync } from 'node:sqlite';
import type { Cuts } from './retention.ts';
import { reseal } from './sqlite-callers.ts';
import { purge } from './sqlite-purge.ts';
import { truncateLog } from './sqlite-transaction.ts';
import type { Upkept } from './upkeep.ts';
import { isKeyed, type Vault } from './vault.ts';

/**
 * What the journal needs done daily, a bounded step at a time, so that writing goes on: what is past its retention is
 * destroyed, numbers go from old keys to the newest, and the log is cut so that none of it stays there.
 */
export function* upkeep(
  database: DatabaseSync,
  cuts: Cuts,
  vault: Vault | undefined,
): Generator<void, Upkept> {
  const purged = yield* purge(database, cuts);
  const keys = isKeyed(vault) ? vault : undefined;
  const resealed = keys === undefined ? undefined : yield* reseal(database, keys);
  const unreadable = resealed?.unreadable ?? new Map<string, number>();
  const [, ...older] = keys?.keyIds ?? [];
  return {
    ...purged,
    resealed: resealed?.numbers ?? 0,
    unreadable,
    idleKeys: older.filter((id) => !unreadable.has(id)),
    // A reader is not waited for: neither may facts be.
    isLogCut: truncateLog(database, 0),
  };
}
