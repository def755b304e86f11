const PLACE_BITS = 14;
/** Some thousand calls' ids, names and numbers. */
const PLACES = 1 << PLACE_BITS;
/** One line of the processor's cache: the length of the word, then its bytes. What is longer is hardly said twice. */
const PLACE_BYTES = 64;
const FOUR = 4;
const LONGEST = PLACE_BYTES - FOUR;

/**
 * Strings out of bytes, each made once for as long as it is in use: an exchange says the same names and ids over and
 * over. Made anew, a string costs a call into the engine and its hash at the first look-up; here it costs a look at its
 * bytes, four at a time. One place for each hash and the newest in it, so memory is bounded whatever is said.
 */
export class Words {
  readonly #words: string[] = Array.from({ length: PLACES }, () => '');
  readonly #known = new DataView(new ArrayBuffer(PLACES * PLACE_BYTES));
  /** Of the buffer that was read last: most are read from many times. */
  #bytes: Buffer | undefined;
  #view: DataView = this.#known;

  /** The text of `bytes[from, to)`; see `textOf` for bytes beyond ASCII. */
  of(bytes: Buffer, from: number, to: number): string {
    const length = to - from;
    if (length <= 0) return '';
    if (length > LONGEST) return textOf(bytes, from, to);
    if (this.#bytes !== bytes) this.#look(bytes);
    const view = this.#view;
    const known = this.#known;
    const place = length < FOUR ? placeOfShort(bytes, from, length) : placeOf(view, from, length);
    const start = place * PLACE_BYTES;
    if (known.getInt32(start, true) === length && isSame(view, from, known, start + FOUR, length))
      return this.#words[place] ?? '';
    return this.#learn(bytes, from, to, place);
  }

  #look(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  #learn(bytes: Buffer, from: number, to: number, place: number): string {
    const text = textOf(bytes, from, to);
    const known = this.#known;
    this.#words[place] = text;
    const start = place * PLACE_BYTES;
    known.setInt32(start, to - from, true);
    for (let at = from; at < to; at += 1) known.setUint8(start + FOUR + at - from, bytes[at] ?? 0);
    return text;
  }
}

/** Ids and names differ at their ends and in their middle; all their bytes are compared anyway. The factors only mix. */
function placeOf(view: DataView, from: number, length: number): number {
  const end = from + length;
  const last = view.getInt32(end - 4, true);
  const before = view.getInt32(length < 8 ? from : end - 8, true);
  const middle = view.getInt32(from + ((length - 4) >> 1), true);
  let hash =
    Math.imul(last, 0x9e3779b1) + Math.imul(before, 0x85ebca6b) + Math.imul(middle + length, 0xc2b2ae35);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x27d4eb2f) >>> (32 - PLACE_BITS);
}

function placeOfShort(bytes: Buffer, from: number, length: number): number {
  let hash = length;
  for (let at = from; at < from + length; at += 1) hash = (hash << 5) - hash + (bytes[at] ?? 0);
  return hash & (PLACES - 1);
}

function isSame(view: DataView, from: number, known: DataView, start: number, length: number): boolean {
  let at = 0;
  for (; at + 4 <= length; at += 4)
    if (view.getInt32(from + at, true) !== known.getInt32(start + at, true)) return false;
  for (; at < length; at += 1) if (view.getUint8(from + at) !== known.getUint8(start + at)) return false;
  return true;
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
