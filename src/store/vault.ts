/** A number as the journal keeps it (norm.md section 7). */
export interface SealedNumber {
  /** Keyed hash of the number in its one form: who called twice is found by it. */
  readonly hash: Uint8Array;
  /** The number itself, encrypted. */
  readonly cipher: Uint8Array;
  /** Which key. */
  readonly keyId: string;
}

/** Seals callers' numbers in the writer's thread, before anything of them is written. Where there is none, no number is kept. */
export interface Vault {
  /** Undefined for what is no number. */
  seal(number: string): SealedNumber | undefined;
}

/** A vault of several keys, the newest of which seals; the others are there until nothing is kept under them. */
export interface KeyedVault extends Vault {
  /** Newest first. */
  readonly keyIds: readonly string[];
  /** What there is to say about its keys, for the log; '' for nothing. */
  readonly notice: string;
  /** The number's hash under every key, newest first: as long as some are kept under an old one, one looks for all of them. None for what is no number. */
  hashesOf(number: string): readonly Uint8Array[];
  /** The number as it was delivered. Throws `VaultRefused` where it is under no key here, or is not what was sealed. */
  open(kept: Pick<SealedNumber, 'cipher' | 'keyId'>): string;
}

/** A number that cannot be read, or keys that cannot be used; the message is for the operator and holds nothing secret. */
export class VaultRefused extends Error {
  override readonly name = 'VaultRefused';
}

export function isKeyed(vault: Vault | undefined): vault is KeyedVault {
  return vault !== undefined && 'keyIds' in vault;
}
