import { addKey } from './key-file.ts';
import type { CommandPorts } from './command-ports.ts';
import { VaultRefused } from './vault.ts';

/**
 * `ringside key new FILE`: a fresh key before the others, or a file with its first one. Exit code 0, or 1 with why
 * not. Prints ids, never a key.
 */
export async function runKeyNew(
  { keyFile }: { readonly keyFile: string },
  { write, complain }: Pick<CommandPorts, 'write' | 'complain'>,
): Promise<number> {
  try {
    const { id, older } = addKey(keyFile);
    await write(older.length === 0 ? madeText(keyFile, id) : addedText(keyFile, id, older));
    return 0;
  } catch (cause) {
    if (!(cause instanceof VaultRefused)) throw cause;
    complain(`${cause.message}\n`);
    return 1;
  }
}

const madeText = (keyFile: string, id: string): string =>
  `${keyFile} was made with key ${id}. Keep a copy in a safe place, apart from backups: without it no number can be read.\n`;

const addedText = (keyFile: string, id: string, older: readonly string[]): string =>
  `Key ${id} stands first in ${keyFile}. Restart the daemon: it seals new numbers under ${id}, and those under ${older.join(', ')} anew, ` +
  `and says in its log when no number is left under an old key. Keep a copy of the file apart from backups; an old line is still ` +
  `needed to read the numbers in backups made before.\n`;
