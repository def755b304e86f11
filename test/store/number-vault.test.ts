import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKeyNew } from '../../src/store/key-command.ts';
import { openVault } from '../../src/store/number-vault.ts';
import { VaultRefused, type KeyedVault, type SealedNumber } from '../../src/store/vault.ts';
import { someFolder } from './journals.ts';
import { keyLine, NUMBERS, putKeys } from './keys.ts';

const NUMBER = '013800138000';

function someVault(...lines: readonly string[]): KeyedVault {
  const keyFile = join(someFolder(), 'numbers.keys');
  putKeys(keyFile, ...lines);
  return openVault({ keyFile, numbers: NUMBERS });
}
function sealed(vault: KeyedVault, number = NUMBER): SealedNumber {
  const one = vault.seal(number);
  if (one === undefined) throw new Error('it was not sealed');
  return one;
}
const refusal = (open: () => unknown): string => {
  try {
    open();
  } catch (cause) {
    if (cause instanceof VaultRefused) return cause.message;
    throw cause;
  }
  throw new Error('it was not refused');
};

describe('a sealed number', () => {
  it('has one hash, however it is spelled, and is itself again when it is opened', () => {
    const vault = someVault(keyLine('k1', 1));
    const [one, other] = [sealed(vault), sealed(vault, '+86 138-0013-8000')];
    expect(Buffer.from(one.hash)).toEqual(Buffer.from(other.hash));
    expect(one.hash).toHaveLength(32);
    expect(one.cipher).not.toEqual(other.cipher);
    expect(vault.open(one)).toBe(NUMBER);
    expect(vault.open(other)).toBe('+86 138-0013-8000');
  });

  it('is never sealed alike twice, and holds no digit in clear', () => {
    const vault = someVault(keyLine('k1', 1));
    const ciphers = Array.from({ length: 200 }, () => Buffer.from(sealed(vault).cipher).toString('hex'));
    expect(new Set(ciphers).size).toBe(200);
    expect(ciphers.every((cipher) => !Buffer.from(cipher, 'hex').includes('1380'))).toBe(true);
  });

  it.each(['', 'anonymous', '0000'])('is none of "%s"', (nobody) => {
    const vault = someVault(keyLine('k1', 1));
    expect(vault.seal(nobody)).toBeUndefined();
    expect(vault.hashesOf(nobody)).toEqual([]);
  });

  it('of another key has another hash, and is refused under that key', () => {
    const [vault, wrong] = [someVault(keyLine('k1', 1)), someVault(keyLine('k1', 2))];
    const one = sealed(vault);
    expect(sealed(wrong).hash).not.toEqual(one.hash);
    expect(refusal(() => wrong.open(one))).toMatch(
      /key "k1" cannot be read: it was changed, or .* another key/,
    );
    expect(refusal(() => someVault(keyLine('k9', 1)).open(one))).toMatch(
      /kept under key "k1", which is not in/,
    );
  });

  it('that was changed anywhere is refused', () => {
    const vault = someVault(keyLine('k1', 1));
    const { cipher, keyId } = sealed(vault);
    for (let place = 0; place < cipher.length; place++) {
      const changed = Uint8Array.from(cipher, (byte, i) => (i === place ? byte ^ 1 : byte));
      expect(() => vault.open({ cipher: changed, keyId })).toThrow(VaultRefused);
    }
    for (let length = 0; length < cipher.length; length++) {
      expect(() => vault.open({ cipher: cipher.subarray(0, length), keyId })).toThrow(VaultRefused);
    }
  });

  it('cannot pass as one of another key', () => {
    const twice = someVault(keyLine('k2', 2), keyLine('k1', 1));
    expect(() => twice.open({ ...sealed(someVault(keyLine('k1', 1))), keyId: 'k2' })).toThrow(VaultRefused);
    const renamed = someVault(keyLine('k9', 1));
    expect(() => renamed.open({ ...sealed(someVault(keyLine('k1', 1))), keyId: 'k9' })).toThrow(VaultRefused);
  });
});

describe('several keys', () => {
  it('seal under the first, look for all, and open what any of them sealed', () => {
    const before = someVault(keyLine('k1', 1));
    const vault = someVault(keyLine('k2', 2), keyLine('k1', 1));
    expect(vault.keyIds).toEqual(['k2', 'k1']);
    expect(sealed(vault).keyId).toBe('k2');
    expect(vault.hashesOf(NUMBER)).toEqual([sealed(vault).hash, sealed(before).hash]);
    expect(vault.open(sealed(before))).toBe(NUMBER);
  });
});

describe('the key file', () => {
  it('is made where there is none, for its owner alone, and that is said', () => {
    const keyFile = join(someFolder(), 'numbers.keys');
    const vault = openVault({ keyFile, numbers: NUMBERS });
    expect(vault.notice).toMatch(/numbers\.keys was not there and was made with a new key, k1/);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const again = openVault({ keyFile, numbers: NUMBERS });
    expect(again.notice).toBe('');
    expect(again.open(sealed(vault))).toBe(NUMBER);
    expect(openVault({ keyFile: join(someFolder(), 'k'), numbers: NUMBERS }).hashesOf(NUMBER)).not.toEqual(
      vault.hashesOf(NUMBER),
    );
  });

  it.each([0o640, 0o604, 0o620, 0o660])('that others may touch (%o) is refused', (mode) => {
    const keyFile = join(someFolder(), 'numbers.keys');
    putKeys(keyFile, keyLine('k1', 1));
    chmodSync(keyFile, mode);
    expect(refusal(() => openVault({ keyFile, numbers: NUMBERS }))).toMatch(/other users .* chmod 600/);
  });

  it('with mistakes names their lines, and nothing of what stands there', () => {
    const said = refusal(() => someVault(keyLine('k1', 1), '\n', 'k0:c2VjcmV0\n', 'secret\n'));
    expect(said.replaceAll(/\S+numbers\.keys/g, 'FILE')).toBe(
      'FILE: line 3 has a key of 6 bytes: must be 32\n' +
        'FILE: line 4 is no key: must be an id, ":" and 32 bytes in base64',
    );
  });

  it('without a key, in a folder that is not there, or that is none is refused', () => {
    expect(refusal(() => someVault('# nothing\n'))).toMatch(/holds no key/);
    const keyFile = join(someFolder(), 'none', 'numbers.keys');
    expect(refusal(() => openVault({ keyFile, numbers: NUMBERS }))).toMatch(/cannot be written \(ENOENT\)/);
    const folder = join(someFolder(), 'folder');
    mkdirSync(folder, { mode: 0o700 });
    expect(refusal(() => openVault({ keyFile: folder, numbers: NUMBERS }))).toMatch(
      /cannot be read \(EISDIR\)/,
    );
  });
});

describe('ringside key new', () => {
  async function keyNew(keyFile: string): Promise<{ code: number; said: string; complained: string }> {
    let [said, complained] = ['', ''];
    const code = await runKeyNew(
      { keyFile },
      { write: (text) => void (said += text), complain: (text) => void (complained += text) },
    );
    return { code, said, complained };
  }

  it('makes the file, then puts fresh keys before the others, and shows none', async () => {
    const keyFile = join(someFolder(), 'numbers.keys');
    const made = await keyNew(keyFile);
    expect(made).toMatchObject({ code: 0, complained: '' });
    const old = openVault({ keyFile, numbers: NUMBERS });
    const added = await keyNew(keyFile);
    expect(added.said).toContain('Key k2 stands first');
    const vault = openVault({ keyFile, numbers: NUMBERS });
    expect(vault.keyIds).toEqual(['k2', 'k1']);
    expect(vault.open(sealed(old))).toBe(NUMBER);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const keys = readFileSync(keyFile, 'utf8').match(/[A-Za-z0-9+/]{43}=/g) ?? [];
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(made.said + added.said).not.toContain(key);
  });

  it('keeps comments, names of the owner’s own, and a link to where the file is', async () => {
    const folder = someFolder();
    const [keyFile, link] = [join(folder, 'real.keys'), join(folder, 'link.keys')];
    putKeys(keyFile, '# of 2026\n', keyLine('autumn', 1), keyLine('k7', 2));
    symlinkSync(keyFile, link);
    await keyNew(link);
    expect(readFileSync(keyFile, 'utf8')).toMatch(/^k8:.*\n# of 2026\nautumn:.*\nk7:/);
    expect(readFileSync(link, 'utf8')).toBe(readFileSync(keyFile, 'utf8'));
    expect(existsSync(`${keyFile}.new`)).toBe(false);
  });

  it('leaves a file with a mistake as it is', async () => {
    const keyFile = join(someFolder(), 'numbers.keys');
    writeFileSync(keyFile, 'k1:AAAA\n', { mode: 0o600 });
    expect(await keyNew(keyFile)).toMatchObject({
      code: 1,
      complained: expect.stringContaining('line 1') as string,
    });
    expect(readFileSync(keyFile, 'utf8')).toBe('k1:AAAA\n');
  });
});
