/**
 * Whether the exchange is known to send events without a Timestamp. Nothing at login shows it, the first event does;
 * remembered over connections, so that one that comes anew is not taken for sound until it has been seen to be.
 */
export class StampWatch {
  #isMissing = false;

  get isMissing(): boolean {
    return this.#isMissing;
  }

  /** An event of the core's own came, with a Timestamp or without. */
  observe(isStamped: boolean): void {
    this.#isMissing = !isStamped;
  }
}
