import type { HoursDefinition } from '../hotlines/definition.ts';
import { sumPeriodOf } from './sum-periods.ts';
import { SUM_UNITS, type SumKey, type SumRow, type SumShare, type SumUnit } from './sums.ts';

/** What a batch adds to one period's sums. */
export interface SumChange extends SumKey {
  readonly unit: SumUnit;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly add: Record<string, number>;
  longestMs: number | null;
  /** The longest of what was taken back: where it was the longest of all, the longest is not known from here. */
  takenMs: number | null;
}

/** What a batch changed of one subject's series: in nearly every batch one period of each unit. */
interface Account {
  readonly latest: Partial<Record<SumUnit, SumChange>>;
  readonly changes: Map<string, SumChange>;
}

/** The counters go on from these; nobody reads them by the hour. */
const TOLD_UNITS: readonly SumUnit[] = ['shift', 'day', 'month', 'ever'];

/** Adds up the shares of a batch by what they change, so that each row is written once. */
export class SumBook {
  readonly #hoursOf: (key: SumKey) => HoursDefinition;
  readonly #accounts = new Map<string, Account>();
  readonly #changes: SumChange[] = [];

  constructor(hoursOf: (key: SumKey) => HoursDefinition) {
    this.#hoursOf = hoursOf;
  }

  get changes(): Iterable<SumChange> {
    return this.#changes;
  }

  add(share: SumShare): void {
    this.#enter(share, 1);
  }

  /** Of a fact that another has replaced. */
  takeBack(share: SumShare): void {
    this.#enter(share, -1);
  }

  /** What the counters told beyond the sums. */
  addTold(share: SumShare): void {
    this.#enter(share, 1, TOLD_UNITS);
  }

  #enter(share: SumShare, sign: 1 | -1, units: readonly SumUnit[] = SUM_UNITS): void {
    const account = this.#accountOf(share);
    const amounts = Object.entries(share.add);
    for (const unit of units) {
      const change = this.#changeOf(account, share, unit);
      for (const [column, value] of amounts) {
        change.add[column] = (change.add[column] ?? 0) + sign * value;
      }
      if (share.lengthMs === undefined) continue;
      if (sign > 0) change.longestMs = Math.max(change.longestMs ?? -Infinity, share.lengthMs);
      else change.takenMs = Math.max(change.takenMs ?? -Infinity, share.lengthMs);
    }
  }

  #accountOf({ pbx, subject, name, series }: SumKey): Account {
    const key = `${pbx}\n${subject}\n${name}\n${series}`;
    let account = this.#accounts.get(key);
    if (account === undefined) {
      account = { latest: {}, changes: new Map() };
      this.#accounts.set(key, account);
    }
    return account;
  }

  #changeOf({ latest, changes }: Account, share: SumShare, unit: SumUnit): SumChange {
    const { pbx, subject, name, series, atMs } = share;
    const last = latest[unit];
    // Periods of a unit do not overlap: an instant that lies in one lies in no other.
    if (last !== undefined && atMs >= last.fromMs && atMs < last.untilMs) return last;
    const { fromMs, untilMs } = sumPeriodOf(this.#hoursOf(share), unit, atMs);
    const key = `${unit}\n${fromMs}`;
    let change = changes.get(key);
    if (change === undefined) {
      const sums = { add: {}, longestMs: null, takenMs: null };
      change = { pbx, subject, name, series, unit, fromMs, untilMs, ...sums };
      changes.set(key, change);
      this.#changes.push(change);
    }
    latest[unit] = change;
    return change;
  }
}

/** A row's sums after a change; what comes to nothing is not there, as if it had never been added. */
export function withChange(
  row: Pick<SumRow, 'sums' | 'longestMs'>,
  { add, longestMs }: Pick<SumChange, 'add' | 'longestMs'>,
): Pick<SumRow, 'sums' | 'longestMs'> {
  const sums: Record<string, number> = { ...row.sums };
  for (const [column, value] of Object.entries(add)) {
    const sum = (sums[column] ?? 0) + value;
    if (sum === 0) delete sums[column];
    else sums[column] = sum;
  }
  const longer = longestMs !== null && longestMs > (row.longestMs ?? -Infinity);
  return { sums, longestMs: longer ? longestMs : row.longestMs };
}
