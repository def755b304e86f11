import type { DatabaseSync } from 'node:sqlite';
import { JournalRefused } from './fault.ts';
import { inTransaction } from './sqlite-transaction.ts';
import { VaultRefused, type KeyedVault, type SealedNumber } from './vault.ts';

/** What a look through all kept numbers did. */
export interface Resealed {
  /** Brought from an old key to the newest. */
  readonly numbers: number;
  /** By key: numbers it cannot be done for, because the key is not there, is another one, or the row was changed. */
  readonly unreadable: ReadonlyMap<string, number>;
}

/** Rows looked at a transaction. Most are under the newest key, and looking costs little. */
const LOOKED_AT_A_STEP = 20_000;
/** Rows rewritten a transaction: a batch of facts waits no longer than for these. */
const SEALED_A_STEP = 500;

/** Brings numbers that are kept under old keys to the newest one, a bounded transaction a step. */
export function* reseal(database: DatabaseSync, vault: KeyedVault): Generator<void, Resealed> {
  const newest = vault.keyIds[0] ?? '';
  const find = database.prepare(
    `SELECT rowid AS id, cipher, key_id FROM caller WHERE rowid > ? AND rowid <= ? AND key_id <> ?
      ORDER BY rowid LIMIT ${SEALED_A_STEP}`,
  );
  const put = database.prepare('UPDATE caller SET hash = ?, cipher = ?, key_id = ? WHERE rowid = ?');
  const erase = database.prepare('DELETE FROM caller WHERE rowid = ?');
  const unreadable = new Map<string, number>();
  let numbers = 0;
  const last = Number(database.prepare('SELECT max(rowid) AS id FROM caller').get()?.['id'] ?? 0);
  for (let at = 0; at < last;) {
    const until = at + LOOKED_AT_A_STEP;
    const rows = inTransaction(database, () => {
      const found = find.all(at, until, newest);
      for (const row of found) {
        const keyId = String(row['key_id']);
        const number = read(vault, { cipher: blobOf(row['cipher']), keyId });
        if (number === undefined) {
          unreadable.set(keyId, (unreadable.get(keyId) ?? 0) + 1);
          continue;
        }
        numbers += 1;
        const sealed = vault.seal(number);
        // By today's settings it is nobody's: one of the carrier's for callers who withhold theirs.
        if (sealed === undefined) erase.run(Number(row['id']));
        else put.run(sealed.hash, sealed.cipher, sealed.keyId, Number(row['id']));
      }
      return found;
    });
    at = rows.length < SEALED_A_STEP ? until : Number(rows.at(-1)?.['id']);
    yield;
  }
  return { numbers, unreadable };
}

function read(vault: KeyedVault, kept: Pick<SealedNumber, 'cipher' | 'keyId'>): string | undefined {
  try {
    return vault.open(kept);
  } catch (cause) {
    if (cause instanceof VaultRefused) return undefined;
    throw cause;
  }
}

/** Destroys what is kept of a number; how many calls are without a caller by it. */
export function forgetNumber(database: DatabaseSync, hashes: readonly Uint8Array[]): number {
  const erase = database.prepare('DELETE FROM caller WHERE hash = ?');
  return hashes.reduce((erased, hash) => erased + Number(erase.run(hash).changes), 0);
}

/** By key that is not among `known`: how many numbers are kept under it. Reads all of the table. */
export function underOtherKeys(
  database: DatabaseSync,
  known: readonly string[],
): ReadonlyMap<string, number> {
  const rows = database.prepare('SELECT key_id, count(*) AS numbers FROM caller GROUP BY key_id').all();
  return new Map(
    rows
      .map((row) => [String(row['key_id']), Number(row['numbers'])] as const)
      .filter(([id]) => !known.includes(id)),
  );
}

/** So many of the latest numbers are tried: one that was damaged says nothing of the keys. */
const TRIED = 8;

/** Throws where the keys are not those that the latest numbers were kept under: callers would be told apart who are one. */
export function assertKeys(database: DatabaseSync, vault: KeyedVault): void {
  const rows = database
    .prepare('SELECT cipher, key_id FROM caller ORDER BY rowid DESC LIMIT ?')
    .all(TRIED)
    .filter((row) => vault.keyIds.includes(String(row['key_id'])));
  let words = '';
  for (const row of rows) {
    try {
      vault.open({ cipher: blobOf(row['cipher']), keyId: String(row['key_id']) });
      return;
    } catch (cause) {
      if (!(cause instanceof VaultRefused)) throw cause;
      words = cause.message;
    }
  }
  if (words !== '')
    throw new JournalRefused(`${words}. Put the key file back that the journal was kept with`);
}

export const blobOf = (value: unknown): Uint8Array =>
  value instanceof Uint8Array ? value : new Uint8Array();
