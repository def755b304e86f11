import { MOST_FRAMES_A_MINUTE } from './protocol.ts';

const MINUTE_MS = 60_000;

/** How many frames one client sent within the last minute. */
export class FrameLimit {
  /** When the last ones came, in a ring. */
  readonly #atMs: number[] = [];
  #next = 0;

  /** Counts a frame; false where it is one too many. */
  take(nowMs: number): boolean {
    const oldestMs = this.#atMs[this.#next];
    if (oldestMs !== undefined && Math.abs(nowMs - oldestMs) < MINUTE_MS) return false;
    this.#atMs[this.#next] = nowMs;
    this.#next = (this.#next + 1) % MOST_FRAMES_A_MINUTE;
    return true;
  }
}
