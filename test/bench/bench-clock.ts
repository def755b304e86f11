import type { Clock } from '../../src/lib/clock.ts';

/** The check of the whole picture would be asked for after a minute of ours, and the far end keeps no lists. */
const LONGEST_WAIT_MS = 30_000;

/** Time as the stream tells it, however fast it is read; what is to be done later is done by the machine's clock. */
export class BenchClock implements Clock {
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  moveTo(atMs: number): void {
    if (atMs > this.#nowMs) this.#nowMs = atMs;
  }

  after(delayMs: number, task: () => void): () => void {
    if (delayMs > LONGEST_WAIT_MS) return () => undefined;
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  }
}
