import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { readNumberKeys, type NumberKey } from '../lib/number-keys.ts';
import { VaultRefused } from './vault.ts';

const OWNER_ONLY = 0o600;
const ANYONE_ELSE = 0o077;
const KEY_BYTES = 32;

/** The keys of a file. Throws `VaultRefused`. */
export function readKeys(file: string): readonly NumberKey[] {
  const text = textOf(file);
  if (text === undefined) throw new VaultRefused(`${file} is not there`);
  return keysOf(file, text);
}

/** The keys of a file and, where it had to be made, a sentence that says so. Throws `VaultRefused`. */
export function obtainKeys(file: string): { readonly keys: readonly NumberKey[]; readonly notice: string } {
  const text = textOf(file);
  if (text !== undefined) return { keys: keysOf(file, text), notice: '' };
  const line = newLine('k1');
  writeNew(file, `${line}\n`);
  const notice =
    `${file} was not there and was made with a new key, k1. Keep a copy in a safe place, apart from backups: ` +
    `without it no number can be read`;
  return { keys: keysOf(file, line), notice };
}

/**
 * Puts a fresh key before the others (a rotation), or makes the file with one. The file is replaced as a whole.
 * Returns the new key's id. Throws `VaultRefused`, and then nothing was changed.
 */
export function addKey(file: string): { readonly id: string; readonly older: readonly string[] } {
  const text = textOf(file);
  const older = text === undefined ? [] : keysOf(file, text).map(({ id }) => id);
  const id = freshId(older);
  if (text === undefined) writeNew(file, `${newLine(id)}\n`);
  else replace(file, `${newLine(id)}\n${text}`);
  return { id, older };
}

/** Undefined where there is no such file. */
function textOf(file: string): string | undefined {
  try {
    const { mode } = statSync(file);
    if ((mode & ANYONE_ELSE) !== 0) {
      throw new VaultRefused(
        `${file} may be read or written by other users of this machine: chmod 600 ${file}`,
      );
    }
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof VaultRefused) throw cause;
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new VaultRefused(`${file} cannot be read (${codeOf(cause)})`);
  }
}

function keysOf(file: string, text: string): readonly NumberKey[] {
  const { keys, faults } = readNumberKeys(text);
  if (faults.length > 0) {
    throw new VaultRefused(faults.map(({ line, why }) => `${file}: line ${line} ${why}`).join('\n'));
  }
  if (keys.length === 0) {
    throw new VaultRefused(`${file} holds no key: "ringside key new ${file}" puts one in`);
  }
  return keys;
}

const newLine = (id: string): string => `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;

/** The first of k1, k2 … after the highest that is in use. */
function freshId(ids: readonly string[]): string {
  const numbers = ids.map((id) => Number(/^k(\d{1,6})$/.exec(id)?.[1] ?? 0));
  return `k${Math.max(0, ...numbers) + 1}`;
}

/** On the disk before the first number is kept under it. */
function writeNew(file: string, text: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'wx', OWNER_ONLY);
    writeSync(descriptor, text);
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch (cause) {
    // Half a key would be taken for a mistake in the file.
    if (descriptor !== undefined) rmSync(file, { force: true });
    throw new VaultRefused(`${file} cannot be written (${codeOf(cause)})`);
  }
}

function replace(file: string, text: string): void {
  const target = realpathSync(file);
  const next = `${target}.new`;
  rmSync(next, { force: true });
  writeNew(next, text);
  try {
    // Whoever adds a key may be root: the daemon must still read it.
    const { uid, gid } = statSync(target);
    chownSync(next, uid, gid);
    renameSync(next, target);
  } catch (cause) {
    rmSync(next, { force: true });
    throw new VaultRefused(`${file} cannot be written (${codeOf(cause)})`);
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
