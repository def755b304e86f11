import { existsSync, writeFileSync } from 'node:fs';
import type { Vault } from '../../src/store/vault.ts';

const nothing = new Int32Array(new SharedArrayBuffer(4));

/** A vault that holds its thread at the first number until the file is there that is its gate; beside it, `.reached`. */
export function openVault(options: unknown): Vault {
  const gate = String(options);
  return {
    seal: () => {
      writeFileSync(`${gate}.reached`, '');
      while (!existsSync(gate)) Atomics.wait(nothing, 0, 0, 5);
      return { hash: Buffer.from('hash'), cipher: Buffer.from('cipher'), keyId: 'k1' };
    },
  };
}
