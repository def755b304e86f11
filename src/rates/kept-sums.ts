import type { Fact } from '../calls/facts.ts';
import type { Period, PeriodUnit } from '../hotlines/hours.ts';

/** One period's sums as the journal keeps them. */
export interface KeptRow {
  readonly pbx: string;
  /** `hotline`, `queue`, `agent` or `pbx`, and its name. */
  readonly subject: string;
  readonly name: string;
  readonly series: string;
  /** `shift`, `day`, `month`, `ever` or another. */
  readonly unit: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly sums: Readonly<Record<string, number>>;
  readonly longestMs: number | null;
}

/** Since when a hotline is in force without a break. */
export interface HotlineSince {
  readonly pbx: string;
  readonly name: string;
  readonly sinceMs: number;
}

/** What the figures go on from after a restart. */
export interface Seed {
  /** Those whose period holds now, and those since ever. */
  readonly sums: readonly KeptRow[];
  /** All that a rolling window can hold and an hour more (a wrap-up belongs to the talk before it), in the order they were told. */
  readonly recentFacts: readonly Fact[];
  /** From here on the figures of the exchanges that were seen are known; undefined where nothing was kept. */
  readonly sinceMs: number | undefined;
  /** Until when each exchange was seen. */
  readonly seenUntilMs: ReadonlyMap<string, number>;
  /** Since when each exchange is seen, where that is known better. */
  readonly sinceByPbx: ReadonlyMap<string, number>;
  /** Of those in force: one that a reload brought is not known for as long as its exchange. */
  readonly hotlinesSince: readonly HotlineSince[];
}

/** The sums of one shift, day or month. */
export interface KeptPeriod {
  readonly unit: PeriodUnit;
  readonly span: Pick<Period, 'fromMs' | 'untilMs'>;
  readonly sums: Readonly<Record<string, number>>;
  readonly longestMs: number | undefined;
}

/** The sums of one hotline, queue or exchange. */
export interface KeptSubject {
  /** Of a series, since ever: a column that is not there is 0. */
  ever(series: string): Readonly<Record<string, number>>;
  periods(series: string): readonly KeptPeriod[];
}

const NOTHING: Readonly<Record<string, number>> = {};
const UNITS: readonly PeriodUnit[] = ['shift', 'day', 'month'];

/** Kept rows by what they are about. */
export class KeptSums {
  readonly #rows: ReadonlyMap<string, readonly KeptRow[]>;

  constructor(rows: readonly KeptRow[]) {
    this.#rows = Map.groupBy(rows, ({ pbx, subject, name }) => keyOf(pbx, subject, name));
  }

  /** The agents of whom something was kept. */
  agentsOf(pbx: string): readonly string[] {
    return [...this.#rows.values()].flatMap(([row]) =>
      row?.pbx === pbx && row.subject === 'agent' ? [row.name] : [],
    );
  }

  of(pbx: string, subject: 'hotline' | 'queue' | 'pbx' | 'agent', name: string): KeptSubject {
    const rows = this.#rows.get(keyOf(pbx, subject, name)) ?? [];
    return {
      ever: (series) => rows.find((row) => row.series === series && row.unit === 'ever')?.sums ?? NOTHING,
      periods: (series) => rows.filter((row) => row.series === series).flatMap(periodsOf),
    };
  }
}

const keyOf = (pbx: string, subject: string, name: string): string => JSON.stringify([pbx, subject, name]);

function periodsOf({ unit, fromMs, untilMs, sums, longestMs }: KeptRow): readonly KeptPeriod[] {
  const known = UNITS.find((one) => one === unit);
  if (known === undefined) return [];
  return [{ unit: known, span: { fromMs, untilMs }, sums, longestMs: longestMs ?? undefined }];
}
