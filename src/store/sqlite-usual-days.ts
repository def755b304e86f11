import type { DatabaseSync } from 'node:sqlite';
import type { Target } from '../calls/facts.ts';
import { periodOf } from '../hotlines/hours.ts';
import { comparableDays, DAYS_OF_USUAL, SOUGHT_MS, usualOf, type Watch } from '../rates/usual-day.ts';
import type { HotlineUsual, UsualDay, UsualDaysAsk } from './report-reads.ts';
import { seenSinceOf, seenUntilOf, sinceOf } from './sqlite-replay.ts';
import { blindTimesIn, lostFactsIn } from './sqlite-report-queries.ts';
import type { SumRow } from './sums.ts';

/** Looked up day by day along the key of the sums, back from today, until there are enough. */
export function usualDaysIn(database: DatabaseSync, { nowMs, hotlines }: UsualDaysAsk): readonly UsualDay[] {
  const watchOf = watches(database, nowMs);
  const find = database.prepare(
    `SELECT series, sums FROM sums
      WHERE unit = 'day' AND from_ms = ? AND pbx = ? AND subject = 'hotline' AND name = ?
        AND series NOT GLOB 'told-*'`,
  );
  return hotlines.flatMap((hotline) => {
    const { pbx, name, hours, targets } = hotline;
    const calls = new Map<Target, number[]>(targets.map((target) => [target, []]));
    let days = 0;
    for (const { fromMs } of comparableDays(hours, nowMs, watchOf(pbx))) {
      const rows = find.all(fromMs, pbx, name);
      // Nobody called at all, or the day was bounded by another zone: neither is an ordinary day of this one.
      if (rows.length === 0) continue;
      for (const [target, counts] of calls) counts.push(scoredIn(rows, target));
      if (++days === DAYS_OF_USUAL) break;
    }
    return usualRows(hotline, calls, periodOf(hours, 'day', nowMs).untilMs);
  });
}

function usualRows(
  { pbx, name }: HotlineUsual,
  calls: ReadonlyMap<Target, readonly number[]>,
  untilMs: number,
): readonly UsualDay[] {
  return [...calls].flatMap(([target, counts]) => {
    const usual = usualOf(counts);
    return usual === undefined ? [] : [{ pbx, hotline: name, target, calls: usual, untilMs }];
  });
}

function scoredIn(rows: readonly Record<string, unknown>[], target: Target): number {
  const row = rows.find(({ series }) => series === target);
  if (row === undefined) return 0;
  const { hit = 0, miss = 0 } = JSON.parse(String(row['sums'])) as SumRow['sums'];
  return hit + miss;
}

function watches(database: DatabaseSync, nowMs: number): (pbx: string) => Watch {
  const fromMs = nowMs - SOUGHT_MS;
  const [since, sinceByPbx, untilByPbx] = [sinceOf(database), seenSinceOf(database), seenUntilOf(database)];
  const blindTimes = Map.groupBy(blindTimesIn(database, fromMs, nowMs), ({ pbx }) => pbx);
  const lost = Map.groupBy(lostFactsIn(database, fromMs, nowMs), ({ pbx }) => pbx);
  return (pbx) => ({
    sinceMs: sinceByPbx.get(pbx) ?? since ?? Infinity,
    untilMs: untilByPbx.get(pbx) ?? -Infinity,
    blindTimes: blindTimes.get(pbx) ?? [],
    lost: lost.get(pbx) ?? [],
  });
}
