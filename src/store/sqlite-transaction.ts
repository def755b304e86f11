import type { DatabaseSync } from 'node:sqlite';

/** Commits what `task` writes as one, or nothing of it where it throws. */
export function inTransaction<T>(database: DatabaseSync, task: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = task();
    database.exec('COMMIT');
    return result;
  } catch (cause) {
    // A disk that is full has rolled back by itself (sqlite.org/lang_transaction.html, "Response To Errors").
    if (database.isTransaction) database.exec('ROLLBACK');
    throw cause;
  }
}

/**
 * Brings the log into the database and cuts it to nothing, so that bytes that were destroyed are gone from both.
 * False where a reader kept that from happening; `waitMs` is how long one is waited for.
 */
export function truncateLog(database: DatabaseSync, waitMs: number): boolean {
  const before = Number(database.prepare('PRAGMA busy_timeout').get()?.['timeout'] ?? 0);
  database.exec(`PRAGMA busy_timeout = ${waitMs}`);
  try {
    return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${before}`);
  }
}
