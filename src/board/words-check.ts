import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Plugin } from 'vite';
import { MESSAGES } from './words/board-words.ts';

export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** What is wrong with the words of the page: a message that one language lacks, or that nothing says. */
export function faultsOfWords(
  messages: Readonly<Record<string, Readonly<Record<string, string>>>>,
  sources: readonly SourceText[],
): readonly string[] {
  const keys = new Set(Object.values(messages).flatMap((said) => Object.keys(said)));
  const missing = Object.entries(messages).flatMap(([language, said]) =>
    [...keys].filter((key) => !said[key]).map((key) => `${language} does not say '${key}'`),
  );
  const code = sources.map(({ text }) => text).join('\n');
  // `seat.state.${state}` says all that begin so: which ones there are is for the type check.
  const beginnings = [...code.matchAll(/`([a-z-]+\.[a-z.-]*)\$\{/g)].map(([, beginning]) => beginning ?? '');
  const unused = [...keys].filter(
    (key) => !code.includes(`'${key}'`) && !beginnings.some((beginning) => key.startsWith(beginning)),
  );
  return [...missing, ...unused.map((key) => `nothing says '${key}'`)];
}

/** All sources of the page but the words themselves; of why a seat is in its state the seats know what they say. */
export function pageSources(root: string): readonly SourceText[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith(`words${sep}`))
    .concat(join('..', 'seats', 'why.ts'))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

/** Ends the build where a message is missing or unused. */
export const wordsCheck = (root: string): Plugin => ({
  name: 'words-check',
  buildStart() {
    const faults = faultsOfWords(MESSAGES, pageSources(root));
    if (faults.length > 0) this.error(`words of the page: ${faults.join('; ')}`);
  },
});
