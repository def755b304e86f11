import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { faultWords, JournalRefused } from './fault.ts';
import { refusalOf, SCHEMA_VERSION } from './schema.ts';
import { sqliteModule } from './sqlite-module.ts';

/** A daemon commits within milliseconds; a report or a checkpoint may take longer. */
const BUSY_MS = 10_000;

/**
 * Opens a journal that is there, beside a daemon that may be writing to it: WAL lets both, one transaction at a time,
 * so nothing more than SQLite's own locks is needed. Throws `JournalRefused`: for no journal, and for one of another
 * schema, which only a daemon may bring to its own.
 */
export function openExisting(file: string, how: { readonly readOnly: boolean }): DatabaseSync {
  if (!existsSync(file)) throw new JournalRefused(`${file} is not there`);
  const { DatabaseSync } = sqliteModule();
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: how.readOnly, timeout: BUSY_MS });
    const refusal = schemaRefusal(file, database);
    if (refusal !== undefined) throw new JournalRefused(refusal);
    if (!how.readOnly) database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    return database;
  } catch (cause) {
    database?.close();
    throw cause instanceof JournalRefused
      ? cause
      : new JournalRefused(`${file} cannot be opened: ${faultWords(cause)}`);
  }
}

function schemaRefusal(file: string, database: DatabaseSync): string | undefined {
  const told = toldBy(database);
  if (told.isEmpty) return `${file} is empty`;
  const refusal = refusalOf(file, told);
  if (refusal !== undefined || told.version === SCHEMA_VERSION) return refusal;
  return (
    `${file} was written by an older ringside (schema ${told.version}; this one knows ${SCHEMA_VERSION}): ` +
    `start the daemon of this version once, which brings it up to date`
  );
}

/** What a file says it is. */
export function toldBy(database: DatabaseSync): Parameters<typeof refusalOf>[1] {
  const one = (statement: string, name: string): number => Number(database.prepare(statement).get()?.[name]);
  return {
    applicationId: one('PRAGMA application_id', 'application_id'),
    version: one('PRAGMA user_version', 'user_version'),
    isEmpty: one('SELECT count(*) AS tables FROM sqlite_schema', 'tables') === 0,
  };
}
