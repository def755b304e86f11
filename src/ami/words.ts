/** Must be a power of two: some thousand calls' ids, names and numbers. */
const PLACES = 8_192;
/** What is longer is hardly ever said twice. */
const LONGEST = 64;

/**
 * Strings out of bytes, each made once for as long as it is in use: an exchange says the same names and ids over and
 * over. Made anew, a string costs a call into the engine and its hash at the first look-up; here it costs a look at its
 * bytes. One place for each hash and the newest in it, so memory is bounded whatever is said.
 */
export class Words {
  readonly #places: string[] = Array.from({ length: PLACES }, () => '');

  /** The text of `bytes[from, to)`; see `textOf` for bytes beyond ASCII. */
  of(bytes: Buffer, from: number, to: number): string {
    const length = to - from;
    if (length <= 0) return '';
    if (length > LONGEST) return textOf(bytes, from, to);
    let hash = length;
    let high = 0;
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      hash = (hash * 31 + byte) | 0;
      high |= byte;
    }
    if (high >= 0x80) return textOf(bytes, from, to);
    const place = (hash ^ (hash >>> 13)) & (PLACES - 1);
    const known = this.#places[place] ?? '';
    if (known.length === length && isSame(known, bytes, from)) return known;
    const word = bytes.toString('latin1', from, to);
    this.#places[place] = word;
    return word;
  }
}

function isSame(word: string, bytes: Buffer, from: number): boolean {
  for (let index = 0; index < word.length; index += 1) {
    if (word.charCodeAt(index) !== bytes[from + index]) return false;
  }
  return true;
}

/** UTF-8; bytes that are not keep their difference as Latin-1: two queues must not become one name. */
function textOf(bytes: Buffer, from: number, to: number): string {
  const text = bytes.toString('utf8', from, to);
  return text.includes('\ufffd') ? bytes.toString('latin1', from, to) : text;
}
