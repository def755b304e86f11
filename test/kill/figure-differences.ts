import type { Fact } from '../../src/calls/facts.ts';
import type { Report } from '../../src/rates/report.ts';
import type { Entry } from '../../src/simulator/ledger.ts';
import type { SumUnit } from '../../src/store/sums.ts';
import type { Kept } from './kept.ts';
import type { World } from './world.ts';

/** `hotline series column` of one period, by its bounds: how many. */
export type Counts = Map<string, number>;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Shanghai. */
const ZONE_MS = 8 * HOUR_MS;
const SHIFTS_MS = [20 * HOUR_MS, 14 * HOUR_MS, 8 * HOUR_MS];
const SERIES = /^(outcomes-(open|closed)|auto|transfer|direct|after-hours)$/;
const UNITS: readonly SumUnit[] = ['shift', 'day', 'month', 'ever'];

/**
 * What the book of the truth makes of every caller that is in the journal, in each period, where a call and its scores
 * are `unknown` if they are told so: which they may be is another question (kept-differences.ts).
 */
export function trueCounts({ book }: World, kept: Kept): Counts {
  const counts: Counts = new Map();
  for (const { plan, truth } of book.ledger.entries) {
    const facts = kept.facts(book.uniqueids.get(plan) ?? '');
    const record = facts.find((fact) => fact.type === 'call-closed')?.record;
    if (!truth || !record || truth.test) continue;
    const outcome = record.outcome === 'unknown' ? 'unknown' : truth.outcome;
    const rows = [`outcomes-${record.hours} ${outcome}`, ...scoresOf(truth, facts)];
    for (const unit of UNITS) {
      const fromMs = beginOf(unit, record.reachedAtMs);
      for (const row of rows) count(counts, `${unit} ${fromMs} ${truth.hotline} ${row}`, 1);
    }
  }
  return counts;
}

function scoresOf(truth: NonNullable<Entry['truth']>, facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) => {
    if (fact.type !== 'scored') return [];
    const truly = truth.scores.find(({ target }) => target === fact.target)?.result;
    return [`${fact.target} ${fact.result === 'unknown' ? 'unknown' : String(truly)}`];
  });
}

/** The same as the journal sums it. */
export function keptCounts(kept: Kept): Counts {
  const counts: Counts = new Map();
  for (const unit of UNITS) {
    for (const { subject, name, series, fromMs, sums } of kept.sums(unit)) {
      if (subject !== 'hotline' || !SERIES.test(series)) continue;
      for (const [column, value] of Object.entries(sums))
        if (value !== 0) count(counts, `${unit} ${fromMs} ${name} ${series} ${column}`, value);
    }
  }
  return counts;
}

/** The same since ever, as a page for Prometheus counts it. */
export function pageCounts(page: string): Counts {
  const counts: Counts = new Map();
  const lines = page.matchAll(/^ringside_(calls|scored)_total\{(.*)\} (\d+)$/gm);
  for (const [, family, labels = '', value] of lines) {
    const of = Object.fromEntries(
      [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, text]) => [name, text]),
    );
    const { hotline, hours, outcome, target, result } = of;
    const row = family === 'calls' ? `outcomes-${hours} ${outcome}` : `${target} ${result}`;
    if (Number(value) > 0) count(counts, `ever 0 ${hotline} ${row}`, Number(value));
  }
  return counts;
}

/** Rates of the shift, the day and the month that are on, as leaders see them. */
export function reportCountsNow(report: Report, nowMs: number): Counts {
  const counts: Counts = new Map();
  for (const { hotline, targets } of report.hotlines) {
    for (const { target, rates } of targets) {
      for (const { window, hits, misses, setAside, unknown } of rates) {
        if (window !== 'shift' && window !== 'day' && window !== 'month') continue;
        const of = `${window} ${beginOf(window, nowMs)} ${hotline} ${target}`;
        const columns = { hit: hits, miss: misses, set_aside: setAside, unknown };
        for (const [column, value] of Object.entries(columns))
          if (value > 0) count(counts, `${of} ${column}`, value);
      }
    }
  }
  return counts;
}

/** Those of true counts that such a report tells. */
export function trueCountsNow(counts: Counts, nowMs: number): Counts {
  const now = (['shift', 'day', 'month'] as const).map((unit) => `${unit} ${beginOf(unit, nowMs)} `);
  return countsWhere(counts, (key) => !key.includes('outcomes') && now.some((one) => key.startsWith(one)));
}

export const countsWhere = (counts: Counts, isMeant: (key: string) => boolean): Counts =>
  new Map([...counts].filter(([key]) => isMeant(key)));

/** When the shift, day or month began that an instant lies in. */
function beginOf(unit: SumUnit, atMs: number): number {
  if (unit === 'ever') return 0;
  const local = new Date(atMs + ZONE_MS);
  if (unit === 'month') return Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), 1) - ZONE_MS;
  const dayMs = Math.floor((atMs + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS;
  if (unit === 'day') return dayMs;
  const fromMs = SHIFTS_MS.find((shiftMs) => atMs - dayMs >= shiftMs);
  return fromMs === undefined ? dayMs - 4 * HOUR_MS : dayMs + fromMs;
}

function count(counts: Counts, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
