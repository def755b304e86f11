import { readWhy, type Said } from '../seats/why.ts';
import type { BoardWords } from './words/board-words.ts';

/** Why a seat is in its state, in the words of the page; undefined for a sentence of a later daemon. */
export function whyWords(say: BoardWords, why: string): string | undefined {
  const said = readWhy(why);
  return said && wordsOf(say, said);
}

const wordsOf = (say: BoardWords, { key, parts }: Said): string =>
  say.say(
    key,
    Object.fromEntries(
      parts.map(([name, value]) => [name, typeof value === 'string' ? value : wordsOf(say, value)]),
    ),
  );
