import { AmiFramer } from '../ami/framer.ts';
import { BlockRewriter } from './block-rewriter.ts';
import type { KeptWords } from './kept-words.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { headLine } from './recording-head.ts';

const BANNER = /^Asterisk Call Manager\/[\d.]+$/;

/**
 * What an exchange says, block by block, made into the text of a recording: a first line of ours, then for each
 * connection its banner and its blocks with numbers and names replaced. Pure; the file and the socket are the shell's.
 */
export class Recorder {
  readonly #pbx: string;
  readonly #pseudonyms: Pseudonyms;
  readonly #rewriter: BlockRewriter;
  #framer = new AmiFramer();
  #isBannerDue = true;
  #hasHead = false;
  #blocks = 0;

  /** @param key random bytes; `forget` overwrites them. */
  constructor(pbx: string, kept: KeptWords, key: Buffer) {
    this.#pbx = pbx;
    this.#pseudonyms = new Pseudonyms(kept, key);
    this.#rewriter = new BlockRewriter(this.#pseudonyms);
  }

  get counts(): { readonly blocks: number; readonly numbers: number; readonly names: number } {
    return {
      blocks: this.#blocks,
      numbers: this.#pseudonyms.numbers,
      names: this.#pseudonyms.names,
    };
  }

  /** A new connection: half a block of the last one is not glued to it. */
  connected(): void {
    this.#framer = new AmiFramer();
    this.#isBannerDue = true;
  }

  /** What to write for these bytes, '' for nothing. @param atMs our clock, for the first line. */
  push(chunk: Buffer, atMs: number): string {
    const messages = this.#framer.push(chunk);
    const { banner } = this.#framer;
    if (banner === undefined || !BANNER.test(banner)) return '';
    let text = '';
    if (this.#isBannerDue) {
      this.#isBannerDue = false;
      if (!this.#hasHead) {
        this.#hasHead = true;
        text += headLine({ version: 1, startedAt: new Date(atMs).toISOString(), pbx: this.#pbx, banner });
      }
      text += `${banner}\r\n`;
    }
    for (const message of messages) {
      this.#blocks += 1;
      text += this.#rewriter.rewrite(message);
    }
    return text;
  }

  /** The key and what was replaced are gone for good. */
  forget(): void {
    this.#pseudonyms.forget();
  }
}
