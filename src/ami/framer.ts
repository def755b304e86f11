import type { BlockShape } from './block-shape.ts';
import { BlockShapes } from './block-shapes.ts';
import { lineEnd } from './line-end.ts';
import { LineStarts } from './line-starts.ts';
import { AmiMessage } from './message.ts';

const LF = 10;
const CR = 13;
const EMPTY = Buffer.alloc(0);

/** What a peer can send that is no block: each limit has a code of its own. */
export const FRAMING_FAULTS = ['line-too-long', 'block-too-large', 'too-many-headers'] as const;
export type FramingFault = (typeof FRAMING_FAULTS)[number];

export interface FramerLimits {
  /** Longest line, in bytes. Asterisk itself writes none above 8 KB. */
  readonly lineBytes: number;
  readonly blockBytes: number;
  /** Lines in one block; the answer to ListCommands has some 170. */
  readonly headers: number;
}
export const DEFAULT_LIMITS: FramerLimits = { lineBytes: 65_536, blockBytes: 262_144, headers: 2_000 };

/**
 * Cuts the bytes of one connection into blocks. Pure, never throws, holds at most one unfinished block: what breaks
 * a limit is dropped up to the next empty line, and counted.
 *
 * The first line of a connection is the banner. A block ends with an empty line, CR LF or bare LF (older releases,
 * asterisk-facts section 2). Blocks that lie within one chunk are not copied: messages look into the chunk.
 */
export class AmiFramer {
  readonly #limits: FramerLimits;
  readonly #dropped: Record<FramingFault, number> = {
    'line-too-long': 0,
    'block-too-large': 0,
    'too-many-headers': 0,
  };
  #banner: string | undefined;
  readonly #shapes = new BlockShapes();
  /** Of the blocks of the last chunk. */
  readonly #starts = new LineStarts();
  /** The unfinished block (or banner) of the chunks before; its first `#heldBytes` bytes are in use. */
  #held: Buffer = EMPTY;
  #heldBytes = 0;
  /** Text bytes of the line being read, its lines so far, and its bytes so far: over chunk borders. */
  #lineBytes = 0;
  #lastByte = 0;
  #headers = 0;
  #blockBytes = 0;
  #dropping = false;
  #hasDropped = false;

  constructor(limits: FramerLimits = DEFAULT_LIMITS) {
    this.#limits = limits;
  }

  /** First line of the connection, without its end; undefined until it is complete. Too long a line is ''. */
  get banner(): string | undefined {
    return this.#banner;
  }

  /** Blocks dropped so far, by what was wrong with them. */
  get dropped(): Readonly<Record<FramingFault, number>> {
    return this.#dropped;
  }

  get hasDropped(): boolean {
    return this.#hasDropped;
  }

  /** Bytes held back for a block that is not complete. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** The blocks that this chunk completes: good until the next push, and for as long as the chunk is not written to. */
  push(chunk: Buffer): AmiMessage[] {
    const messages: AmiMessage[] = [];
    let from = this.#banner === undefined ? this.#readBanner(chunk) : 0;
    if (from >= chunk.length) return messages;
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    const starts = this.#starts;
    starts.setCount(0);
    while (from < chunk.length) {
      const first = starts.count;
      let end = this.#follow(view, from, first);
      if (end > 0) messages.push(this.#cut(chunk, from, first, this.#shapes.found));
      else {
        starts.setCount(first);
        end = this.#scan(view, from);
        if (end < 0) {
          if (!this.#dropping) this.#hold(chunk, from, chunk.length);
          break;
        }
        // An empty line with nothing before it separates nothing.
        if (!this.#dropping && this.#headers > 0)
          messages.push(this.#cutNew(chunk, view, { from, end, first }));
        this.#startBlock();
      }
      from = end;
    }
    return messages;
  }

  /** Where a whole block of a shape that is known begins here, the index behind it; else -1. */
  #follow(view: DataView, from: number, first: number): number {
    if (this.#blockBytes > 0 || this.#dropping) return -1;
    const { lineBytes, blockBytes, headers } = this.#limits;
    const end = this.#shapes.follow(view, from, view.byteLength, this.#starts);
    const size = end - from;
    return size <= lineBytes && size <= blockBytes && this.#starts.count - first <= headers ? end : -1;
  }

  /**
   * Runs to the end of the block: the index behind its empty line, or -1 where the chunk ends first. Where its lines
   * start is added to `#starts`, the empty line that ends it included.
   */
  #scan(view: DataView, from: number): number {
    const { lineBytes: maxLine, blockBytes: maxBlock, headers: maxHeaders } = this.#limits;
    const to = view.byteLength;
    let lineStart = from - this.#lineBytes;
    for (let at = lineEnd(view, from, to); at >= 0; at = lineEnd(view, at + 1, to)) {
      const length = at - lineStart;
      this.#starts.add(lineStart);
      if (length === 0) return at + 1;
      if (length === 1 && (at > from ? view.getUint8(at - 1) : this.#lastByte) === CR) return at + 1;
      lineStart = at + 1;
      this.#headers += 1;
      if (length > maxLine) this.#drop('line-too-long');
      if (this.#headers > maxHeaders) this.#drop('too-many-headers');
      if (this.#blockBytes + (at - from) > maxBlock) this.#drop('block-too-large');
    }
    this.#lastByte = view.getUint8(to - 1);
    this.#lineBytes = to - lineStart;
    this.#blockBytes += to - from;
    // Told before the line or block is complete, or an endless one would be held for ever.
    if (this.#lineBytes > maxLine) this.#drop('line-too-long');
    // One byte may be the beginning of the empty line that ends the block: it is judged when more of it is there.
    if (this.#lineBytes > 1 && this.#blockBytes > maxBlock) this.#drop('block-too-large');
    return -1;
  }

  #drop(fault: FramingFault): void {
    if (this.#dropping) return;
    this.#dropping = true;
    this.#hasDropped = true;
    this.#dropped[fault] += 1;
    this.#releaseHeld();
  }

  /** The block between the starts of its first line and of the empty line, which was found last. */
  #cut(chunk: Buffer, from: number, first: number, shape: BlockShape | undefined): AmiMessage {
    const starts = this.#starts;
    const last = starts.count - 1;
    return new AmiMessage(chunk, from, starts.at(last), { starts, first, last, shape });
  }

  /** A block of no known shape, or one that began in a chunk before. */
  #cutNew(
    chunk: Buffer,
    view: DataView,
    { from, end, first }: { readonly from: number; readonly end: number; readonly first: number },
  ): AmiMessage {
    if (this.#heldBytes === 0) {
      const shape = this.#shapes.learn(view, this.#starts, first, this.#starts.count - 1);
      return this.#cut(chunk, from, first, shape);
    }
    const whole = Buffer.allocUnsafe(this.#heldBytes + end - from);
    this.#held.copy(whole, 0, 0, this.#heldBytes);
    chunk.copy(whole, this.#heldBytes, from, end);
    return new AmiMessage(whole, 0, withoutEmptyLine(whole, whole.length));
  }

  #startBlock(): void {
    this.#lineBytes = 0;
    this.#lastByte = 0;
    this.#headers = 0;
    this.#blockBytes = 0;
    this.#dropping = false;
    this.#heldBytes = 0;
  }

  #hold(chunk: Buffer, from: number, to: number): void {
    const needed = this.#heldBytes + to - from;
    if (needed > this.#held.length) {
      // Doubled, so that a block that comes byte by byte is not copied for each byte.
      const grown = Buffer.allocUnsafe(Math.max(4_096, 2 * needed));
      this.#held.copy(grown, 0, 0, this.#heldBytes);
      this.#held = grown;
    }
    chunk.copy(this.#held, this.#heldBytes, from, to);
    this.#heldBytes = needed;
  }

  #releaseHeld(): void {
    this.#held = EMPTY;
    this.#heldBytes = 0;
  }

  /** Where the blocks begin; the length of the chunk while the banner is not complete. */
  #readBanner(chunk: Buffer): number {
    const lf = chunk.indexOf(LF);
    const end = lf < 0 ? chunk.length : lf;
    const tooLong = this.#heldBytes + end > this.#limits.lineBytes;
    if (tooLong) {
      // A peer that begins so is not Asterisk: what it says goes as a block does, to the next empty line.
      this.#banner = '';
      this.#lineBytes = this.#heldBytes;
      this.#drop('line-too-long');
      return 0;
    }
    this.#hold(chunk, 0, end);
    if (lf < 0) return chunk.length;
    this.#banner = this.#held.toString('latin1', 0, this.#heldBytes).trimEnd();
    this.#heldBytes = 0;
    return lf + 1;
  }
}

/** Where the empty line that ends at `end` begins: it is LF, or CR LF. */
function withoutEmptyLine(bytes: Buffer, end: number): number {
  return bytes[end - 2] === CR ? end - 2 : end - 1;
}
