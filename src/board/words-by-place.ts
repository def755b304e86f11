import { basename, dirname } from 'node:path';
import type { Plugin } from 'vite';
import { MESSAGES } from './words/board-words.ts';

/** Of these files the words go to the browser without the keys, in the order of the English ones. */
const OF_FILE: ReadonlyMap<string, readonly [name: string, messages: Readonly<Record<string, string>>]> =
  new Map([
    ['es.ts', ['ES', MESSAGES.es]],
    ['zh-hans.ts', ['ZH_HANS', MESSAGES['zh-Hans']]],
    ['zh-hant.ts', ['ZH_HANT', MESSAGES['zh-Hant']]],
  ]);

/** Three hundred keys that each language says again would be a fortieth of the page. */
export const wordsByPlace = (): Plugin => ({
  name: 'words-by-place',
  transform(_code, id) {
    const found = basename(dirname(id)) === 'words' ? OF_FILE.get(basename(id)) : undefined;
    if (found === undefined) return null;
    const [name, messages] = found;
    const said = Object.keys(MESSAGES.en).map((key) => messages[key]);
    return `import { EN } from './en.ts';
const said = ${JSON.stringify(said)};
export const ${name} = Object.fromEntries(Object.keys(EN).map((key, place) => [key, said[place]]));`;
  },
});
