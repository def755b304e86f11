import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../../src/board/words/board-words.ts';
import { wordsByPlace } from '../../src/board/words-by-place.ts';
import { withoutJsonSchema } from '../../src/board/without-json-schema.ts';

const ZOD = join(dirname(createRequire(import.meta.url).resolve('zod/package.json')), 'v4');
type Transform = (code: string, id: string) => string | null;
const transformed = (plugin: Plugin, code: string, id: string): string | null =>
  (plugin.transform as Transform)(code, id);

describe('the words by their place', () => {
  it.each([
    ['es.ts', 'es'],
    ['zh-hans.ts', 'zh-Hans'],
    ['zh-hant.ts', 'zh-Hant'],
  ] as const)('%s says the same as before', (file, language) => {
    const code = transformed(wordsByPlace(), '', `/src/board/words/${file}`) ?? '';
    const said = JSON.parse(/^const said = (.*);$/m.exec(code)?.[1] ?? '[]') as string[];
    expect(Object.fromEntries(Object.keys(MESSAGES.en).map((key, place) => [key, said[place]]))).toEqual(
      MESSAGES[language],
    );
  });

  it('leave every other file as it is', () => {
    expect(transformed(wordsByPlace(), 'x', '/src/board/words/en.ts')).toBeNull();
    expect(transformed(wordsByPlace(), 'x', '/elsewhere/es.ts')).toBeNull();
  });
});

describe('zod without JSON Schema', () => {
  const left = (path: string): string =>
    transformed(withoutJsonSchema(), readFileSync(join(ZOD, path), 'utf8'), join(ZOD, path)) ?? '';

  it('has everything that its schemas call when they are made', () => {
    const schemas = readFileSync(join(ZOD, 'classic/schemas.js'), 'utf8');
    const used = [...schemas.matchAll(/\bprocessors\.(\w+Processor)\b/g)].map(([, name]) => name ?? '');
    expect(used.length).toBeGreaterThan(20);
    const kept = left('core/json-schema-processors.js');
    expect([...new Set(used)].filter((name) => !kept.includes(`export const ${name} =`))).toEqual([]);
    expect(left('core/to-json-schema.js')).toContain('export const createToJSONSchemaMethod = ');
    expect(left('locales/en.js')).toContain('export default');
  });

  it('touches nothing of what checks', () => {
    expect(transformed(withoutJsonSchema(), 'x', join(ZOD, 'core/schemas.js'))).toBeNull();
    expect(transformed(withoutJsonSchema(), 'x', join(ZOD, 'locales/de.js'))).toBeNull();
  });
});
