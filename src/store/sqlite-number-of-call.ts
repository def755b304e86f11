import type { DatabaseSync } from 'node:sqlite';
import { isKeyed, type Vault, VaultRefused } from './vault.ts';

/**
 * A caller's number in clear, for a named person whose look is recorded (norm.md section 7). Undefined where none was
 * kept, where it is past its retention, or where the keys here do not open it.
 */
export function numberOfCall(
  database: DatabaseSync,
  { pbx, uniqueid }: { readonly pbx: string; readonly uniqueid: string },
  vault: Vault | undefined,
): string | undefined {
  if (!isKeyed(vault)) return undefined;
  const row = database
    .prepare('SELECT cipher, key_id FROM caller WHERE pbx = ? AND uniqueid = ?')
    .get(pbx, uniqueid);
  const cipher = row?.['cipher'];
  if (!(cipher instanceof Uint8Array)) return undefined;
  try {
    return vault.open({ cipher, keyId: String(row?.['key_id']) });
  } catch (cause) {
    if (cause instanceof VaultRefused) return undefined;
    throw cause;
  }
}
