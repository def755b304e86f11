/** What a codec may write: JSON without objects. */
export type Json = null | number | string | readonly Json[];

/** What the facts of one body share: its exchange and call, its first instant, and the words they use, each kept once. */
export class CodeBook {
  readonly pbx: string;
  readonly uniqueid: string;
  readonly baseMs: number;
  readonly words: string[];
  readonly #places = new Map<string, number>();

  constructor(
    call: { readonly pbx: string; readonly uniqueid: string },
    baseMs: number,
    words: string[] = [],
  ) {
    this.pbx = call.pbx;
    this.uniqueid = call.uniqueid;
    this.baseMs = baseMs;
    this.words = words;
  }

  placeOf(word: string): number {
    let place = this.#places.get(word);
    if (place === undefined) {
      place = this.words.push(word) - 1;
      this.#places.set(word, place);
    }
    return place;
  }
}

/** Writes a value short, and reads back exactly what was written. */
export interface Codec<T> {
  write(value: T, book: CodeBook): Json;
  read(json: Json, book: CodeBook): T;
}

/** JSON has no Infinity and no NaN, and writes -0 as 0: those go as text. */
const isPlain = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);
const spell = (value: number): Json => (isPlain(value) ? value : Object.is(value, -0) ? '-0' : String(value));

/**
 * Of an instant in this century a double keeps so many parts of a millisecond, so that the difference of two is a whole
 * number of them.
 */
const PARTS_OF_MS = 4096;
const isThousandths = (value: number): boolean => Number.isInteger(value * 1000);

export const number: Codec<number> = {
  write: (value) => {
    const parts = value * PARTS_OF_MS;
    return Number.isSafeInteger(parts) && !isThousandths(value) ? [parts] : spell(value);
  },
  read: (json) => (Array.isArray(json) ? Number(json[0]) / PARTS_OF_MS : Number(json)),
};

/** How long after the body's first instant, to the microsecond that an exchange tells; an older body has whole ms there. */
const sinceBase = (value: number, baseMs: number): number =>
  (Math.round(value * 1000) - Math.round(baseMs * 1000)) / 1000;
const afterBase = (offset: number, baseMs: number): number =>
  Number.isInteger(offset) ? baseMs + offset : (Math.round(baseMs * 1000) + Math.round(offset * 1000)) / 1000;

/** An instant: how long after the body's first one, where that is exact. */
export const instant: Codec<number> = {
  write: (value, { baseMs }) => {
    const offset = sinceBase(value, baseMs);
    const isExact = isPlain(offset) && Object.is(afterBase(offset, baseMs), value);
    return isExact ? offset : String(spell(value));
  },
  read: (json, { baseMs }) => (typeof json === 'number' ? afterBase(json, baseMs) : Number(json)),
};

export const text: Codec<string> = {
  write: (value, book) => book.placeOf(value),
  read: (json, book) => book.words[Number(json)] ?? '',
};

export const flag: Codec<boolean> = {
  write: (value) => (value ? 1 : 0),
  read: (json) => json === 1,
};

/** One of a fixed list, by its place: new words go to the end of such a list, never between. */
export function oneOf<const Word extends string>(words: readonly [Word, ...Word[]]): Codec<Word> {
  return {
    write: (value) => words.indexOf(value),
    read: (json) => words[Number(json)] ?? words[0],
  };
}

export function maybe<T>(codec: Codec<T>): Codec<T | undefined> {
  return {
    write: (value, book) => (value === undefined ? null : codec.write(value, book)),
    read: (json, book) => (json === null ? undefined : codec.read(json, book)),
  };
}

export function list<T>(codec: Codec<T>): Codec<readonly T[]> {
  return {
    write: (values, book) => values.map((value) => codec.write(value, book)),
    read: (json, book) => (Array.isArray(json) ? json.map((one: Json) => codec.read(one, book)) : []),
  };
}

/** A codec for each property; they are written in this order, so a new one goes to the end. */
export type Shape<T> = { readonly [Key in keyof T]-?: Codec<Required<T>[Key]> };

/** A property that is not there: no codec writes an empty text. */
const ABSENT = '';

export function shape<T extends object>(codecs: Shape<T>): Codec<T> {
  // The keys of a literal of ours, in its order.
  const keys = Object.keys(codecs) as (keyof T & string)[];
  return {
    write: (value, book) => {
      const written: Json[] = keys.map((key) =>
        key in value ? codecs[key].write(value[key] as Required<T>[typeof key], book) : ABSENT,
      );
      while (written.at(-1) === ABSENT) written.pop();
      return written;
    },
    read: (json, book) => {
      const values: Partial<T> = {};
      const written: readonly Json[] = Array.isArray(json) ? json : [];
      for (const [place, key] of keys.entries()) {
        const one = written[place];
        if (one !== undefined && one !== ABSENT) values[key] = codecs[key].read(one, book);
      }
      return values as T;
    },
  };
}
