import { createHmac } from 'node:crypto';
import type { KeptWords } from './kept-words.ts';
import { KnownNames } from './known-names.ts';

/** Shorter ones are extensions and codes of the house: nobody outside is called by them. */
export const FEWEST_DIGITS = 5;
/** So many digits at least are changed, however much of a number says what class it is of. */
const FEWEST_CHANGED = 4;
/** From so many digits on a mobile's or an area's prefix is kept, as where numbers are masked (norm.md section 7). */
const LONG_NUMBER = 11;
const LONG_PREFIX = 3;
/** Tries in one class before it is taken for full: then the class is given up, and at last the length. */
const TRIES = 200;
/** Through all values of the last digits, none twice: prime, so it shares no factor with them. */
const STRIDE = 7_919;
const LAST_DIGITS = 10 ** FEWEST_CHANGED;
const CONSONANTS = 'bdfgklmnprstvz';
const VOWELS = 'aeiou';
const SYLLABLES = 3;

/**
 * Other numbers and names in place of the true ones: the same for the same, different ones for different ones, not to
 * be undone without the key. The length of a number and its class stay: leading zeros and its first digit, of a long
 * one the first three. No pseudonym is a number or name met before it.
 */
export class Pseudonyms {
  readonly #kept: KeptWords;
  readonly #key: Buffer;
  readonly #numbers = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #known = new KnownNames();
  readonly #taken = new Set<string>();

  /** @param key random bytes; `forget` overwrites them. */
  constructor(kept: KeptWords, key: Buffer) {
    this.#kept = kept;
    this.#key = key;
  }

  get numbers(): number {
    return this.#numbers.size;
  }
  get names(): number {
    return this.#names.size;
  }

  /** @param digits nothing but digits. */
  number(digits: string): string {
    if (digits.length < FEWEST_DIGITS || this.#kept.numbers.has(digits)) return digits;
    const known = this.#numbers.get(digits);
    if (known !== undefined) return known;
    this.#taken.add(digits);
    const other = this.#free(this.#numberTries(digits));
    this.#numbers.set(digits, other);
    return other;
  }

  name(name: string): string {
    if (this.#kept.words.has(name)) return name;
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    this.#taken.add(name);
    const other = this.#free(this.#nameTries(name));
    this.#names.set(name, other);
    this.#known.add(name, other);
    return other;
  }

  /** A text with every name that was met before replaced in it. */
  withoutNames(text: string): string {
    return this.#known.replaceIn(text);
  }

  /** Nothing can be turned back any more, and nothing more can be replaced. */
  forget(): void {
    this.#key.fill(0);
    this.#numbers.clear();
    this.#names.clear();
    this.#known.clear();
    this.#taken.clear();
  }

  #free(tries: Iterable<string>): string {
    for (const other of tries) {
      if (this.#taken.has(other) || this.#kept.numbers.has(other) || this.#kept.words.has(other)) continue;
      this.#taken.add(other);
      return other;
    }
    return '';
  }

  /** Without end: in the number's class, then of its length, then longer and longer. */
  *#numberTries(digits: string): Generator<string, never> {
    for (let round = 0; ; round += 1) {
      const kept = round === 0 ? classOf(digits) : '';
      const length = digits.length - kept.length + Math.max(0, round - 1);
      const bytes = this.#hash(`number ${round} ${digits}`, length);
      const first = kept + Array.from(bytes, (byte) => String(byte % 10)).join('');
      const lead = first.slice(0, -FEWEST_CHANGED);
      const last = Number(first.slice(-FEWEST_CHANGED));
      for (let tried = 0; tried < TRIES; tried += 1) {
        const next = (last + tried * STRIDE) % LAST_DIGITS;
        yield lead + String(next).padStart(FEWEST_CHANGED, '0');
      }
    }
  }

  *#nameTries(name: string): Generator<string, never> {
    for (let round = 0; ; round += 1) {
      const bytes = this.#hash(`name ${round} ${name}`, 2 * (SYLLABLES + Math.floor(round / TRIES)));
      const letters = Array.from(bytes, (byte, index) => {
        const from = index % 2 === 0 ? CONSONANTS : VOWELS;
        return from[byte % from.length] ?? '';
      });
      yield `Person ${letters.join('')}`;
    }
  }

  /** As many bytes as asked for: a block of the keyed hash after the other. */
  #hash(text: string, length: number): Buffer {
    const blocks: Buffer[] = [];
    for (let bytes = 0; bytes < length; bytes += 32) {
      blocks.push(createHmac('sha256', this.#key).update(`${bytes} ${text}`, 'utf8').digest());
    }
    return Buffer.concat(blocks).subarray(0, length);
  }
}

function classOf(digits: string): string {
  const zeros = /^0*/.exec(digits)?.[0].length ?? 0;
  const shown = digits.length >= LONG_NUMBER ? Math.max(LONG_PREFIX, zeros) : zeros + 1;
  return digits.slice(0, Math.min(shown, digits.length - FEWEST_CHANGED));
}
