import type { Clock } from '../../src/lib/clock.ts';

/** The check of the whole picture would be asked for after a minute of ours, and the far end keeps no lists. */
const LONGEST_WAIT_MS = 30_000;
/**
 * What is read was said so long ago: more than one chunk tells of, so that no event is of the future. The far end's
 * clock is as far ahead of what it writes.
 */
export const ON_ITS_WAY_MS = 3_000;

/** Time as the stream tells it, however fast it is read; what is to be done later is done by the machine's clock. */
export class BenchClock implements Clock {
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** An event of that instant was read. */
  read(atMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, atMs + ON_ITS_WAY_MS);
  }

  after(delayMs: number, task: () => void): () => void {
    if (delayMs > LONGEST_WAIT_MS) return () => undefined;
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  }
}
