/** How many tries at once, and how long until one more, ms. */
export interface Allowance {
  readonly burst: number;
  readonly everyMs: number;
}

/** So many are remembered; of more, those that were tried longest ago are forgotten. */
const MOST_KEYS = 10_000;

interface Bucket {
  left: number;
  atMs: number;
}

/**
 * Tries by key, a bucket each that fills up again with time. `@fastify/rate-limit` counts requests by one key on the
 * machine's own clock; here a try counts by address and by name together, a right password is given back, and time is
 * handed in.
 */
export class AttemptLimit {
  readonly #allowance: Allowance;
  readonly #buckets = new Map<string, Bucket>();

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** How long until one may try, ms; 0: now. */
  waitMs(key: string, nowMs: number): number {
    const left = this.#leftAt(key, nowMs);
    return left >= 1 ? 0 : Math.ceil((1 - left) * this.#allowance.everyMs);
  }

  take(key: string, nowMs: number): void {
    const left = this.#leftAt(key, nowMs) - 1;
    // Set anew, so that the first in the map is the one that was tried longest ago.
    this.#buckets.delete(key);
    this.#buckets.set(key, { left, atMs: nowMs });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MOST_KEYS && oldest !== undefined) this.#buckets.delete(oldest);
  }

  /** It was no guess. */
  giveBack(key: string): void {
    const bucket = this.#buckets.get(key);
    if (bucket !== undefined) bucket.left = Math.min(this.#allowance.burst, bucket.left + 1);
  }

  #leftAt(key: string, nowMs: number): number {
    const { burst, everyMs } = this.#allowance;
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return burst;
    return Math.min(burst, bucket.left + Math.max(0, nowMs - bucket.atMs) / everyMs);
  }
}
