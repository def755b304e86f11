import type { BlockShape } from './block-shape.ts';
import { LineStarts } from './line-starts.ts';
import { Words } from './words.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const POINT = 46;
const ZERO = 48;
const COLON = 58;
const CASE_BIT = 0x20;
/** Asterisk writes instants with microseconds. */
const FRACTION_DIGITS = 6;

const words = new Words();

/** Where the lines of a block start, as the framer found them: `starts.at(first)` to `starts.at(last)`, the end of the last. */
export interface BlockLines {
  readonly starts: LineStarts;
  readonly first: number;
  readonly last: number;
  /** Undefined where the names of its lines have not been taken in. */
  readonly shape: BlockShape | undefined;
}

/**
 * One block of AMI, its headers left as bytes until somebody asks for one. It looks into the buffer the framer was
 * given and does not copy it: it is good until the framer is given more, and while that buffer is not written to.
 *
 * Header names are case-insensitive, some repeat, and what stands first wins: Asterisk does not escape the values
 * that callers and dialplans write (asterisk-facts section 2), so a forged line can only come after the true one.
 */
export class AmiMessage {
  readonly #bytes: Buffer;
  readonly #start: number;
  readonly #end: number;
  readonly #shape: BlockShape | undefined;
  #starts: LineStarts | undefined;
  #first: number;
  #last: number;
  #event: string | undefined;

  /**
   * The block is `bytes[start, end)`: whole lines, each with its end, without the empty line that closes it. Who knows
   * where the lines start says so; else it is looked for when somebody asks.
   */
  constructor(bytes: Buffer, start: number, end: number, lines?: BlockLines) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#shape = lines?.shape;
    this.#starts = lines?.starts;
    this.#first = lines?.first ?? 0;
    this.#last = lines?.last ?? 0;
    this.#event = undefined;
  }

  /** The same, in memory of its own: for who keeps it longer than the buffer it looks into. */
  copy(): AmiMessage {
    const bytes = Buffer.from(this.#bytes.subarray(this.#start, this.#end));
    return new AmiMessage(bytes, 0, bytes.length);
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
    const starts = this.#lineStarts();
    const line = this.#find(name, starts);
    return line < 0 ? '' : this.#value(starts.at(line) + name.length + 1, this.#lineEnd(line, starts));
  }

  /** Whether the first value of a header is anything but '', without making a string of it. */
  has(name: string): boolean {
    const starts = this.#lineStarts();
    const line = this.#find(name, starts);
    if (line < 0) return false;
    const end = this.#textEnd(this.#lineEnd(line, starts));
    let at = starts.at(line) + name.length + 1;
    while (at < end && this.#bytes[at] === SPACE) at += 1;
    return at < end;
  }

  /**
   * First value of a header as a number of at least 0 in so many parts of its unit (1,000 for ms out of s): digits, and
   * at most six more behind a point. Other numbers are read as JavaScript reads them; NaN for what is none, or absent.
   */
  numberIn(name: string, parts: 1 | 1_000): number {
    const starts = this.#lineStarts();
    const line = this.#find(name, starts);
    if (line < 0) return Number.NaN;
    const bytes = this.#bytes;
    const end = this.#lineEnd(line, starts);
    let at = starts.at(line) + name.length + 1;
    while (at < end && bytes[at] === SPACE) at += 1;
    const from = at;
    let value = 0;
    let pointAt = -1;
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) value = value * 10 + digit;
      else if (byte === POINT && pointAt < 0 && at > from) pointAt = at;
      else break;
    }
    const digits = at - from - (pointAt < 0 ? 0 : 1);
    const fraction = pointAt < 0 ? 0 : at - pointAt - 1;
    const isWhole = at === end || (at === end - 1 && bytes[at] === CR);
    if (!isWhole || digits === 0 || value > Number.MAX_SAFE_INTEGER || fraction > FRACTION_DIGITS) {
      const text = this.#value(from, end);
      return text === '' ? Number.NaN : Number(text) * parts;
    }
    // One step at the end, so that the result is the double nearest to what was written.
    const places = fraction - (parts === 1 ? 0 : 3);
    return places < 0 ? value * (POWERS[-places] ?? 1) : value / (POWERS[places] ?? 1);
  }

  /** Every value of a header that repeats, in order. */
  all(name: string): string[] {
    const values: string[] = [];
    const starts = this.#lineStarts();
    for (let line = this.#first; line < this.#last; line += 1) {
      const start = starts.at(line);
      if (this.#isNamed(start, name))
        values.push(this.#value(start + name.length + 1, this.#lineEnd(line, starts)));
    }
    return values;
  }

  /** Every line as name and value, in order; a line without a colon has an empty name. For lists of commands. */
  entries(): [string, string][] {
    const starts = this.#lineStarts();
    const entries: [string, string][] = [];
    for (let line = this.#first; line < this.#last; line += 1) {
      const start = starts.at(line);
      const end = this.#lineEnd(line, starts);
      const colon = this.#bytes.indexOf(COLON, start);
      entries.push(
        colon < 0 || colon >= end
          ? ['', this.#value(start, end)]
          : [this.#value(start, colon), this.#value(colon + 1, end)],
      );
    }
    return entries;
  }

  /** A block is what its first line says: an `Event:` further down is a value somebody wrote. */
  #firstLine(name: string): string {
    if (!this.#isNamed(this.#start, name)) return '';
    const from = this.#start + name.length + 1;
    let end = from;
    while (end < this.#end && this.#bytes[end] !== LF) end += 1;
    return this.#value(from, end);
  }

  #lineStarts(): LineStarts {
    if (this.#starts !== undefined) return this.#starts;
    const bytes = this.#bytes;
    const end = this.#end;
    const starts = new LineStarts();
    let start = this.#start;
    for (let at = start; at < end; at += 1) {
      if (bytes[at] === LF) {
        starts.add(start);
        start = at + 1;
      }
    }
    if (start < end) starts.add(start);
    this.#last = starts.count;
    starts.add(end);
    this.#starts = starts;
    return starts;
  }

  /** The first line of that name, -1 where there is none. */
  #find(name: string, starts: LineStarts): number {
    const shape = this.#shape;
    if (shape === undefined) return this.#search(name, starts);
    const known = shape.lineOf(name);
    if (known !== undefined) return known < 0 ? -1 : this.#first + known;
    const line = this.#search(name, starts);
    shape.note(name, line < 0 ? -1 : line - this.#first);
    return line;
  }

  #search(name: string, starts: LineStarts): number {
    const bytes = this.#bytes;
    const last = this.#last;
    const length = name.length;
    for (let line = this.#first; line < last; line += 1) {
      const start = starts.at(line);
      if (bytes[start + length] === COLON && this.#isNamed(start, name)) return line;
    }
    return -1;
  }

  /** One past the last byte of the line's text, its line end not counted. */
  #lineEnd(line: number, starts: LineStarts): number {
    const next = starts.at(line + 1);
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

  /** Where a value ends that goes to `to`, if it ends with the CR of its line. */
  #textEnd(to: number): number {
    return this.#bytes[to - 1] === CR ? to - 1 : to;
  }

  #value(from: number, to: number): string {
    const bytes = this.#bytes;
    const end = to > from ? this.#textEnd(to) : to;
    let start = from;
    while (start < end && bytes[start] === SPACE) start += 1;
    return words.of(bytes, start, end);
  }
}

const POWERS: readonly number[] = Array.from({ length: FRACTION_DIGITS + 1 }, (_, index) => 10 ** index);

function isSameLetter(byte: number, wanted: number): boolean {
  const lower = byte | CASE_BIT;
  return lower === (wanted | CASE_BIT) && lower >= 97 && lower <= 122;
}
