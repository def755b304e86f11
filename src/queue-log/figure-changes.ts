import { type Fact, RESULTS, type Result, type Target } from '../calls/facts.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import { type PeriodUnit, periodOf } from '../hotlines/hours.ts';

/** What was said under an id before, and what is said now. */
export interface Told {
  readonly before: Fact | undefined;
  readonly after: Fact;
}

/** By how much one hotline's figures of one period changed in one rate. */
export interface FigureChange {
  readonly hotline: string;
  readonly target: Target;
  readonly unit: PeriodUnit;
  /** As `periodOf` names it: `2026-03-29 night`, `2026-03-29`, `2026-03`. */
  readonly period: string;
  readonly by: Readonly<Partial<Record<Result, number>>>;
}

const UNITS: readonly PeriodUnit[] = ['shift', 'day', 'month'];

/** By hotline, target and period, for whoever was shown other figures before. What comes to nothing is not listed. */
export function figureChanges(
  told: readonly Told[],
  pbx: string,
  definition: WatchDefinition,
): FigureChange[] {
  const changes = new Map<string, { change: FigureChange; by: Partial<Record<Result, number>> }>();
  for (const { before, after } of told) {
    if (after.type !== 'scored') continue;
    const hours = definition.hotlines.find(
      ({ name, pbx: of }) => of === pbx && name === after.hotline,
    )?.hours;
    if (hours === undefined) continue;
    for (const unit of UNITS) {
      const { hotline, target, reachedAtMs } = after;
      const period = periodOf(hours, unit, reachedAtMs).key;
      const key = [hotline, target, unit, period].join('\n');
      const by = changes.get(key)?.by ?? {};
      changes.set(key, { change: { hotline, target, unit, period, by }, by });
      if (before?.type === 'scored') by[before.result] = (by[before.result] ?? 0) - 1;
      by[after.result] = (by[after.result] ?? 0) + 1;
    }
  }
  return [...changes.values()]
    .map(({ change }) => change)
    .filter(({ by }) => Object.values(by).some((count) => count !== 0));
}

/** `gas transfer, day 2026-11-21: +3 hit, -3 unknown` */
export function changeText({ hotline, target, unit, period, by }: FigureChange): string {
  const counts = RESULTS.flatMap((result) => {
    const count = by[result] ?? 0;
    return count === 0 ? [] : [`${count > 0 ? '+' : ''}${count} ${result.replace('_', ' ')}`];
  });
  return `${hotline} ${target}, ${unit} ${period}: ${counts.join(', ')}`;
}
