interface Peak {
  readonly atMs: number;
  readonly value: number;
}

/**
 * The largest value of any window (now - width, now] up to the longest: of the entries only those are kept that no
 * later one reaches, so values fall as instants rise and the first one inside a window is its largest.
 * Entries may come out of order or ahead of now.
 */
export class RollingLongest {
  private readonly longestMs: number;
  private readonly peaks: Peak[] = [];
  /** Must not push out what is the largest until then. */
  private ahead: Peak[] = [];
  private nowMs = -Infinity;

  constructor(longestMs: number) {
    this.longestMs = longestMs;
  }

  add(atMs: number, value: number): void {
    if (atMs > this.nowMs) this.ahead.push({ atMs, value });
    else this.take({ atMs, value });
  }

  /** Takes in what now has reached and forgets what has left the longest window. */
  moveTo(nowMs: number): void {
    this.nowMs = nowMs;
    if (this.ahead.length > 0) {
      const reached = this.ahead.filter((peak) => peak.atMs <= nowMs);
      this.ahead = this.ahead.filter((peak) => peak.atMs > nowMs);
      for (const peak of reached) this.take(peak);
    }
    let gone = 0;
    while (gone < this.peaks.length && this.at(gone) <= nowMs - this.longestMs) gone++;
    if (gone > 0) this.peaks.splice(0, gone);
  }

  /** Undefined if nothing lies in (now - widthMs, now], now being that of the last `moveTo`. */
  longest(widthMs: number): number | undefined {
    return this.peaks.find((peak) => peak.atMs > this.nowMs - widthMs && peak.atMs <= this.nowMs)?.value;
  }

  private take(taken: Peak): void {
    let position = this.peaks.length;
    while (position > 0 && this.at(position - 1) > taken.atMs) position--;
    if (this.valueAt(position) >= taken.value) return;
    let first = position;
    while (first > 0 && this.valueAt(first - 1) <= taken.value) first--;
    this.peaks.splice(first, position - first, taken);
  }

  private at(index: number): number {
    return this.peaks[index]?.atMs ?? Infinity;
  }

  private valueAt(index: number): number {
    return this.peaks[index]?.value ?? -Infinity;
  }
}
