import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TARGETS } from './targets.ts';

const CORPUS = join(import.meta.dirname, 'corpus');

/** Every input that ever taught the fuzzer something, and every one that broke something; `npm run fuzz` finds more. */
describe.each(TARGETS)('%s', async (target) => {
  const { fuzz } = (await import(`./targets/${target}.ts`)) as { readonly fuzz: (data: Buffer) => void };
  it.each(readdirSync(join(CORPUS, target)))('holds for %s', (name) => {
    expect(() => fuzz(readFileSync(join(CORPUS, target, name)))).not.toThrow();
  });
});
