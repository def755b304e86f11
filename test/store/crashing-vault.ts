import { existsSync, rmSync } from 'node:fs';
import type { Vault } from '../../src/store/vault.ts';

/** A vault whose first number ends the thread: as long as the file is there that says so. */
export function openVault(options: unknown): Vault {
  const file = String(options);
  return {
    seal: () => {
      if (existsSync(file)) {
        rmSync(file);
        process.exit(7);
      }
      return { hash: Buffer.from('hash'), cipher: Buffer.from('cipher'), keyId: 'k1' };
    },
  };
}
