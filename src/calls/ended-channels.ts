/** Ends of calls of which late lists may still tell: long enough for any snapshot, small enough to forget. */
const KEPT_S = 120;

/** Channels whose Hangup was seen lately: a list read before it may still name them. */
export class EndedChannels {
  /** Uniqueid -> the exchange's second: a whole number costs no object of its own. */
  readonly #endedS = new Map<string, number>();

  has(uniqueid: string): boolean {
    return this.#endedS.has(uniqueid);
  }
  add(uniqueid: string, pbxMs: number): void {
    this.#endedS.set(uniqueid, Math.floor(pbxMs / 1000));
  }

  /**
   * Forgets ends that no list can name any more; the exchange's clock may have been set back or forward meanwhile.
   * They stand in the order in which they were told: whatever comes after one that is kept was told later.
   */
  sweep(nowPbxMs: number): void {
    const nowS = Math.floor(nowPbxMs / 1000);
    for (const [uniqueid, endedS] of this.#endedS) {
      if (Math.abs(nowS - endedS) < KEPT_S) return;
      this.#endedS.delete(uniqueid);
    }
  }
}
