import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { copyWhole } from './backup-command.ts';
import type { CommandPorts } from './command-ports.ts';
import { faultWords, JournalRefused } from './fault.ts';
import { refusalOf } from './schema.ts';
import { toldBy } from './sqlite-existing.ts';
import { damageOf, foldLog, syncFolderOf } from './sqlite-file.ts';
import { lockJournal } from './sqlite-lock.ts';
import { sqliteModule } from './sqlite-module.ts';
import { seenUntilOf } from './sqlite-replay.ts';

export interface RestoreOptions {
  readonly backup: string;
  readonly journal: string;
  /** Whether a journal that is there may be replaced: it is gone then. */
  readonly force: boolean;
}

const OWNER_ONLY = 0o600;

/**
 * `ringside restore FILE`: puts a backup in the journal's place, after a look over all of it, as a whole or not at all.
 * Refuses while a daemon uses the journal, and one that is there without `force`. Exit code 0, or 1 with why not.
 */
export async function runRestore(
  { backup, journal, force }: RestoreOptions,
  { write, complain }: Pick<CommandPorts, 'write' | 'complain'>,
): Promise<number> {
  const part = `${journal}.part`;
  let lock: DatabaseSync | undefined;
  try {
    lock = lockJournal(journal);
    if (existsSync(journal) && !force) {
      throw new JournalRefused(`${journal} is there already: --force replaces it, and what is in it is gone`);
    }
    rmSync(part, { force: true });
    await copyOf(backup, part);
    const damage = damageOf(part);
    if (damage !== undefined) throw new JournalRefused(`${backup} is damaged (${damage})`);
    const until = untilText(part);
    foldLog(part);
    chmodSync(part, OWNER_ONLY);
    replace(journal, part);
    await write(restoredText(journal, until));
    return 0;
  } catch (cause) {
    rmSync(part, { force: true });
    complain(`nothing was restored: ${faultWords(cause)}\n`);
    return 1;
  } finally {
    lock?.close();
  }
}

/** A backup may have a log beside it: it is taken as SQLite reads it, and not as its bytes lie there. */
async function copyOf(backup: string, part: string): Promise<void> {
  if (!existsSync(backup)) throw new JournalRefused(`${backup} is not there`);
  const { DatabaseSync } = sqliteModule();
  let source: DatabaseSync | undefined;
  try {
    source = new DatabaseSync(backup, { readOnly: true });
    const told = toldBy(source);
    const refusal = told.isEmpty ? `${backup} is empty` : refusalOf(backup, told);
    if (refusal !== undefined) throw new JournalRefused(refusal);
    await copyWhole(source, part);
  } catch (cause) {
    if (cause instanceof JournalRefused) throw cause;
    throw new JournalRefused(`${backup} cannot be read: ${faultWords(cause)}`);
  } finally {
    source?.close();
  }
}

/**
 * A log that stays would be taken for the new file's: it goes first. Brought into the old file where that can be done,
 * so that a machine that dies in between has lost nothing of it.
 */
function replace(journal: string, part: string): void {
  if (existsSync(journal)) {
    try {
      foldLog(journal);
    } catch {
      // It may be what the backup is restored for.
    }
  }
  for (const suffix of ['-wal', '-shm']) rmSync(`${journal}${suffix}`, { force: true });
  renameSync(part, journal);
  syncFolderOf(journal);
}

function untilText(file: string): string {
  const { DatabaseSync } = sqliteModule();
  const database = new DatabaseSync(file);
  try {
    const latest = Math.max(-Infinity, ...seenUntilOf(database).values());
    return Number.isFinite(latest) ? ` to ${new Date(latest).toISOString()}` : '';
  } finally {
    database.close();
  }
}

const restoredText = (journal: string, until: string): string =>
  `${journal} is as it was up${until || ' to its backup'}. What happened since is not in it; what was past its retention or was ` +
  `forgotten since is in it again: the daemon destroys the first at its start, the second needs "ringside forget" once more.\n`;
