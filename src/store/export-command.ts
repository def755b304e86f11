import { createHmac, randomBytes } from 'node:crypto';
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { NumberFormSettings } from '../attempts/number-settings.ts';
import type { CommandPorts } from './command-ports.ts';
import { faultWords, JournalRefused } from './fault.ts';
import { openKeptVault } from './number-vault.ts';
import { openExisting } from './sqlite-existing.ts';
import { exportLines, type ExportSpan, type KeptCaller } from './sqlite-export.ts';
import { syncFolderOf } from './sqlite-file.ts';
import { VaultRefused, type KeyedVault } from './vault.ts';

export interface ExportOptions extends ExportSpan {
  readonly journal: string;
  /** Where numbers are kept under several keys, it tells that two hashes are one caller; undefined: none are kept. */
  readonly keyFile: string | undefined;
  readonly numbers: NumberFormSettings;
  /** Never overwritten; undefined: standard output. */
  readonly out: string | undefined;
}

const OWNER_ONLY = 0o600;
const TEXT_LENGTH = 65_536;
const NAME_BYTES = 16;

/**
 * `ringside export`: calls, their stages and scores, seats' and blind times as NDJSON (`export-line.ts`), of one
 * instant, beside a daemon that goes on writing. No number is in it. Exit code 0, or 1 with why not; a file has its
 * name only when it is whole.
 */
export async function runExport(options: ExportOptions, ports: CommandPorts): Promise<number> {
  const { out } = options;
  const part = `${out}.part`;
  let file: FileHandle | undefined;
  let database: DatabaseSync | undefined;
  try {
    database = openExisting(options.journal, { readOnly: true });
    if (out === undefined) {
      await pour(database, options, ports.nowMs(), ports.write);
      return 0;
    }
    if (await isThere(out)) throw new JournalRefused(`${out} is there already: name another file`);
    await rm(part, { force: true });
    file = await open(part, 'wx', OWNER_ONLY);
    const page = file;
    const lines = await pour(database, options, ports.nowMs(), (text) => page.appendFile(text));
    await file.sync();
    await file.close();
    file = undefined;
    await rename(part, out);
    syncFolderOf(out);
    await ports.write(`${out}: ${lines} lines\n`);
    return 0;
  } catch (cause) {
    await file?.close().catch(() => undefined);
    if (out !== undefined) await rm(part, { force: true });
    const words = cause instanceof VaultRefused ? cause.message : faultWords(cause);
    ports.complain(`not exported: ${words}\n`);
    return 1;
  } finally {
    database?.close();
  }
}

/** How many lines. */
async function pour(
  database: DatabaseSync,
  { fromMs, untilMs, keyFile, numbers }: ExportOptions,
  madeAtMs: number,
  write: (text: string) => void | Promise<void>,
): Promise<number> {
  const vault = keyFile === undefined ? undefined : openKeptVault({ keyFile, numbers });
  const nameOf = pseudonyms(vault);
  let [text, count] = ['', 0];
  database.exec('BEGIN');
  try {
    for (const line of exportLines(database, { fromMs, untilMs }, { madeAtMs, nameOf })) {
      text += `${JSON.stringify(line)}\n`;
      count += 1;
      if (text.length < TEXT_LENGTH) continue;
      await write(text);
      text = '';
    }
    if (text !== '') await write(text);
    return count;
  } finally {
    database.exec('ROLLBACK');
  }
}

/** Words for callers under a key that ends with this export: neither who reads it nor we can tell from two exports who is one. */
function pseudonyms(vault: KeyedVault | undefined): (caller: KeptCaller) => string {
  const key = randomBytes(32);
  return (caller) =>
    createHmac('sha256', key)
      .update(hashOf(caller, vault))
      .digest()
      .subarray(0, NAME_BYTES)
      .toString('base64url');
}

/** In the middle of a rotation a caller has a hash under each key: here they all go by the newest. */
function hashOf(caller: KeptCaller, vault: KeyedVault | undefined): Uint8Array {
  if (vault === undefined || caller.keyId === vault.keyIds[0]) return caller.hash;
  try {
    return vault.seal(vault.open(caller))?.hash ?? caller.hash;
  } catch (cause) {
    if (cause instanceof VaultRefused) return caller.hash;
    throw cause;
  }
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
