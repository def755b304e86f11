/** Of how many answers the quickest is believed; at one Ping in 5 s, the last 40 s. */
const KEPT = 8;

interface Sample {
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/**
 * The exchange's clock against ours, from the `Timestamp` of Ping's answers. The true offset lies within half a
 * round trip of each; the quickest answer of the last few says it best.
 */
export class PingClock {
  #samples: Sample[] = [];
  #best: Sample | undefined;

  /** Exchange minus ours, ms; 0 before the first answer. */
  get offsetMs(): number {
    return this.#best?.offsetMs ?? 0;
  }

  /** Round trip of the answer that is believed; undefined before the first. */
  get roundTripMs(): number | undefined {
    return this.#best?.roundTripMs;
  }

  /** @param pongMs `Timestamp` of the answer, exchange clock; the other two are ours. */
  take(sentMs: number, receivedMs: number, pongMs: number): void {
    const roundTripMs = Math.max(0, receivedMs - sentMs);
    const sample = { offsetMs: pongMs - (sentMs + receivedMs) / 2, roundTripMs };
    // Two answers that cannot both be true: one of the clocks was set meanwhile, and the older ones are history.
    const apartMs = Math.abs(sample.offsetMs - this.offsetMs);
    if (this.#best !== undefined && apartMs > (roundTripMs + this.#best.roundTripMs) / 2 + 1)
      this.#samples = [];
    this.#samples.push(sample);
    if (this.#samples.length > KEPT) this.#samples.shift();
    this.#best = this.#samples.reduce((best, one) => (one.roundTripMs < best.roundTripMs ? one : best));
  }
}
