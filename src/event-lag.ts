import type { Clock } from './lib/clock.ts';

/**
 * How late the last event came: our clock at its arrival less its own instant. Events come many in a chunk, and all of
 * it came at once: the clock is read once for each chunk, when that was taken in.
 */
export class EventLag {
  /** Undefined before the first event. */
  lastMs: number | undefined;
  readonly #clock: Clock;
  #lastAtMs = 0;
  #isToBeRead = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  hear(atMs: number): void {
    this.#lastAtMs = atMs;
    if (this.#isToBeRead) return;
    this.#isToBeRead = true;
    queueMicrotask(() => {
      this.#isToBeRead = false;
      this.lastMs = this.#clock.nowMs() - this.#lastAtMs;
    });
  }
}
