import type { DatabaseSync } from 'node:sqlite';
import type { NumberFormSettings } from '../attempts/number-settings.ts';
import type { CommandPorts } from './command-ports.ts';
import { faultWords } from './fault.ts';
import { openKeptVault } from './number-vault.ts';
import { forgetNumber, underOtherKeys } from './sqlite-callers.ts';
import { openExisting } from './sqlite-existing.ts';
import { inTransaction, truncateLog } from './sqlite-transaction.ts';
import { VaultRefused, type KeyedVault } from './vault.ts';

export interface ForgetOptions {
  /** The journal, and the file of the keys its numbers are kept under, as the configuration names them. */
  readonly journal: string;
  readonly keyFile: string;
  readonly numbers: NumberFormSettings;
}
export interface ForgetPorts extends CommandPorts {
  /** Standard input: numbers, one a line. Never arguments, which every user of the machine may read. */
  readonly input: AsyncIterable<string | Uint8Array>;
}

interface Forgotten {
  readonly numbers: number;
  readonly calls: number;
  /** Lines that hold no number; the first is 1. */
  readonly noNumbers: readonly number[];
}

/** A reader of the daemon may hold the log for as long as a report takes. */
const LOG_WAIT_MS = 30_000;

/**
 * `ringside forget`: destroys what is kept of the numbers on standard input, under every key: their calls stay,
 * without a caller. Works beside a running daemon and without one. Exit code 0 where nothing of them is left in the
 * journal, 1 otherwise.
 */
export async function runForget(
  { journal, keyFile, numbers }: ForgetOptions,
  { input, write, complain, nowMs, who }: ForgetPorts,
): Promise<number> {
  let database: DatabaseSync | undefined;
  try {
    database = openExisting(journal, { readOnly: false });
    const vault = openKeptVault({ keyFile, numbers });
    const lines = await linesOf(input);
    const forgotten = forget(database, vault, lines, { atMs: nowMs(), who });
    const isLogCut = truncateLog(database, LOG_WAIT_MS);
    await write(forgottenText(forgotten));
    const left = leftText({ ...forgotten, isLogCut, elsewhere: underOtherKeys(database, vault.keyIds) });
    complain(left);
    return left === '' ? 0 : 1;
  } catch (cause) {
    complain(`nothing was forgotten: ${cause instanceof VaultRefused ? cause.message : faultWords(cause)}\n`);
    return 1;
  } finally {
    database?.close();
  }
}

/** All of them, or none. */
function forget(
  database: DatabaseSync,
  vault: KeyedVault,
  lines: readonly string[],
  { atMs, who }: { readonly atMs: number; readonly who: string },
): Forgotten {
  return inTransaction(database, () => {
    let [numbers, calls] = [0, 0];
    const noNumbers: number[] = [];
    for (const [i, line] of lines.entries()) {
      if (line === '') continue;
      const hashes = vault.hashesOf(line);
      if (hashes.length === 0) noNumbers.push(i + 1);
      else numbers += 1;
      calls += forgetNumber(database, hashes);
    }
    const detail = `${numbers} numbers asked for, ${calls} calls without a caller now`;
    database
      .prepare('INSERT INTO audit(at_ms, who, what, about, detail) VALUES (?, ?, ?, ?, ?)')
      .run(atMs, who, 'numbers forgotten', 'numbers', detail);
    return { numbers, calls, noNumbers };
  });
}

async function linesOf(input: AsyncIterable<string | Uint8Array>): Promise<readonly string[]> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of input) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  return text.split('\n').map((line) => line.trim());
}

const forgottenText = ({ numbers, calls }: Forgotten): string =>
  `${numbers} ${numbers === 1 ? 'number' : 'numbers'}: ${calls} ${calls === 1 ? 'call is' : 'calls are'} without a caller now. ` +
  `Backups made before still hold what they held.\n`;

function leftText({
  noNumbers,
  isLogCut,
  elsewhere,
}: Forgotten & { readonly isLogCut: boolean; readonly elsewhere: ReadonlyMap<string, number> }): string {
  const said = [];
  if (noNumbers.length > 0) said.push(`no number in line ${noNumbers.join(', ')} of the input`);
  for (const [key, kept] of elsewhere) {
    said.push(
      `${kept} numbers are kept under key "${key}", which is not in the key file: they could not be looked at`,
    );
  }
  if (!isLogCut) {
    said.push(
      'the journal was being read: its log still holds the old bytes; run it again, or wait for the daemon, which cuts it daily',
    );
  }
  return said.map((line) => `${line}\n`).join('');
}
