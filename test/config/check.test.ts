import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkConfig } from '../../src/config/check.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ringside-check-'));
afterAll(() => rmSync(folder, { recursive: true }));
const keyFile = join(folder, 'journal.keys');
writeFileSync(keyFile, `k1:${Buffer.alloc(32).toString('base64')}\n`, { mode: 0o600 });
const KEYS = { RINGSIDE_JOURNAL__KEY_FILE: keyFile };
const EXAMPLE = path('../../config/example.yaml');

async function check(file: string, environment: Record<string, string> = {}) {
  const { text, exitCode } = await checkConfig(file, environment);
  return { text: text.replaceAll(file, 'FILE'), exitCode };
}

describe('ringside check', () => {
  it('finds the example right, without a warning', async () => {
    expect(await check(EXAMPLE, { RINGSIDE_HQ_SECRET: 'xyzzy', ...KEYS })).toEqual({
      exitCode: 0,
      text: `FILE: right
  exchange hq: 127.0.0.1:5038, 3 trunks, 3 queues, 7 configured seats
    hotline service: attendant, 2 numbers, 84 h a week, Asia/Shanghai
    hotline emergency: people, 1 number, emergency, all hours, Asia/Shanghai
    hotline east: people, 1 number, 86.5 h a week, Asia/Shanghai
    hotline west: people, 1 number, 84 h a week, Asia/Shanghai
  roster: 3 shifts, 42 duties
  journal: /var/lib/ringside/journal.db, calls for 25 months, numbers for 90 days
`,
    });
  });

  it('speaks of one as one', async () => {
    const { text } = await check(path('one-of-each.yaml'));
    expect(text).toContain('exchange hq: 127.0.0.1:5038, 1 trunk, 1 queue, 1 configured seat\n');
    expect(text).toContain('hotline service: people, 1 number, ');
  });

  it('only warns of secrets that the daemon will have and this place has not', async () => {
    const { text, exitCode } = await check(EXAMPLE);
    const keyLine =
      readFileSync(EXAMPLE, 'utf8').split('\n').indexOf('  keyFile: /etc/ringside/journal.keys') + 1;
    expect(exitCode).toBe(0);
    expect(text.split('\n').slice(0, 3)).toEqual([
      'FILE:17:18: warning: pbxs[0].ami.secretEnv: names a variable that is not set here: the daemon must have it',
      `FILE:${keyLine}:12: warning: journal.keyFile: names a file that cannot be read here: the daemon must have it`,
      'FILE: usable: 2 warnings',
    ]);
  });

  it('tells every mistake and how many there are', async () => {
    const { text, exitCode } = await check(path('fixtures/unknown-setting.yaml'));
    expect(exitCode).toBe(1);
    expect(text).toContain('FILE:16:5: error: hotlines[0].titel: is no setting (did you mean "title"?)\n');
    expect(text).toMatch(/\nFILE: not usable: 3 errors(?:, 1 warning)?\n$/);
  });
});
