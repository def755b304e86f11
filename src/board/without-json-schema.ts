import type { Plugin } from 'vite';

const UNUSED =
  /[\\/]zod[\\/]v4[\\/](?:core[\\/](?:json-schema-processors|to-json-schema)|locales[\\/]en)\.js$/;

/**
 * What zod has for making JSON Schema, and its English for people, hangs on every schema; the page only checks what the
 * daemon says. Left out, a tenth of the page need not be fetched.
 */
export const withoutJsonSchema = (): Plugin => ({
  name: 'without-json-schema',
  transform(code, id) {
    if (!UNUSED.test(id)) return null;
    if (code.includes('export default')) return 'export default () => ({ localeError: () => undefined });';
    const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
    return names.map((name) => `export const ${name} = () => undefined;`).join('\n');
  },
});
