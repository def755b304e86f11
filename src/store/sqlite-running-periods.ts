import type { DatabaseSync } from 'node:sqlite';
import type { WatchDefinition } from '../hotlines/definition.ts';
import { keptSinceOf } from './sqlite-purge.ts';
import { replay } from './sqlite-replay.ts';
import type { Shares } from './sqlite-journal.ts';
import type { SumTable } from './sqlite-sums.ts';
import { SumBook, type SumChange } from './sum-book.ts';
import { sumPeriodOf, type Span } from './sum-periods.ts';
import type { SumKey, SumSubject, SumUnit } from './sums.ts';

const DAY_MS = 86_400_000;
/** What runs is looked for so far back: no period is longer than half of it, so that neighbours of the running one are in it. */
const SOUGHT_MS: Readonly<Partial<Record<SumUnit, number>>> = {
  shift: 4 * DAY_MS,
  day: 4 * DAY_MS,
  month: 66 * DAY_MS,
};
/** A fact's instant lies at most so long from the one its share counts at, and from the talk of a wrap-up. */
const FARTHEST_MS = DAY_MS;
const BOUNDED_BY = 'periods_bounded_by';

type Subject = Omit<SumKey, 'series'>;
/** The running period of a subject that has no sums of its own bounds. */
interface Unbounded extends Span {
  readonly subject: Subject;
  readonly unit: SumUnit;
}

/**
 * Where zones or shifts are others than at the start before, running shifts, days and months have other bounds than
 * their sums: those are made anew of the facts, back to the earliest of their beginnings. To be called in a
 * transaction, with what sums by the definition in force and was told nothing yet.
 */
export function renewRunning(
  database: DatabaseSync,
  table: SumTable,
  { definition, shares, nowMs }: { definition: WatchDefinition; shares: Shares; nowMs: number },
): void {
  const bounds = boundsText(definition);
  const before = database.prepare('SELECT value FROM meta WHERE key = ?').get(BOUNDED_BY)?.['value'];
  if (before === bounds) return;
  database.prepare('INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)').run(BOUNDED_BY, bounds);
  if (before === undefined) return;
  const anew = unboundedAt(database, shares, nowMs);
  if (anew.size > 0) table.replace(sumsOf(database, shares, anew));
}

/** What the bounds of periods are made by. */
const boundsText = ({ hotlines }: WatchDefinition): string =>
  JSON.stringify(
    hotlines.map(({ pbx, name, queues, hours }) => [pbx, name, queues, hours.zone, hours.shifts]),
  );

function unboundedAt(database: DatabaseSync, shares: Shares, nowMs: number): ReadonlyMap<string, Unbounded> {
  const found = new Map<string, Unbounded>();
  const keptSinceMs = keptSinceOf(database);
  const rows = database.prepare(
    `SELECT DISTINCT pbx, subject, name, from_ms, until_ms FROM sums WHERE unit = ? AND from_ms > ?`,
  );
  for (const [unit, soughtMs] of Object.entries(SOUGHT_MS) as [SumUnit, number][]) {
    for (const row of rows.all(unit, nowMs - soughtMs)) {
      const subject = {
        pbx: String(row['pbx']),
        subject: String(row['subject']) as SumSubject,
        name: String(row['name']),
      };
      const span = sumPeriodOf(shares.hoursOf({ ...subject, series: '' }), unit, nowMs);
      const [fromMs, untilMs] = [Number(row['from_ms']), Number(row['until_ms'])];
      const isItsOwn = fromMs === span.fromMs && untilMs === span.untilMs;
      const overlaps = fromMs < span.untilMs && untilMs > span.fromMs;
      // Some of its facts may be destroyed: then it stays as it is.
      if (isItsOwn || !overlaps || span.fromMs < keptSinceMs) continue;
      found.set(keyOf(subject, unit), { ...span, subject, unit });
    }
  }
  return found;
}

function sumsOf(
  database: DatabaseSync,
  shares: Shares,
  anew: ReadonlyMap<string, Unbounded>,
): readonly SumChange[] {
  const book = new SumBook((key) => shares.hoursOf(key));
  const subjects = new Set(Array.from(anew.values(), ({ subject }) => keyOf(subject)));
  const earliestMs = Math.min(...Array.from(anew.values(), ({ fromMs }) => fromMs));
  for (const { fact } of replay(database, { fromMs: earliestMs - FARTHEST_MS, untilMs: Infinity })) {
    for (const share of shares.of(fact)) {
      if (share.atMs >= earliestMs && subjects.has(keyOf(share))) book.add(share);
    }
  }
  return [...book.changes].filter((change) => anew.get(keyOf(change, change.unit))?.fromMs === change.fromMs);
}

const keyOf = ({ pbx, subject, name }: Subject, unit = ''): string => `${unit}\n${pbx}\n${subject}\n${name}`;
