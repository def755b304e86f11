import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfigText } from '../../src/config/load.ts';
import { mistakeText } from '../../src/config/mistake.ts';

/**
 * Each `NAME.yaml` holds at least two mistakes (the empty file has its one), and `NAME.txt` what is said about them:
 * both messages come, each with its exact words. Every secret in them has `xyzzy` in it. A fixture that says nothing of
 * the journal has one, so that not each of them is warned of that.
 */
const folder = new URL('fixtures/', import.meta.url);
const names = readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -5)] : []));

const elsewhere = mkdtempSync(join(tmpdir(), 'ringside-fixtures-'));
afterAll(() => rmSync(elsewhere, { recursive: true }));
const keyFile = join(elsewhere, 'journal.keys');
writeFileSync(keyFile, `k1:${Buffer.alloc(32).toString('base64')}\n`, { mode: 0o600 });
const JOURNAL = { RINGSIDE_JOURNAL__FILE: 'journal.db', RINGSIDE_JOURNAL__KEY_FILE: keyFile };

async function messagesOf(name: string): Promise<readonly string[]> {
  const file = fileURLToPath(new URL(`${name}.yaml`, folder));
  const text = readFileSync(file, 'utf8');
  const journal = /^journal:/m.test(text) ? {} : JOURNAL;
  const result = await loadConfigText(text, {
    file,
    environment: { HQ_SECRET: 'xyzzy', ...journal },
    keeps: true,
  });
  const messages = (result.ok ? result.warnings : result.mistakes).map(mistakeText);
  return messages.map((message) => message.replace(fileURLToPath(folder), ''));
}

describe('mistakes in a configuration', () => {
  it.each(names)('%s', async (name) => {
    const expected = readFileSync(new URL(`${name}.txt`, folder), 'utf8');
    const messages = await messagesOf(name);
    expect(`${messages.join('\n')}\n`).toBe(expected);
    expect(messages.length).toBeGreaterThanOrEqual(name === 'empty' ? 1 : 2);
  });

  it.each(names)('%s: no secret in any message', async (name) => {
    expect((await messagesOf(name)).join('\n').toLowerCase()).not.toContain('xyzzy');
  });
});
