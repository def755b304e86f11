/** Distinct unknown names that are told apart; a peer that invents names must not fill the memory. */
const MAX_UNKNOWN_NAMES = 200;
/** What stands for all unknown names beyond that. */
export const OTHER_NAMES = '(other)';
/** So many events of no use, and this share of all, and the filter is not in force. */
const USELESS_TO_JUDGE = 100;
const USELESS_SHARE = 0.2;

/** What came, by Asterisk's names: for metrics, for `doctor`, and to tell whether the event filter is in force. */
export class EventCounts {
  /** Events the core knows. */
  readonly known = new Map<string, number>();
  /** Events it does not. */
  readonly unknown = new Map<string, number>();
  #total = 0;
  /** Unknown events, and known ones of which the core has no use (VarSet of a variable of the dialplan's own). */
  #useless = 0;

  countKnown(name: string, useful: boolean): void {
    this.known.set(name, (this.known.get(name) ?? 0) + 1);
    this.#total += 1;
    if (!useful) this.#useless += 1;
  }

  countUnknown(name: string): void {
    const seen = this.unknown.get(name);
    const key = seen !== undefined || this.unknown.size < MAX_UNKNOWN_NAMES ? name : OTHER_NAMES;
    this.unknown.set(key, (this.unknown.get(key) ?? 0) + 1);
    this.#total += 1;
    this.#useless += 1;
  }

  get total(): number {
    return this.#total;
  }

  /** Whether what comes is more than an event filter would let through. */
  get isUnfiltered(): boolean {
    return this.#useless >= USELESS_TO_JUDGE && this.#useless >= this.#total * USELESS_SHARE;
  }

  get useless(): number {
    return this.#useless;
  }
}
