import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfigText } from '../../src/config/load.ts';
import { mistakeText } from '../../src/config/mistake.ts';

/**
 * Each `NAME.yaml` holds at least two mistakes (the empty file has its one), and `NAME.txt` what is said about them:
 * both messages come, each with its exact words. Every secret in them has `xyzzy` in it.
 */
const folder = new URL('fixtures/', import.meta.url);
const names = readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -5)] : []));

async function messagesOf(name: string): Promise<readonly string[]> {
  const text = readFileSync(new URL(`${name}.yaml`, folder), 'utf8');
  const result = await loadConfigText(text, { file: `${name}.yaml`, environment: { HQ_SECRET: 'xyzzy' } });
  return (result.ok ? result.warnings : result.mistakes).map(mistakeText);
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
