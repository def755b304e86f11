/** Something that falls due once; made by `Deadlines.set`, ended by `takeDue` or `cancel`. */
export interface Deadline<T> {
  readonly dueMs: number;
  readonly item: T;
}

interface Entry<T> extends Deadline<T> {
  /** Equal instants fall due in the order they were set, so that a replay is exact. */
  readonly order: number;
  live: boolean;
}

/** Cancelled entries are dropped when they come up, or all at once when they are most of the heap. */
const COMPACT_FROM = 64;

/** What falls due when: a binary heap, so that time passing costs nothing but what is due. */
export class Deadlines<T> {
  #heap: Entry<T>[] = [];
  #order = 0;
  #cancelled = 0;

  /** Deadlines that are set and not cancelled. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** `dueMs` is an instant of the same clock that `takeDue` is asked with; one that is not a number never falls due. */
  set(dueMs: number, item: T): Deadline<T> {
    const entry: Entry<T> = {
      dueMs: Number.isNaN(dueMs) ? Infinity : dueMs,
      item,
      order: this.#order++,
      live: true,
    };
    this.#heap.push(entry);
    this.#up(this.#heap.length - 1);
    return entry;
  }

  /** Takes it back; one that fell due or was cancelled before is left alone. */
  cancel(deadline: Deadline<T>): void {
    const entry = deadline as Entry<T>;
    if (!entry.live) return;
    entry.live = false;
    this.#cancelled++;
    if (this.#cancelled >= COMPACT_FROM && this.#cancelled * 2 > this.#heap.length) this.#compact();
  }

  /** The earliest instant at which something falls due. */
  nextDueMs(): number | undefined {
    const first = this.#first();
    return first && first.dueMs !== Infinity ? first.dueMs : undefined;
  }

  /** Takes out the earliest that is due at `atMs`; undefined when nothing is. */
  takeDue(atMs: number): Deadline<T> | undefined {
    const first = this.#first();
    if (!first || !(first.dueMs <= atMs)) return undefined;
    first.live = false;
    this.#removeFirst();
    return first;
  }

  #first(): Entry<T> | undefined {
    for (let first = this.#heap[0]; first; first = this.#heap[0]) {
      if (first.live) return first;
      this.#removeFirst();
      this.#cancelled--;
    }
    return undefined;
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#down(0);
  }

  #compact(): void {
    this.#heap = this.#heap.filter((entry) => entry.live);
    this.#cancelled = 0;
    for (let at = (this.#heap.length >> 1) - 1; at >= 0; at--) this.#down(at);
  }

  #up(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  #down(from: number): void {
    for (let at = from; ;) {
      const left = 2 * at + 1;
      const right = left + 1;
      const earlier = this.#before(right, left) ? right : left;
      if (!this.#swapIfBefore(earlier, at)) return;
      at = earlier;
    }
  }

  #before(a: number, b: number): boolean {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (!one || !other) return false;
    return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order);
  }

  #swapIfBefore(child: number, parent: number): boolean {
    const one = this.#heap[child];
    const other = this.#heap[parent];
    if (!one || !other || !this.#before(child, parent)) return false;
    this.#heap[child] = other;
    this.#heap[parent] = one;
    return true;
  }
}
