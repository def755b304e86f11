import type { JournalStatus } from './ports.ts';

/** What there is to say of what was committed. */
export class Commits {
  #facts = 0;
  #lastAtMs: number | undefined;
  #tookMs = 0;
  #slowestMs = 0;
  #bytes = 0;

  /** @param bytes of the file and its log, after it */
  add(facts: number, sentAtMs: number, atMs: number, bytes: number): void {
    this.#facts += facts;
    this.#lastAtMs = atMs;
    this.#tookMs = atMs - sentAtMs;
    this.#slowestMs = Math.max(this.#slowestMs, this.#tookMs);
    this.#bytes = bytes;
  }

  /** The slowest is the slowest since it was looked at last. */
  look(): Pick<
    JournalStatus,
    'committedFacts' | 'lastCommitAtMs' | 'commitMs' | 'slowestCommitMs' | 'bytes'
  > {
    const slowestCommitMs = this.#slowestMs;
    this.#slowestMs = 0;
    return {
      committedFacts: this.#facts,
      lastCommitAtMs: this.#lastAtMs,
      commitMs: this.#tookMs,
      slowestCommitMs,
      bytes: this.#bytes,
    };
  }
}
