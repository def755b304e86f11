import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  hashPassword,
  isPassword,
  passwordHashLine,
  readPasswordHash,
} from '../../src/access/password-hash.ts';

describe('a password', () => {
  it('is kept as a line that says how it was made, and is known by it', async () => {
    const hash = await hashPassword('correct horse battery');
    const line = passwordHashLine(hash);
    expect(line).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(readPasswordHash(line)).toEqual({ ok: true, hash });
    expect(await isPassword('correct horse battery', hash)).toBe(true);
    expect(await isPassword('correct horse battery ', hash)).toBe(false);
    expect(await isPassword('', hash)).toBe(false);
  });

  it('is what scrypt makes of it, as another program does', async () => {
    const salt = Buffer.from('0123456789abcdef');
    const key = scryptSync('pass phrase', salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 });
    const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
    const read = readPasswordHash(`$scrypt$ln=15,r=8,p=1$${unpadded(salt)}$${unpadded(key)}`);
    expect(read.ok && (await isPassword('pass phrase', read.hash))).toBe(true);
  });

  it('is salted: twice the same makes two lines', async () => {
    const [a, b] = await Promise.all([hashPassword('one of two'), hashPassword('one of two')]);
    expect(a.key).not.toBe(b.key);
  });

  it('is the same however its letters are put together', async () => {
    const hash = await hashPassword('contrase\u00F1a larga');
    expect(await isPassword('contrasen\u0303a larga', hash)).toBe(true);
  });

  it.each([
    ['correct horse battery', 'plain'],
    ['', 'plain'],
    ['$2b$12$abcdefghijklmnopqrstuv', 'plain'],
    ['$scrypt$', 'broken'],
    ['$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$short', 'broken'],
    [`$scrypt$ln=14,r=8,p=3$${'A'.repeat(22)}$${'A'.repeat(43)}`, 'out-of-bounds'],
    [`$scrypt$ln=19,r=8,p=3$${'A'.repeat(22)}$${'A'.repeat(43)}`, 'out-of-bounds'],
    [`$scrypt$ln=15,r=1,p=3$${'A'.repeat(22)}$${'A'.repeat(43)}`, 'out-of-bounds'],
    [`$scrypt$ln=15,r=8,p=99$${'A'.repeat(22)}$${'A'.repeat(43)}`, 'out-of-bounds'],
  ])('that is no such line is not taken: %s', (line, why) => {
    expect(readPasswordHash(line)).toEqual({ ok: false, why });
  });
});
