import { chmodSync, closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { faultWords, JournalRefused } from './fault.ts';
import { APPLICATION_ID, isTrustedSqlite, LEAST_SQLITE, MIGRATIONS, refusalOf } from './schema.ts';
import { sqliteModule } from './sqlite-module.ts';

export interface OpenOptions {
  readonly file: string;
  /** Most pages the file may have: for tests of a full disk. */
  readonly maxPages?: number;
}

/** Up to this size all of the file is checked before it is used; a larger one is looked over beside the work (`Journal`). */
export const CHECKED_AT_START_BYTES = 64 * 1_048_576;
/** A backup, or somebody's look at it, may hold a lock for a moment. */
const BUSY_MS = 2000;
/** 32 MB: only where the log was not brought in beside the commits (`JournalKeeper.bringIn`), as with a command's. */
const LOG_PAGES = 8000;
const OWNER_ONLY = 0o600;
const MAGIC = 'SQLite format 3\0';

/**
 * Opens the journal for writing: made where it is not, brought to the present schema where it is older. Throws
 * `JournalRefused` for a file that is damaged, of a newer version or no journal; such a file is left as it is.
 */
export function openJournalFile({ file, maxPages }: OpenOptions): DatabaseSync {
  const { DatabaseSync } = sqliteModule();
  assertSqlite();
  const isNew = !existsSync(file);
  if (isNew && !existsSync(dirname(file))) throw new JournalRefused(`the folder of ${file} does not exist`);
  if (!isNew) inspect(file);
  // Made before SQLite does, so that nobody else can ever read it; its log and index take the same mode.
  closeSync(openSync(file, 'a', OWNER_ONLY));
  chmodSync(file, OWNER_ONLY);
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
      PRAGMA journal_size_limit = ${CHECKED_AT_START_BYTES}; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000;
      PRAGMA wal_autocheckpoint = ${LOG_PAGES}`);
    migrate(database);
    if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${maxPages}`);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

/** Throws where this process brings an SQLite that must not be trusted. */
function assertSqlite(): void {
  const { DatabaseSync } = sqliteModule();
  const memory = new DatabaseSync(':memory:');
  const version = String(memory.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  memory.close();
  if (!isTrustedSqlite(version)) {
    throw new JournalRefused(
      `the journal needs SQLite ${LEAST_SQLITE} or later; this Node.js brings ${version}`,
    );
  }
}

/** Looks at a file that exists without changing a byte of it, its log included. */
function inspect(file: string): void {
  const { size } = statSync(file);
  if (size === 0) return;
  const damaged = (how: string): JournalRefused =>
    new JournalRefused(
      `${file} is damaged (${how}); it was left as it is: restore a backup, or name another file for the journal`,
    );
  if (!hasMagic(file))
    throw new JournalRefused(`${file} is damaged or no journal (it is no SQLite file); it was left as it is`);
  const { DatabaseSync } = sqliteModule();
  let found: string | undefined;
  let refusal: string | undefined;
  try {
    const database = new DatabaseSync(file, { timeout: BUSY_MS, readOnly: true });
    try {
      refusal = refusalOf(file, {
        applicationId: pragma(database, 'application_id'),
        version: pragma(database, 'user_version'),
        isEmpty: database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0,
      });
      if (refusal === undefined) found = quickCheck(database, size);
    } finally {
      database.close();
    }
  } catch (cause) {
    throw damaged(faultWords(cause));
  }
  if (refusal !== undefined) throw new JournalRefused(refusal);
  if (found !== undefined) throw damaged(found);
}

/** Tables a start reads; of a large file only these are checked before it goes on. */
const READ_AT_START = ['meta', 'definition', 'open_call', 'seen', 'blind'];

function quickCheck(database: DatabaseSync, bytes: number): string | undefined {
  if (bytes <= CHECKED_AT_START_BYTES) return checkOf(database, 'PRAGMA quick_check(1)');
  for (const table of READ_AT_START) {
    const found = checkOf(database, `PRAGMA quick_check(${table})`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What SQLite's own check finds first; undefined where all is well. */
export function checkOf(database: DatabaseSync, statement: string): string | undefined {
  const found = String(database.prepare(statement).get()?.['quick_check'] ?? 'ok');
  if (found === 'ok') return undefined;
  // The first line may say no more than in which database.
  return found.split('\n').find((line) => !line.startsWith('***')) ?? found;
}

function hasMagic(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(MAGIC.length);
    readSync(descriptor, start, 0, MAGIC.length, 0);
    return start.toString('latin1') === MAGIC;
  } finally {
    closeSync(descriptor);
  }
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}

/** Each version in a transaction of its own: one that is cut off leaves the version before it. */
function migrate(database: DatabaseSync): void {
  for (let version = pragma(database, 'user_version'); version < MIGRATIONS.length; version++) {
    database.exec('BEGIN IMMEDIATE');
    for (const statement of MIGRATIONS[version] ?? []) database.exec(statement);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version + 1}; COMMIT`);
  }
}
