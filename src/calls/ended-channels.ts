/** Ends of calls of which late lists may still tell: long enough for any snapshot, small enough to forget. */
const KEPT_MS = 120_000;

/** Channels whose Hangup was seen lately: a list read before it may still name them. */
export class EndedChannels {
  readonly #endedPbxMs = new Map<string, number>();

  has(uniqueid: string): boolean {
    return this.#endedPbxMs.has(uniqueid);
  }
  add(uniqueid: string, pbxMs: number): void {
    this.#endedPbxMs.set(uniqueid, pbxMs);
  }

  /**
   * Forgets ends that no list can name any more; the exchange's clock may have been set back or forward meanwhile.
   * They stand in the order in which they were told: whatever comes after one that is kept was told later.
   */
  sweep(nowPbxMs: number): void {
    for (const [uniqueid, endedPbxMs] of this.#endedPbxMs) {
      if (Math.abs(nowPbxMs - endedPbxMs) < KEPT_MS) return;
      this.#endedPbxMs.delete(uniqueid);
    }
  }
}
