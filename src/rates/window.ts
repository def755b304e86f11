interface Entry {
  readonly atMs: number;
  /** Of this entry and all before it, by column: what lies between two entries is the difference of theirs. */
  readonly upTo: number[];
}

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
  /** Index of the first entry inside, by window. */
  private readonly tails: number[];
  /** Index of the first entry that lies ahead of now. */
  private head = 0;
  private entries: Entry[] = [];
  /** Sums up to what was forgotten last. */
  private forgotten: readonly number[];
  private nowMs = -Infinity;
  private readonly longestMs: number;

  constructor(columns: number, widthsMs: readonly number[]) {
    this.widthsMs = widthsMs;
    this.longestMs = Math.max(...widthsMs);
    this.forgotten = Array.from({ length: columns }, () => 0);
    this.tails = widthsMs.map(() => 0);
  }

  /** Adds `values` (one a column) at the instant `atMs`. */
  add(atMs: number, values: readonly number[]): void {
    if (atMs <= this.nowMs - this.longestMs) return;
    let position = this.entries.length;
    for (; position > 0 && this.at(position - 1) > atMs; position--) {
      const { upTo } = this.entries[position - 1] ?? { upTo: [] };
      for (let column = 0; column < upTo.length; column++) {
        upTo[column] = (upTo[column] ?? 0) + (values[column] ?? 0);
      }
    }
    const entry = { atMs, upTo: this.after(position, values) };
    if (position === this.entries.length) this.entries.push(entry);
    else this.entries.splice(position, 0, entry);
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
    let dueMs = this.head < this.entries.length ? this.at(this.head) : Infinity;
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

  /** The sum of one column over what lies ahead of now. */
  sumAhead(column: number): number {
    return this.sumTo(this.entries.length, column) - this.sumTo(this.head, column);
  }

  /** Entries remembered, for the bound on memory. */
  get size(): number {
    return this.entries.length;
  }

  private moveHead(): boolean {
    const before = this.head;
    while (this.head < this.entries.length && this.at(this.head) <= this.nowMs) this.head++;
    while (this.head > 0 && this.at(this.head - 1) > this.nowMs) this.head--;
    return this.head !== before;
  }

  private moveTail(window: number): boolean {
    const fromMs = this.fromMs(window);
    const before = this.tail(window);
    let tail = before;
    while (tail < this.entries.length && this.at(tail) <= fromMs) tail++;
    while (tail > 0 && this.at(tail - 1) > fromMs) tail--;
    this.tails[window] = tail;
    return tail !== before;
  }

  /** Drops what has left the longest window, once it is half of what is kept: constant work, amortised. */
  private forget(): void {
    const gone = Math.min(...this.tails);
    if (gone < 16 || gone * 2 < this.entries.length) return;
    this.forgotten = this.upTo(gone);
    this.entries = this.entries.slice(gone);
    this.head -= gone;
    for (let window = 0; window < this.tails.length; window++) this.shiftTail(window, -gone);
  }

  private after(position: number, values: readonly number[]): number[] {
    const before = this.upTo(position);
    const sums: number[] = [];
    for (let column = 0; column < before.length; column++) {
      sums.push((before[column] ?? 0) + (values[column] ?? 0));
    }
    return sums;
  }

  /** The sums of all that lies before an entry, since the beginning. */
  private upTo(position: number): readonly number[] {
    return this.entries[position - 1]?.upTo ?? this.forgotten;
  }

  private sumTo(position: number, column: number): number {
    return this.upTo(position)[column] ?? 0;
  }

  private fromMs(window: number): number {
    return this.nowMs - (this.widthsMs[window] ?? 0);
  }

  private at(index: number): number {
    return this.entries[index]?.atMs ?? Infinity;
  }

  private tail(window: number): number {
    return this.tails[window] ?? 0;
  }

  private shiftTail(window: number, by: number): void {
    this.tails[window] = this.tail(window) + by;
  }
}
