import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A password as the configuration keeps it: what scrypt (RFC 7914) made of it, and by which parameters. */
export interface PasswordHash {
  /** Binary logarithm of scrypt's N. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
  /** Base64. */
  readonly salt: string;
  readonly key: string;
}

/**
 * 32 MB and three rounds a try: one of the sets of equal strength in OWASP's Password Storage Cheat Sheet, the one with
 * the least memory, for the daemon may be small and several people sign in at the beginning of a shift.
 */
const COST = { logN: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** What a line in the configuration may ask for: never weaker than ours by N, never so much that a try holds the machine up. */
const BOUNDS = { logN: [15, 18], r: [8, 16], p: [1, 8] } as const;

const LINE =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,88})\$([A-Za-z0-9+/]{43,88})$/;

export type ReadHash =
  | { readonly ok: true; readonly hash: PasswordHash }
  /** `plain`: no hash at all, so probably the password itself. */
  | { readonly ok: false; readonly why: 'plain' | 'broken' | 'out-of-bounds' };

/** Reads `$scrypt$ln=15,r=8,p=3$SALT$KEY` (the PHC string format, base64 without padding). */
export function readPasswordHash(line: string): ReadHash {
  if (!line.startsWith('$scrypt$')) return { ok: false, why: 'plain' };
  const [, ln, r, p, salt = '', key = ''] = LINE.exec(line) ?? [];
  if (ln === undefined) return { ok: false, why: 'broken' };
  const hash = { logN: Number(ln), r: Number(r), p: Number(p), salt, key };
  const isWithin = (['logN', 'r', 'p'] as const).every(
    (name) => hash[name] >= BOUNDS[name][0] && hash[name] <= BOUNDS[name][1],
  );
  return isWithin ? { ok: true, hash } : { ok: false, why: 'out-of-bounds' };
}

export function passwordHashLine({ logN, r, p, salt, key }: PasswordHash): string {
  return `$scrypt$ln=${logN},r=${r},p=${p}$${salt}$${key}`;
}

/** Takes a tenth of a second or more, in a thread of its own. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = unpadded(randomBytes(SALT_BYTES));
  const key = await derive(password, { ...COST, salt }, KEY_BYTES);
  return { ...COST, salt, key: unpadded(key) };
}

/** Whether it is the password; compared in constant time. */
export async function isPassword(password: string, hash: PasswordHash): Promise<boolean> {
  const key = Buffer.from(hash.key, 'base64');
  return timingSafeEqual(key, await derive(password, hash, key.length));
}

/** No password's: what is compared with where there is no such user, so that it takes as long. */
export function nobodysHash(): PasswordHash {
  return {
    ...COST,
    salt: unpadded(randomBytes(SALT_BYTES)),
    key: unpadded(randomBytes(KEY_BYTES)),
  };
}

/** One password is typed in several ways (é as one character or as two): they are made one. */
function derive(
  password: string,
  { logN, r, p, salt }: Omit<PasswordHash, 'key'>,
  bytes: number,
): Promise<Buffer> {
  const N = 2 ** logN;
  // Twice what it needs (128 * N * r bytes): node counts its own overhead too.
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), Buffer.from(salt, 'base64'), bytes, options, (cause, key) => {
      if (cause === null) resolve(key);
      else reject(cause);
    });
  });
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
