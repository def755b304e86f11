import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { CommandPorts } from './command-ports.ts';
import { faultWords, JournalRefused } from './fault.ts';
import { openExisting } from './sqlite-existing.ts';
import { damageOf, foldLog, syncFolderOf } from './sqlite-file.ts';
import { sqliteModule } from './sqlite-module.ts';

export interface BackupOptions {
  readonly journal: string;
  /** Never overwritten. */
  readonly out: string;
}

const OWNER_ONLY = 0o600;
/** Pages a step; between two of them the program can be ended. */
const PAGES = 4096;

/**
 * `ringside backup FILE`: a copy of the journal as it is at one instant, beside a daemon that goes on writing. It is
 * looked over before it gets its name, so a file of that name is a whole backup. Exit code 0, or 1 with why not. The
 * key file is not in it, and must not lie beside it.
 */
export async function runBackup(
  { journal, out }: BackupOptions,
  { write, complain }: Pick<CommandPorts, 'write' | 'complain'>,
): Promise<number> {
  const part = `${out}.part`;
  let source: DatabaseSync | undefined;
  try {
    if (existsSync(out)) throw new JournalRefused(`${out} is there already: name another file`);
    source = openExisting(journal, { readOnly: true });
    rmSync(part, { force: true });
    closeSync(openSync(part, 'wx', OWNER_ONLY));
    await copyWhole(source, part);
    foldLog(part);
    const damage = damageOf(part);
    if (damage !== undefined) {
      throw new JournalRefused(`the copy is damaged, and so may ${journal} be (${damage})`);
    }
    renameSync(part, out);
    syncFolderOf(out);
    await write(
      `${out}: ${megabytes(statSync(out).size)} MB. The keys are not in it: keep their file apart.\n`,
    );
    return 0;
  } catch (cause) {
    rmSync(part, { force: true });
    complain(`no backup was made: ${faultWords(cause)}\n`);
    return 1;
  } finally {
    source?.close();
  }
}

/**
 * All pages of one instant: a transaction that is held open shows one state however long the copy takes. Without it
 * each commit of the daemon would begin the copy anew (sqlite.org/c3ref/backup_finish.html), for ever on a large file.
 */
export async function copyWhole(source: DatabaseSync, file: string): Promise<void> {
  source.exec('BEGIN');
  source.prepare('SELECT count(*) FROM sqlite_schema').get();
  try {
    await sqliteModule().backup(source, file, { rate: PAGES });
  } finally {
    source.exec('ROLLBACK');
  }
}

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);
