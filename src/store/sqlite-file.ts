import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { faultWords } from './fault.ts';
import { sqliteModule } from './sqlite-module.ts';

/** Makes one file of a database and its log, by closing it last; its mode and settings stay. */
export function foldLog(file: string): void {
  const { DatabaseSync } = sqliteModule();
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA secure_delete = ON; PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

/** What SQLite finds wrong with a file in a look over all of it, indexes against tables too; undefined where all is well. */
export function damageOf(file: string): string | undefined {
  const { DatabaseSync } = sqliteModule();
  try {
    const database = new DatabaseSync(file);
    try {
      const found = String(database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'] ?? 'ok');
      return found === 'ok' ? undefined : (found.split('\n', 1)[0] ?? found);
    } finally {
      database.close();
    }
  } catch (cause) {
    return faultWords(cause);
  }
}

/** A file that got its name keeps it, whatever happens to the machine. */
export function syncFolderOf(file: string): void {
  const descriptor = openSync(dirname(file), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
