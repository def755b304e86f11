import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { numberForm } from '../attempts/number-form.ts';
import type { NumberFormSettings } from '../attempts/number-settings.ts';
import type { NumberKey } from '../lib/number-keys.ts';
import { obtainKeys, readKeys } from './key-file.ts';
import { VaultRefused, type KeyedVault, type SealedNumber } from './vault.ts';

export interface VaultOptions {
  /** Read once: another first line counts from the next start on. */
  readonly keyFile: string;
  /** How numbers are brought to one form before they are hashed. */
  readonly numbers: NumberFormSettings;
}

/** Of one line of the key file: a subkey for each purpose (RFC 5869), so that neither says anything of the other. */
interface Subkeys {
  readonly id: string;
  readonly hash: KeyObject;
  readonly cipher: KeyObject;
}

const SUBKEY_BYTES = 32;
const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D section 8.2.2: 96 bits of chance, for far fewer than 2^32 numbers a key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Opens the vault of a key file; the file is made where there is none. Throws `VaultRefused` in words for the operator. */
export function openVault({ keyFile, numbers }: VaultOptions): KeyedVault {
  const { keys, notice } = obtainKeys(keyFile);
  return new NumberVault(keys, numbers, notice);
}

/** As `openVault`, for who looks for what is kept already: a file that is not there is refused. */
export function openKeptVault({ keyFile, numbers }: VaultOptions): KeyedVault {
  return new NumberVault(readKeys(keyFile), numbers);
}

/**
 * Numbers under the keys of one key file. A sealed number is `nonce, tag, encrypted digits`, its key's id
 * authenticated with it: a row cannot pass as one of another key.
 */
export class NumberVault implements KeyedVault {
  readonly notice: string;
  readonly #numbers: NumberFormSettings;
  readonly #keys: readonly Subkeys[];

  constructor(keys: readonly NumberKey[], numbers: NumberFormSettings, notice = '') {
    this.#keys = keys.map(subkeysOf);
    this.#numbers = numbers;
    this.notice = notice;
  }

  get keyIds(): readonly string[] {
    return this.#keys.map(({ id }) => id);
  }

  seal(number: string): SealedNumber | undefined {
    const [newest] = this.#keys;
    const form = numberForm(number, this.#numbers);
    if (newest === undefined || form === undefined) return undefined;
    return { hash: hashOf(form, newest), cipher: encrypt(number, newest), keyId: newest.id };
  }

  hashesOf(number: string): readonly Uint8Array[] {
    const form = numberForm(number, this.#numbers);
    return form === undefined ? [] : this.#keys.map((key) => hashOf(form, key));
  }

  open({ cipher, keyId }: Pick<SealedNumber, 'cipher' | 'keyId'>): string {
    const key = this.#keys.find(({ id }) => id === keyId);
    if (key === undefined) {
      throw new VaultRefused(
        `a number was kept under key "${keyId}", which is not in the key file: put its line back`,
      );
    }
    return decrypt(cipher, key);
  }
}

function subkeysOf({ id, base64 }: NumberKey): Subkeys {
  const key = Buffer.from(base64, 'base64');
  // Kept as keys: one made anew of its bytes for each number costs more than the number.
  const subkey = (purpose: string): KeyObject =>
    createSecretKey(
      new Uint8Array(hkdfSync('sha256', key, '', `ringside/numbers/${purpose}/1`, SUBKEY_BYTES)),
    );
  return { id, hash: subkey('hash'), cipher: subkey('cipher') };
}

function hashOf(form: string, { hash }: Subkeys): Uint8Array {
  return createHmac('sha256', hash).update(form).digest();
}

function encrypt(number: string, { id, cipher }: Subkeys): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const sealing = createCipheriv(CIPHER, cipher, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(id));
  const digits = Buffer.concat([sealing.update(number, 'utf8'), sealing.final()]);
  return Buffer.concat([nonce, sealing.getAuthTag(), digits]);
}

function decrypt(sealed: Uint8Array, { id, cipher }: Subkeys): string {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const opening = createDecipheriv(CIPHER, cipher, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(id))
      .setAuthTag(tag);
    const digits = opening.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([digits, opening.final()]).toString('utf8');
  } catch {
    throw new VaultRefused(
      `a number kept under key "${id}" cannot be read: it was changed, or the key file's "${id}" is another key than it was`,
    );
  }
}
