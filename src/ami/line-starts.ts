/** Where lines start, of one block or of many one after the other: numbers whose memory is used again. */
export class LineStarts {
  #starts = new Int32Array(32);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Says that so many are in the list, where there were more, or where who has its `room` has added some. */
  setCount(count: number): void {
    this.#count = count;
  }

  add(start: number): void {
    this.room(1)[this.#count] = start;
    this.#count += 1;
  }

  at(line: number): number {
    return this.#starts[line] ?? 0;
  }

  /** The list itself, with room for so many more: for who adds many, and says by `setCount` how many. */
  room(more: number): Int32Array {
    if (this.#count + more > this.#starts.length) {
      const grown = new Int32Array(2 * this.#starts.length + more);
      grown.set(this.#starts);
      this.#starts = grown;
    }
    return this.#starts;
  }
}
