import type { ExchangeClock } from './exchange-clock.ts';

const PING_EVERY_MS = 5_000;
/** A Ping this old with nothing arriving raises the suspicion, which one more second without a byte confirms. */
const SUSPECT_AFTER_MS = 9_000;
const GRACE_MS = 1_000;
/** While nothing else is answered either, more Pings say no more. */
const MAX_OPEN_PINGS = 4;

/**
 * Whether the far end is still there, and what time it has. Silence is only judged when nothing is arriving: a
 * Ping that falls due while megabytes wait to be read proves nothing (asterisk-facts section 2). After a stall of
 * our own, timers run before the socket is read; the second look, a second later, comes after it.
 */
export class Heartbeat {
  readonly #clock: ExchangeClock;
  readonly #open = new Map<string, number>();
  #nextPingMs: number;
  #lastHeardMs: number;
  #suspectSinceMs: number | undefined;

  constructor(clock: ExchangeClock, atMs: number) {
    this.#clock = clock;
    this.#nextPingMs = atMs;
    this.#lastHeardMs = atMs;
  }

  get lastHeardMs(): number {
    return this.#lastHeardMs;
  }

  /** When to look again. */
  get dueMs(): number {
    return Math.min(this.#nextPingMs, this.#judgeAtMs());
  }

  heard(atMs: number): void {
    this.#lastHeardMs = atMs;
    this.#suspectSinceMs = undefined;
  }

  /** A Ping went out, of the heartbeat or of a snapshot. */
  sent(actionId: string, atMs: number): void {
    this.#open.set(actionId, atMs);
  }

  /** An answer came; whether it was to one of these Pings. `pongMs` NaN where it has no Timestamp. */
  answered(actionId: string, atMs: number, pongMs: number): boolean {
    const sentMs = this.#open.get(actionId);
    if (sentMs === undefined) return false;
    this.#open.delete(actionId);
    if (!Number.isNaN(pongMs)) this.#clock.take(sentMs, atMs, pongMs);
    return true;
  }

  /**
   * Our clock was set back: instants kept move with it, or nothing would be due for as long as it was set back by.
   * How far it is from the exchange's is asked anew at once.
   */
  shift(byMs: number): void {
    this.#nextPingMs = 0;
    this.#lastHeardMs += byMs;
    if (this.#suspectSinceMs !== undefined) this.#suspectSinceMs += byMs;
    for (const [actionId, sentMs] of this.#open) this.#open.set(actionId, sentMs + byMs);
  }

  /** What is due: a Ping to send, the verdict that nobody is there, or nothing. */
  check(atMs: number): 'ping' | 'silent' | undefined {
    if (atMs >= this.#judgeAtMs()) {
      if (this.#suspectSinceMs !== undefined) return 'silent';
      this.#suspectSinceMs = atMs;
    }
    if (atMs < this.#nextPingMs) return undefined;
    this.#nextPingMs = atMs + PING_EVERY_MS;
    return this.#open.size < MAX_OPEN_PINGS ? 'ping' : undefined;
  }

  #judgeAtMs(): number {
    if (this.#suspectSinceMs !== undefined) return this.#suspectSinceMs + GRACE_MS;
    const [oldestMs] = this.#open.values();
    if (oldestMs === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(oldestMs, this.#lastHeardMs) + SUSPECT_AFTER_MS;
  }
}
