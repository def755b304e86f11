const LF = 10;
const CR = 13;
const SPACE = 32;
const COLON = 58;
const CASE_BIT = 0x20;

/**
 * One block of AMI, its headers left as bytes until somebody asks for one. It looks into the buffer the framer was
 * given and does not copy it, so that buffer must not be written to while the message is in use.
 *
 * Header names are case-insensitive, some repeat, and what stands first wins: Asterisk does not escape the values
 * that callers and dialplans write (asterisk-facts section 2), so a forged line can only come after the true one.
 */
export class AmiMessage {
  readonly #bytes: Buffer;
  readonly #start: number;
  readonly #end: number;
  /** Where each line starts; made by the first question, asked in vain of most events. */
  #lines: number[] | undefined;
  #event: string | undefined;

  /** The block is `bytes[start, end)`: whole lines, each with its end, without the empty line that closes it. */
  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  /** Name of the event, '' where the block does not begin as one. */
  get event(): string {
    this.#event ??= this.#firstLine('event');
    return this.#event;
  }

  /** `Success`, `Error`, `Pong`, …: '' where the block does not begin as an answer. */
  get response(): string {
    return this.#firstLine('response');
  }

  get actionId(): string {
    return this.get('ActionID');
  }

  /** Bytes of the block on the wire. */
  get size(): number {
    return this.#end - this.#start;
  }

  /** First value of a header; '' where there is none. */
  get(name: string): string {
    const lines = this.#lineStarts();
    for (let index = 0; index < lines.length; index += 1) {
      const start = lines[index] ?? 0;
      if (this.#isNamed(start, name)) return this.#value(start + name.length + 1, this.#lineEnd(index));
    }
    return '';
  }

  /** Every value of a header that repeats, in order. */
  all(name: string): string[] {
    const values: string[] = [];
    const lines = this.#lineStarts();
    for (let index = 0; index < lines.length; index += 1) {
      const start = lines[index] ?? 0;
      if (this.#isNamed(start, name)) values.push(this.#value(start + name.length + 1, this.#lineEnd(index)));
    }
    return values;
  }

  /** Every line as name and value, in order; a line without a colon has an empty name. For lists of commands. */
  entries(): [string, string][] {
    const lines = this.#lineStarts();
    return lines.map((start, index) => {
      const end = this.#lineEnd(index);
      const colon = this.#bytes.indexOf(COLON, start);
      if (colon < 0 || colon >= end) return ['', this.#value(start, end)];
      return [this.#value(start, colon), this.#value(colon + 1, end)];
    });
  }

  /** A block is what its first line says: an `Event:` further down is a value somebody wrote. */
  #firstLine(name: string): string {
    if (!this.#isNamed(this.#start, name)) return '';
    const from = this.#start + name.length + 1;
    let end = from;
    while (end < this.#end && this.#bytes[end] !== LF) end += 1;
    return this.#value(from, end);
  }

  #lineStarts(): number[] {
    if (this.#lines !== undefined) return this.#lines;
    const bytes = this.#bytes;
    const end = this.#end;
    const starts: number[] = [];
    let start = this.#start;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] === LF) {
        starts.push(start);
        start = at + 1;
      }
    }
    if (start < end) starts.push(start);
    this.#lines = starts;
    return starts;
  }

  /** One past the last byte of the line's text, its line end not counted. */
  #lineEnd(index: number): number {
    const next = this.#lines?.[index + 1] ?? this.#end;
    return this.#bytes[next - 1] === LF ? next - 1 : next;
  }

  #isNamed(start: number, name: string): boolean {
    const bytes = this.#bytes;
    const length = name.length;
    if (start + length >= this.#end || bytes[start + length] !== COLON) return false;
    for (let index = 0; index < length; index += 1) {
      const byte = bytes[start + index] ?? 0;
      const wanted = name.charCodeAt(index);
      if (byte !== wanted && !isSameLetter(byte, wanted)) return false;
    }
    return true;
  }

  #value(from: number, to: number): string {
    const bytes = this.#bytes;
    let start = from;
    let end = to;
    if (end > start && bytes[end - 1] === CR) end -= 1;
    while (start < end && bytes[start] === SPACE) start += 1;
    let high = 0;
    for (let at = start; at < end; at += 1) high |= bytes[at] ?? 0;
    if (high < 0x80) return bytes.toString('latin1', start, end);
    const text = bytes.toString('utf8', start, end);
    // Bytes that are not UTF-8 keep their difference as Latin-1: two queues must not become one name.
    return text.includes('\ufffd') ? bytes.toString('latin1', start, end) : text;
  }
}

function isSameLetter(byte: number, wanted: number): boolean {
  const lower = byte | CASE_BIT;
  return lower === (wanted | CASE_BIT) && lower >= 97 && lower <= 122;
}
