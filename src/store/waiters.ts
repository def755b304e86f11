interface Waiter {
  readonly place: number;
  readonly resolve: () => void;
}

/** Who waits until all that was told up to a place is written. */
export class Waiters {
  #waiting: Waiter[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  until(place: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ place, resolve }));
  }

  /** That place is reached. */
  reach(place: number): void {
    for (const one of this.#waiting) if (one.place <= place) one.resolve();
    this.#waiting = this.#waiting.filter((one) => one.place > place);
  }
}
