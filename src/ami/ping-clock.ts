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
  /** Of the connection before, until this one has an answer. */
  #lastOffsetMs: number | undefined;

  /** Exchange minus ours, ms; 0 before the first answer. */
  get offsetMs(): number {
    return this.#best?.offsetMs ?? this.#lastOffsetMs ?? 0;
  }

  /** Whether an answer ever came. */
  get isKnown(): boolean {
    return this.#best !== undefined || this.#lastOffsetMs !== undefined;
  }

  /** Round trip of the answer that is believed; undefined before the first. */
  get roundTripMs(): number | undefined {
    return this.#best?.roundTripMs;
  }

  /** Answers of another connection say nothing of how quick this one is. */
  forget(): void {
    this.#lastOffsetMs = this.#best?.offsetMs ?? this.#lastOffsetMs;
    this.#samples = [];
    this.#best = undefined;
  }

  /** Our clock was set back by so much (negative ms). */
  shift(byMs: number): void {
    this.#samples = this.#samples.map((one) => ({ ...one, offsetMs: one.offsetMs - byMs }));
    if (this.#best) this.#best = { ...this.#best, offsetMs: this.#best.offsetMs - byMs };
    if (this.#lastOffsetMs !== undefined) this.#lastOffsetMs -= byMs;
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
