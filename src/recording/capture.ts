import { AmiFramer } from '../ami/framer.ts';
import type { AmiMessage } from '../ami/message.ts';

const LF = 10;
const BANNER = Buffer.from('Asterisk Call Manager/');
/** The banner as it begins a line, and glued to half a line of the connection before: then a block must follow it. */
const BANNER_LINE = /^Asterisk Call Manager\/\d+(\.\d+)*\r?\n/;
const BANNER_AND_BLOCK = /^Asterisk Call Manager\/\d+(\.\d+)*\r?\n(Response|Event): /;
/** Longer than either can be. */
const LONGEST_BEGINNING = 80;
/** What stands in for the banner of a capture that began in mid-life. */
const NO_BANNER = Buffer.from(`${BANNER.toString()}\n`);
const EMPTY = Buffer.alloc(0);

export type CaptureItem =
  /** A connection began: whatever was heard before it is over. */
  { readonly type: 'connection' } | { readonly type: 'message'; readonly message: AmiMessage };

/**
 * Cuts the bytes an exchange sent over one or more connections, one after the other, into those and their blocks.
 * Pure, never throws, holds at most one unfinished block. What the client sent may stand between (a capture of both
 * directions): an action is a block of its own, or splits one of the exchange's.
 */
export class CaptureReader {
  #framer = new AmiFramer();
  /** The end of the last chunk, where it may be the beginning of a banner. */
  #kept: Buffer = EMPTY;
  #lastByte = LF;
  #hasBegun = false;
  #dropped = 0;

  /** Blocks that could not be read: too long, or broken off by the end of a connection. */
  get broken(): number {
    return this.#dropped + droppedBy(this.#framer);
  }

  /** What this chunk completes, in order. The chunk must not be written to while its messages are in use. */
  push(chunk: Buffer): CaptureItem[] {
    return this.#read(this.#kept.length === 0 ? chunk : Buffer.concat([this.#kept, chunk]), false);
  }

  /** The capture ends here. */
  end(): CaptureItem[] {
    const items = this.#read(this.#kept, true);
    if (this.#framer.heldBytes > 0) this.#dropped += 1;
    return items;
  }

  #read(bytes: Buffer, isLast: boolean): CaptureItem[] {
    const items: CaptureItem[] = [];
    let from = 0;
    let searchFrom = 0;
    this.#kept = EMPTY;
    for (;;) {
      const at = bytes.indexOf(BANNER, searchFrom);
      if (at < 0) break;
      const verdict = this.#judge(bytes, at, isLast);
      if (verdict === 'later') {
        this.#feed(bytes.subarray(from, at), items);
        this.#kept = bytes.subarray(at);
        return items;
      }
      searchFrom = at + BANNER.length;
      if (verdict === 'no') continue;
      this.#feed(bytes.subarray(from, at), items);
      this.#connect(items);
      from = at;
    }
    const until = isLast ? bytes.length : bytes.length - endThatMayBegin(bytes, from);
    this.#feed(bytes.subarray(from, until), items);
    this.#kept = bytes.subarray(until);
    return items;
  }

  #judge(bytes: Buffer, at: number, isLast: boolean): 'yes' | 'no' | 'later' {
    const text = bytes.toString('latin1', at, at + LONGEST_BEGINNING);
    const before = at === 0 ? this.#lastByte : bytes[at - 1];
    const pattern = before === LF ? BANNER_LINE : BANNER_AND_BLOCK;
    if (pattern.test(text)) return 'yes';
    return text.length < LONGEST_BEGINNING && !isLast ? 'later' : 'no';
  }

  #connect(items: CaptureItem[]): void {
    this.#dropped += droppedBy(this.#framer) + (this.#framer.heldBytes > 0 ? 1 : 0);
    this.#framer = new AmiFramer();
    this.#hasBegun = true;
    items.push({ type: 'connection' });
  }

  #feed(bytes: Buffer, items: CaptureItem[]): void {
    if (bytes.length === 0) return;
    this.#lastByte = bytes.at(-1) ?? LF;
    if (!this.#hasBegun) {
      this.#connect(items);
      this.#framer.push(NO_BANNER);
    }
    for (const message of this.#framer.push(bytes)) items.push({ type: 'message', message });
  }
}

function droppedBy({ dropped }: AmiFramer): number {
  return Object.values(dropped).reduce((sum, count) => sum + count, 0);
}

/** How many bytes at the end of these may be the first of a banner. */
function endThatMayBegin(bytes: Buffer, from: number): number {
  const most = Math.min(BANNER.length - 1, bytes.length - from);
  for (let length = most; length > 0; length -= 1) {
    if (bytes.subarray(bytes.length - length).equals(BANNER.subarray(0, length))) return length;
  }
  return 0;
}
