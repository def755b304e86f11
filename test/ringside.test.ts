import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NODE_WORDS } from './support/node-words.ts';

const textOf = (file: string): string => readFileSync(join(import.meta.dirname, '..', file), 'utf8');

describe('ringside.js', () => {
  it('runs with the same words for node however it is started', () => {
    expect(NODE_WORDS).toEqual([expect.stringMatching(/^--max-semi-space-size=\d+$/)]);
    expect(textOf('src/ringside.js').split('\n')[0]).toBe(`#!/usr/bin/env -S node ${NODE_WORDS.join(' ')}`);
    const entry = ['node', ...NODE_WORDS, 'src/ringside.js'].map((word) => JSON.stringify(word)).join(', ');
    expect(textOf('Dockerfile')).toContain(`ENTRYPOINT [${entry}]`);
  });
});
