import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runUserPassword } from '../../src/access/password-command.ts';
import { isPassword, readPasswordHash } from '../../src/access/password-hash.ts';
import { hashOf } from '../../src/access/sessions.ts';
import { runTokenNew } from '../../src/access/token-command.ts';

async function run(input: string): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runUserPassword({
    write: (text) => void (out += text),
    complain: (text) => void (err += text),
    input: Readable.from(input === '' ? [] : [input]),
  });
  return { code, out, err };
}

describe('ringside user password', () => {
  it('prints what stands for the password, and nothing of it', async () => {
    const { code, out, err } = await run('correct horse battery\nnot this line\n');
    expect(code).toBe(0);
    const read = readPasswordHash(out.trimEnd());
    expect(read.ok && (await isPassword('correct horse battery', read.hash))).toBe(true);
    expect(out + err).not.toContain('horse');
    expect(err).toContain('Put it into the configuration in quotes');
  });

  it.each([
    ['short one\n', 'That password is too short: at least 10 characters, better several words.'],
    ['密码密码\n', 'That password is too short: at least 10 characters, better several words.'],
    [`${'long '.repeat(41)}\n`, 'That password is too long: at most 200 characters.'],
    ['aaaaaaaaaaaaaa\n', 'That password is too easily guessed: it repeats itself.'],
    ['\n', 'That password is too short: at least 10 characters, better several words.'],
    ['', 'No password came: write it into standard input, on a line.'],
  ])('refuses %j', async (input, words) => {
    expect(await run(input)).toEqual({ code: 1, out: '', err: `${words}\n` });
  });
});

describe('ringside token new', () => {
  it('prints both halves', () => {
    let out = '';
    expect(runTokenNew({ write: (text) => void (out += text) })).toBe(0);
    const [, token = '', hash = ''] = /(rs_[\w-]{43})\n.*sha256:([0-9a-f]{64})\n$/.exec(out) ?? [];
    expect(hash).toBe(hashOf(token));
  });
});
