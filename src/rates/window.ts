interface Entry {
  readonly atMs: number;
  readonly values: readonly number[];
}

/**
 * Sums over several rolling windows (now - width, now] at once, exact at every instant asked for: one line of
 * entries in order of time, and for each window a pointer to its first entry. Constant work for each entry and
 * window, amortised; entries older than the longest window are forgotten.
 *
 * Entries may come out of order (the work is then the number of entries overtaken), lie ahead of now (they wait
 * until now has reached them), and now may step back (within what is still remembered).
 * Sums are exact as long as the values are whole numbers.
 */
export class RollingSums {
  private readonly widthsMs: readonly number[];
  private readonly sums: readonly number[][];
  /** Index of the first entry inside, by window. */
  private readonly tails: number[];
  /** Index of the first entry that lies ahead of now. */
  private head = 0;
  private entries: Entry[] = [];
  private nowMs = -Infinity;
  private readonly longestMs: number;

  constructor(columns: number, widthsMs: readonly number[]) {
    this.widthsMs = widthsMs;
    this.longestMs = Math.max(...widthsMs);
    this.sums = widthsMs.map(() => Array.from({ length: columns }, () => 0));
    this.tails = widthsMs.map(() => 0);
  }

  /** Adds `values` (one a column) at the instant `atMs`. */
  add(atMs: number, values: readonly number[]): void {
    if (atMs <= this.nowMs - this.longestMs) return;
    let position = this.entries.length;
    while (position > 0 && this.at(position - 1) > atMs) position--;
    if (position === this.entries.length) this.entries.push({ atMs, values });
    else this.entries.splice(position, 0, { atMs, values });
    if (atMs > this.nowMs) return;
    this.head++;
    this.widthsMs.forEach((widthMs, window) => {
      if (atMs <= this.nowMs - widthMs) this.shiftTail(window, 1);
      else this.account(window, values, 1);
    });
  }

  /** Brings every window to (nowMs - width, nowMs]; true if a sum changed. */
  moveTo(nowMs: number): boolean {
    this.nowMs = nowMs;
    let changed = this.moveHead();
    for (let window = 0; window < this.widthsMs.length; window++) {
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
    return this.sums[window]?.[column] ?? 0;
  }

  /** The sum of one column over what lies ahead of now. */
  sumAhead(column: number): number {
    return this.entries.slice(this.head).reduce((sum, { values }) => sum + (values[column] ?? 0), 0);
  }

  /** Entries remembered, for the bound on memory. */
  get size(): number {
    return this.entries.length;
  }

  private moveHead(): boolean {
    const before = this.head;
    while (this.head < this.entries.length && this.at(this.head) <= this.nowMs) {
      this.accountAll(this.head, 1);
      this.head++;
    }
    while (this.head > 0 && this.at(this.head - 1) > this.nowMs) {
      this.head--;
      this.accountAll(this.head, -1);
    }
    return this.head !== before;
  }

  /** In every window whose tail is not already past the entry (it is, when now has leapt or stepped back). */
  private accountAll(index: number, sign: 1 | -1): void {
    for (let window = 0; window < this.widthsMs.length; window++) {
      if (index >= this.tail(window)) this.account(window, this.valuesAt(index), sign);
    }
  }

  private moveTail(window: number): boolean {
    const fromMs = this.nowMs - (this.widthsMs[window] ?? 0);
    const before = this.tail(window);
    while (this.tail(window) < this.entries.length && this.at(this.tail(window)) <= fromMs) {
      if (this.tail(window) < this.head) this.account(window, this.valuesAt(this.tail(window)), -1);
      this.shiftTail(window, 1);
    }
    while (this.tail(window) > 0 && this.at(this.tail(window) - 1) > fromMs) {
      this.shiftTail(window, -1);
      if (this.tail(window) < this.head) this.account(window, this.valuesAt(this.tail(window)), 1);
    }
    return this.tail(window) !== before;
  }

  /** Drops what has left the longest window, once it is half of what is kept: constant work, amortised. */
  private forget(): void {
    const gone = Math.min(...this.tails);
    if (gone < 16 || gone * 2 < this.entries.length) return;
    this.entries = this.entries.slice(gone);
    this.head -= gone;
    for (let window = 0; window < this.tails.length; window++) this.shiftTail(window, -gone);
  }

  private account(window: number, values: readonly number[], sign: 1 | -1): void {
    const sums = this.sums[window] ?? [];
    for (let column = 0; column < sums.length; column++) {
      const value = values[column] ?? 0;
      // Most are 0.
      if (value !== 0) sums[column] = (sums[column] ?? 0) + sign * value;
    }
  }

  private at(index: number): number {
    return this.entries[index]?.atMs ?? Infinity;
  }

  private valuesAt(index: number): readonly number[] {
    return this.entries[index]?.values ?? [];
  }

  private tail(window: number): number {
    return this.tails[window] ?? 0;
  }

  private shiftTail(window: number, by: number): void {
    this.tails[window] = this.tail(window) + by;
  }
}
