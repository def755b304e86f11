import type { HoursDefinition } from '../hotlines/definition.ts';
import { spanOf } from './report-material.ts';
import { piecesOfPeriod, REPORT_KINDS, reportPeriodAt, type ReportPeriod } from './report-period.ts';

export interface EndedPeriod extends ReportPeriod {
  /** Unix ms; exclusive: the next one begins here. */
  readonly endedAtMs: number;
}

/**
 * Every shift, day, month and quarter of the company that ended in (afterMs, untilMs], in the order they ended; at one
 * instant the shorter first. Without shifts there are none of those.
 */
export function endedPeriods(
  hours: HoursDefinition,
  { afterMs, untilMs }: { readonly afterMs: number; readonly untilMs: number },
): readonly EndedPeriod[] {
  const kinds = REPORT_KINDS.filter((kind) => kind !== 'shift' || hours.shifts.length > 0);
  const ended = kinds.flatMap((kind) => {
    const own: EndedPeriod[] = [];
    for (let atMs = afterMs; ;) {
      const period = reportPeriodAt(hours, kind, atMs);
      const endedAtMs = spanOf(piecesOfPeriod(hours, period))?.untilMs;
      if (endedAtMs === undefined || endedAtMs <= atMs || endedAtMs > untilMs) return own;
      own.push({ ...period, endedAtMs });
      atMs = endedAtMs;
    }
  });
  return ended.toSorted(
    (a, b) => a.endedAtMs - b.endedAtMs || REPORT_KINDS.indexOf(a.kind) - REPORT_KINDS.indexOf(b.kind),
  );
}
