/** Entries there is room for at first; twice as many each time they do not suffice. */
const FEWEST_KEPT = 16;

/**
 * Sums over several rolling windows (now - width, now] at once, exact at every instant asked for: one line of
 * entries in order of time, each with the sums up to it, and for each window a pointer to its first entry. Constant
 * work for each entry and window, amortised; entries older than the longest window are forgotten.
 *
 * Entries may come out of order (the work is then the number of entries overtaken), lie ahead of now (they wait
 * until now has reached them), and now may step back (within what is still remembered).
 * Sums are exact as long as the values are whole numbers.
 */
export class RollingSums {
  private readonly widthsMs: readonly number[];
  private readonly columns: number;
  /** Index of the first entry inside, by window. */
  private readonly tails: number[];
  /** Index of the first entry that lies ahead of now. */
  private head = 0;
  /** Instants of the entries. */
  private atMs = new Float64Array(0);
  /**
   * A row of sums for each entry, one a column, of it and all before it: what lies between two entries is the
   * difference of their rows. The first row is the sums up to what was forgotten last.
   */
  private upTo: Float64Array;
  private length = 0;
  private nowMs = -Infinity;
  private readonly longestMs: number;

  constructor(columns: number, widthsMs: readonly number[]) {
    this.columns = columns;
    this.widthsMs = widthsMs;
    this.longestMs = Math.max(...widthsMs);
    this.upTo = new Float64Array(columns);
    this.tails = widthsMs.map(() => 0);
  }

  /** Adds `values` (one a column) at the instant `atMs`. */
  add(atMs: number, values: readonly number[]): void {
    if (atMs <= this.nowMs - this.longestMs) return;
    if (this.length === this.atMs.length) this.resize(Math.max(FEWEST_KEPT, this.length * 2), 0);
    const { columns, upTo, length } = this;
    let position = length;
    while (position > 0 && this.at(position - 1) > atMs) position--;
    const row = position * columns;
    if (position < length) {
      this.atMs.copyWithin(position + 1, position, length);
      upTo.copyWithin(row + columns, row, (length + 1) * columns);
    }
    this.atMs[position] = atMs;
    this.length++;
    for (let column = 0; column < columns; column++) upTo[row + columns + column] = upTo[row + column] ?? 0;
    for (let later = position + 1; later <= length + 1; later++) {
      for (let column = 0; column < columns; column++) {
        const place = later * columns + column;
        upTo[place] = (upTo[place] ?? 0) + (values[column] ?? 0);
      }
    }
    if (atMs > this.nowMs) return;
    this.head++;
    for (let window = 0; window < this.tails.length; window++) {
      if (atMs <= this.fromMs(window)) this.shiftTail(window, 1);
    }
  }

  /** Brings every window to (nowMs - width, nowMs]; true if a sum may have changed. */
  moveTo(nowMs: number): boolean {
    this.nowMs = nowMs;
    let changed = this.moveHead();
    for (let window = 0; window < this.tails.length; window++) {
      if (this.moveTail(window)) changed = true;
    }
    this.forget();
    return changed;
  }

  /** The next instant at which a sum changes by the passing of time alone; Infinity if none. */
  nextDueMs(): number {
    let dueMs = this.head < this.length ? this.at(this.head) : Infinity;
    this.widthsMs.forEach((widthMs, window) => {
      const tail = this.tail(window);
      if (tail < this.head) dueMs = Math.min(dueMs, this.at(tail) + widthMs);
    });
    return dueMs;
  }

  /** The sum of one column in one window (both by position), as of the last `moveTo`. */
  sum(window: number, column: number): number {
    const tail = this.tail(window);
    return tail < this.head ? this.sumTo(this.head, column) - this.sumTo(tail, column) : 0;
  }

  /** Entries remembered, for the bound on memory. */
  get size(): number {
    return this.length;
  }

  private moveHead(): boolean {
    const before = this.head;
    while (this.head < this.length && this.at(this.head) <= this.nowMs) this.head++;
    while (this.head > 0 && this.at(this.head - 1) > this.nowMs) this.head--;
    return this.head !== before;
  }

  private moveTail(window: number): boolean {
    const fromMs = this.fromMs(window);
    const before = this.tail(window);
    let tail = before;
    while (tail < this.length && this.at(tail) <= fromMs) tail++;
    while (tail > 0 && this.at(tail - 1) > fromMs) tail--;
    this.tails[window] = tail;
    return tail !== before;
  }

  /** Drops what has left the longest window, once it is half of what is kept: constant work, amortised. */
  private forget(): void {
    let gone = this.length;
    for (let window = 0; window < this.tails.length; window++) gone = Math.min(gone, this.tail(window));
    if (gone < FEWEST_KEPT || gone * 2 < this.length) return;
    this.length -= gone;
    this.resize(Math.max(FEWEST_KEPT, this.length * 2), gone);
    this.head -= gone;
    for (let window = 0; window < this.tails.length; window++) this.shiftTail(window, -gone);
  }

  /** Room for so many entries, without the first `gone`. */
  private resize(capacity: number, gone: number): void {
    const { atMs, upTo, columns, length } = this;
    this.atMs = new Float64Array(capacity);
    this.atMs.set(atMs.subarray(gone, gone + length));
    this.upTo = new Float64Array((capacity + 1) * columns);
    this.upTo.set(upTo.subarray(gone * columns, (gone + length + 1) * columns));
  }

  /** The sums of all that lies before an entry, since the beginning. */
  private sumTo(position: number, column: number): number {
    return this.upTo[position * this.columns + column] ?? 0;
  }

  private fromMs(window: number): number {
    return this.nowMs - (this.widthsMs[window] ?? 0);
  }

  private at(index: number): number {
    return this.atMs[index] ?? Infinity;
  }

  private tail(window: number): number {
    return this.tails[window] ?? 0;
  }

  private shiftTail(window: number, by: number): void {
    this.tails[window] = this.tail(window) + by;
  }
}
