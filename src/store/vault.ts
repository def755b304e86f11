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
