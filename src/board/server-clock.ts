import { signal, type ReadonlySignal } from '@preact/signals';
import type { Clock } from '../lib/clock.ts';

/** So many frames tell the offset: enough that one of them came quickly, few enough to follow a clock that is set. */
const SAMPLES = 16;

/**
 * The daemon's clock as seen from here, for all that runs on the page. It ticks on the daemon's whole seconds, and only
 * between `start` and `stop`: what is no longer known does not run on.
 */
export class ServerClock {
  readonly #clock: Clock;
  readonly #now = signal(0);
  #samples: number[] = [];
  #cancel: (() => void) | undefined;

  /** `clock` must not jump when the machine's time is set (a browser's `performance.now`). */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Unix ms on the daemon's clock, as of its last whole second; 0 before the first frame. */
  get now(): ReadonlySignal<number> {
    return this.#now;
  }

  /** As of this very instant. */
  exactMs(): number {
    return this.#clock.nowMs() + this.#offsetMs();
  }

  /** A frame was stamped `serverMs` and has just come: the one that took least time tells the offset best. */
  heard(serverMs: number): void {
    this.#samples = [...this.#samples.slice(1 - SAMPLES), serverMs - this.#clock.nowMs()];
    if (this.#now.value === 0) this.#now.value = serverMs;
  }

  start(): void {
    if (this.#cancel !== undefined) return;
    this.#tick();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #tick(): void {
    const now = this.exactMs();
    this.#now.value = Math.floor(now / 1000) * 1000;
    this.#cancel = this.#clock.after(1000 - (now % 1000), () => this.#tick());
  }

  #offsetMs(): number {
    return this.#samples.length === 0 ? 0 : Math.max(...this.#samples);
  }
}
