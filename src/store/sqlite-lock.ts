import { closeSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { JournalRefused } from './fault.ts';
import { sqliteModule } from './sqlite-module.ts';

const BUSY = 5;
const OWNER_ONLY = 0o600;

/**
 * Keeps a second daemon off the same journal: a lock of the operating system on `<file>-lock`, held as long as the
 * connection that is returned is open. It ends with the process, however that ends. Throws `JournalRefused`.
 */
export function lockJournal(file: string): DatabaseSync {
  const { DatabaseSync } = sqliteModule();
  closeSync(openSync(`${file}-lock`, 'a', OWNER_ONLY));
  const lock = new DatabaseSync(`${file}-lock`);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock.close();
    if ((cause as { errcode?: unknown }).errcode !== BUSY) throw cause;
    throw new JournalRefused(`${file} is in use by another ringside; stop that one first`);
  }
}
