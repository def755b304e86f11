/** The time that stretches cover before one instant, which moves on: what of it is busy, and all of it. Ms of one seat each. */
export interface Cursor {
  atMs: number;
  busyMs: number;
  allMs: number;
  /** Stretches that run at the instant. */
  busyRunning: number;
  allRunning: number;
  /** Index of the first bound that lies ahead. */
  next: number;
}

/** Instants kept at first; twice as many each time they do not suffice. */
const FEWEST_KEPT = 16;

/**
 * Time covered by many stretches, told at any of a few cursors; what lies between two cursors is the difference of
 * theirs. Stretches are kept as their bounds in order of time (+1 where one begins, -1 where it ends, one entry for
 * those of the same ms), so that a cursor that moves from bound to bound always knows how many run. A stretch that
 * comes late, or began long ago, is added to each cursor at once: constant work, and a move of what lies behind its bounds.
 * Whole ms only: sums of theirs are exact.
 */
export class CoveredTime {
  private atMs = new Float64Array(0);
  private busy = new Int32Array(0);
  private all = new Int32Array(0);
  private length = 0;
  /** Bounds up to here are forgotten: no cursor goes back further. */
  private keptFromMs = -Infinity;
  private readonly cursors = new Set<Cursor>();

  /** A cursor before everything. */
  begin(): Cursor {
    const cursor = { atMs: -Infinity, busyMs: 0, allMs: 0, busyRunning: 0, allRunning: 0, next: 0 };
    this.cursors.add(cursor);
    return cursor;
  }

  /** One more cursor where that one is. */
  copy(cursor: Cursor): Cursor {
    const copied = { ...cursor };
    this.cursors.add(copied);
    return copied;
  }

  drop(cursor: Cursor): void {
    this.cursors.delete(cursor);
  }

  add(fromMs: number, untilMs: number, busy: boolean): void {
    if (untilMs <= fromMs) return;
    const busySign = busy ? 1 : 0;
    this.addBound(fromMs, busySign, 1);
    this.addBound(untilMs, -busySign, -1);
    for (const cursor of this.cursors) {
      const { atMs } = cursor;
      if (atMs < fromMs) continue;
      const beforeMs = Math.min(atMs, untilMs) - fromMs;
      cursor.allMs += beforeMs;
      if (busy) cursor.busyMs += beforeMs;
      if (atMs >= untilMs) continue;
      cursor.allRunning += 1;
      cursor.busyRunning += busySign;
    }
  }

  /** On or back; back no further than to what is remembered. */
  move(cursor: Cursor, wantedMs: number): void {
    const toMs = Math.max(wantedMs, this.keptFromMs);
    if (toMs >= cursor.atMs) this.moveOn(cursor, toMs);
    else this.moveBack(cursor, toMs);
  }

  /** Forgets bounds that no cursor will come back to, once they are half of what is kept: constant work, amortised. */
  forgetBefore(cursor: Cursor): void {
    const gone = cursor.next;
    if (gone < FEWEST_KEPT || gone * 2 < this.length) return;
    this.keptFromMs = cursor.atMs;
    const kept = this.length - gone;
    const capacity = Math.max(FEWEST_KEPT, kept * 2);
    this.resize(capacity, gone, this.length);
    this.length = kept;
    for (const one of this.cursors) one.next = Math.max(0, one.next - gone);
  }

  /** Bounds remembered, for the bound on memory. */
  get size(): number {
    return this.length;
  }

  private moveOn(cursor: Cursor, toMs: number): void {
    for (; cursor.next < this.length && this.at(cursor.next) <= toMs; cursor.next += 1) {
      pass(cursor, this.at(cursor.next));
      cursor.busyRunning += this.busy[cursor.next] ?? 0;
      cursor.allRunning += this.all[cursor.next] ?? 0;
    }
    pass(cursor, toMs);
  }

  private moveBack(cursor: Cursor, toMs: number): void {
    for (; cursor.next > 0 && this.at(cursor.next - 1) > toMs; cursor.next -= 1) {
      pass(cursor, this.at(cursor.next - 1));
      cursor.busyRunning -= this.busy[cursor.next - 1] ?? 0;
      cursor.allRunning -= this.all[cursor.next - 1] ?? 0;
    }
    pass(cursor, toMs);
  }

  private addBound(atMs: number, busySign: number, allSign: number): void {
    // All cursors that will still move are past it.
    if (atMs <= this.keptFromMs) return;
    const index = this.firstFrom(atMs);
    if (index === this.length || this.at(index) !== atMs) this.insert(index, atMs);
    this.busy[index] = (this.busy[index] ?? 0) + busySign;
    this.all[index] = (this.all[index] ?? 0) + allSign;
  }

  private insert(index: number, atMs: number): void {
    if (this.length === this.atMs.length) this.resize(Math.max(FEWEST_KEPT, this.length * 2), 0, this.length);
    for (const values of [this.atMs, this.busy, this.all]) values.copyWithin(index + 1, index, this.length);
    this.atMs[index] = atMs;
    this.busy[index] = 0;
    this.all[index] = 0;
    this.length += 1;
    for (const cursor of this.cursors) if (atMs <= cursor.atMs) cursor.next += 1;
  }

  /** Index of the first bound at or after an instant; most are among the last. */
  private firstFrom(atMs: number): number {
    let low = 0;
    let high = this.length;
    if (high > 0 && this.at(high - 1) < atMs) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private resize(capacity: number, from: number, until: number): void {
    const { atMs, busy, all } = this;
    this.atMs = new Float64Array(capacity);
    this.busy = new Int32Array(capacity);
    this.all = new Int32Array(capacity);
    this.atMs.set(atMs.subarray(from, until));
    this.busy.set(busy.subarray(from, until));
    this.all.set(all.subarray(from, until));
  }

  private at(index: number): number {
    return this.atMs[index] ?? Infinity;
  }
}

/** Takes in what runs, up to an instant; before everything nothing does. */
function pass(cursor: Cursor, toMs: number): void {
  if (cursor.allRunning !== 0) {
    const passedMs = toMs - cursor.atMs;
    cursor.busyMs += cursor.busyRunning * passedMs;
    cursor.allMs += cursor.allRunning * passedMs;
  }
  cursor.atMs = toMs;
}
