import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { Clock } from '../../src/lib/clock.ts';
import { lastInstantMs } from './last-instant.ts';

/** The check of the whole picture would be asked for after a minute of ours, and the far end keeps no lists. */
const LONGEST_WAIT_MS = 30_000;

/**
 * Time as the stream tells it, however fast it is read: what comes out of a socket came just now. What is to be done
 * later is done by the machine's clock.
 */
export class BenchClock implements Clock {
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
    subscribe('net.client.socket', this.#watch);
  }

  /** No socket that is opened from now on tells the time. */
  stop(): void {
    unsubscribe('net.client.socket', this.#watch);
  }

  nowMs(): number {
    return this.#nowMs;
  }

  /** Before whoever opened the socket listens to it. */
  readonly #watch = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    socket.on('data', (chunk: Buffer) => {
      this.#nowMs = Math.max(this.#nowMs, lastInstantMs(chunk) ?? 0);
    });
  };

  after(delayMs: number, task: () => void): () => void {
    if (delayMs > LONGEST_WAIT_MS) return () => undefined;
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  }
}
