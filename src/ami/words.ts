/** Must be a power of two: some thousand calls' ids, names and numbers. */
const PLACES = 8_192;
/** What is longer is hardly ever said twice. */
const LONGEST = 64;
/** Bytes of a word that its place depends on, besides its length and two more. */
const HASHED = 8;

/**
 * Strings out of bytes, each made once for as long as it is in use: an exchange says the same names and ids over and
 * over. Made anew, a string costs a call into the engine and its hash at the first look-up; here it costs a look at its
 * bytes. One place for each hash and the newest in it, so memory is bounded whatever is said.
 */
export class Words {
  readonly #words: string[] = Array.from({ length: PLACES }, () => '');
  /** The bytes of each word, and how many: compared faster than the characters of a string. */
  readonly #bytes = new Uint8Array(PLACES * LONGEST);
  readonly #lengths = new Uint8Array(PLACES);

  /** The text of `bytes[from, to)`; see `textOf` for bytes beyond ASCII. */
  of(bytes: Buffer, from: number, to: number): string {
    const length = to - from;
    if (length <= 0) return '';
    if (length > LONGEST) return textOf(bytes, from, to);
    // Ids and names differ at their ends; the bytes are compared anyway.
    let hash = length + ((bytes[from] ?? 0) << 5) + ((bytes[from + (length >> 1)] ?? 0) << 10);
    for (let at = length > HASHED ? to - HASHED : from; at < to; at += 1) {
      hash = ((hash << 5) - hash + (bytes[at] ?? 0)) | 0;
    }
    const place = (hash ^ (hash >>> 13)) & (PLACES - 1);
    if (this.#lengths[place] === length) {
      const known = this.#bytes;
      let at = from;
      for (let mine = place * LONGEST; at < to && known[mine] === bytes[at]; mine += 1) at += 1;
      if (at === to) return this.#words[place] ?? '';
    }
    const text = textOf(bytes, from, to);
    this.#words[place] = text;
    this.#lengths[place] = length;
    this.#bytes.set(bytes.subarray(from, to), place * LONGEST);
    return text;
  }
}

/** UTF-8; bytes that are not keep their difference as Latin-1: two queues must not become one name. */
function textOf(bytes: Buffer, from: number, to: number): string {
  let high = 0;
  for (let at = from; at < to; at += 1) high |= bytes[at] ?? 0;
  const latin = bytes.toString('latin1', from, to);
  if (high < 0x80) return latin;
  const text = bytes.toString('utf8', from, to);
  return text.includes('\ufffd') ? latin : text;
}
