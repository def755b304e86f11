import { PingClock } from './ping-clock.ts';

/**
 * Less than this is drift, or an answer that took its time. Events of one exchange reach a session in the order of
 * their stamps but for milliseconds (manager.c stamps them as it queues them).
 */
const STEP_MS = 500;
/** An answer overtakes the events that were queued while a long list before it was written. */
const OVERTAKEN_MS = 15_000;
/** A connection that holds has an answer to a Ping at least this often. */
const LONGEST_QUIET_MS = 20_000;

/**
 * The exchange's clock as the core sees it: a time line that never jumps, however the exchange's clock, or ours, is
 * set. Waits are differences of it and windows go by it, so that a time server that corrects an exchange by a minute
 * makes no caller wait a minute more or less. Kept over all connections to one exchange.
 *
 * A clock set forward shows in a stamp that lies in the future; one set back in a stamp that is older than the one
 * before it; else the next Ping shows either.
 */
export class ExchangeClock {
  readonly #pings = new PingClock();
  /** By how much the exchange's clock has been set since it was first read. */
  #setMs = 0;
  #lastEventMs = -Infinity;
  #lastPongMs = -Infinity;
  #lastAtMs = -Infinity;
  #nowMs = 0;

  /** The time line minus our clock, ms. */
  get offsetMs(): number {
    return this.#pings.offsetMs;
  }
  /** The exchange's clock as it shows itself minus ours, ms. */
  get aheadMs(): number {
    return this.#pings.offsetMs + this.#setMs;
  }
  get setMs(): number {
    return this.#setMs;
  }
  /** Round trip of the answer that is believed; undefined before the first of a connection. */
  get roundTripMs(): number | undefined {
    return this.#pings.roundTripMs;
  }

  /** Our clock, as of whatever is read next. */
  read(atMs: number): void {
    this.#nowMs = atMs;
  }

  /** The instant on the time line of an event stamped so, just read. */
  pbxMs(stampMs: number): number {
    if (this.#pings.isKnown) {
      const earlyMs = stampMs - this.#setMs - this.offsetMs - this.#nowMs;
      const isBack = stampMs < this.#lastEventMs - STEP_MS || stampMs < this.#lastPongMs - OVERTAKEN_MS;
      if (earlyMs > STEP_MS || isBack) this.#step(earlyMs);
    }
    this.#lastEventMs = stampMs;
    this.#lastAtMs = this.#nowMs;
    return stampMs - this.#setMs;
  }

  /** An answer to a Ping. @param pongMs its `Timestamp`; the other two are ours. */
  take(sentMs: number, receivedMs: number, pongMs: number): void {
    const apartMs = pongMs - this.#setMs - (sentMs + receivedMs) / 2 - this.offsetMs;
    const tripMs = receivedMs - sentMs;
    if (this.#pings.isKnown && Math.abs(apartMs) > STEP_MS + tripMs && this.#isTheirs(apartMs, pongMs))
      this.#step(apartMs);
    this.#lastPongMs = pongMs;
    this.#lastAtMs = this.#nowMs;
    this.#pings.take(sentMs, receivedMs, pongMs - this.#setMs);
  }

  /** Our clock was set back by so much (negative ms). */
  shift(byMs: number): void {
    this.#pings.shift(byMs);
    this.#lastAtMs += byMs;
    this.#nowMs += byMs;
  }

  /** A new connection: what the next Pings say counts, and what the last ones said is what they are held against. */
  reconnect(): void {
    this.#pings.forget();
  }

  /**
   * Two clocks have moved against each other: was it theirs? Ours set back is told by `shift`. Ours set forward looks
   * like theirs set back, but no stamp is older than the last one then, and by our clock long nothing was read, though
   * a connection has a Ping every few seconds. Between two connections nothing tells: theirs.
   */
  #isTheirs(apartMs: number, stampMs: number): boolean {
    const lastMs = Math.max(this.#lastEventMs, this.#lastPongMs);
    const isQuiet = this.#nowMs - this.#lastAtMs > LONGEST_QUIET_MS;
    return apartMs > 0 || stampMs < lastMs || !isQuiet || this.roundTripMs === undefined;
  }

  /** Stamps of before are of another clock. */
  #step(byMs: number): void {
    this.#setMs += byMs;
    this.#lastEventMs = -Infinity;
    this.#lastPongMs = -Infinity;
  }
}
