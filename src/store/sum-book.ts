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

/** Adds up the shares of a batch by what they change, so that each row is written once. */
export class SumBook {
  readonly #hoursOf: (key: SumKey) => HoursDefinition;
  readonly #changes = new Map<string, SumChange>();

  constructor(hoursOf: (key: SumKey) => HoursDefinition) {
    this.#hoursOf = hoursOf;
  }

  get changes(): Iterable<SumChange> {
    return this.#changes.values();
  }

  add(share: SumShare): void {
    this.#enter(share, 1);
  }

  /** Of a fact that another has replaced. */
  takeBack(share: SumShare): void {
    this.#enter(share, -1);
  }

  #enter(share: SumShare, sign: 1 | -1): void {
    const hours = this.#hoursOf(share);
    for (const unit of SUM_UNITS) {
      const change = this.#changeOf(share, unit, hours);
      for (const [column, value] of Object.entries(share.add)) {
        change.add[column] = (change.add[column] ?? 0) + sign * value;
      }
      if (share.lengthMs === undefined) continue;
      if (sign > 0) change.longestMs = Math.max(change.longestMs ?? -Infinity, share.lengthMs);
      else change.takenMs = Math.max(change.takenMs ?? -Infinity, share.lengthMs);
    }
  }

  #changeOf(share: SumShare, unit: SumUnit, hours: HoursDefinition): SumChange {
    const { fromMs, untilMs } = sumPeriodOf(hours, unit, share.atMs);
    const { pbx, subject, name, series } = share;
    const key = [unit, fromMs, pbx, subject, name, series].join('\n');
    let change = this.#changes.get(key);
    if (change === undefined) {
      change = {
        pbx,
        subject,
        name,
        series,
        unit,
        fromMs,
        untilMs,
        add: {},
        longestMs: null,
        takenMs: null,
      };
      this.#changes.set(key, change);
    }
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
