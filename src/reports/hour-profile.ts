import type { HoursDefinition } from '../hotlines/definition.ts';
import type { Period } from '../hotlines/hours.ts';
import { LocalDay } from '../hotlines/local-day.ts';
import { sumPeriodOf } from '../store/sum-periods.ts';
import type { SumKey } from '../store/sums.ts';
import type { HourFigures } from './document-hotline.ts';
import { missedOf } from './period-figures.ts';
import { countOf, type SumTable } from './sum-table.ts';

/** What the profile is made of. */
export const PROFILE_SERIES: readonly string[] = ['volume', 'figures'];

type Counted = { -readonly [Key in keyof HourFigures]: HourFigures[Key] };

/**
 * The profile of a hotline by the hour its wall clock shows. Both passes of an hour that a clock put back repeats are
 * one hour of the profile; one that is leapt over has no calls. A shift shows its own hours in order of time.
 */
export function hourProfile(
  hotline: Pick<SumKey, 'pbx' | 'name'>,
  hours: HoursDefinition,
  pieces: readonly Period[],
  table: SumTable,
  isShift: boolean,
): readonly HourFigures[] {
  const rows = new Map<number, Counted>();
  if (!isShift) for (let hour = 0; hour < 24; hour++) rows.set(hour, emptyHour(hour));
  const subject = { pbx: hotline.pbx, subject: 'hotline', name: hotline.name } as const;
  let day: LocalDay | undefined;
  for (const { fromMs, untilMs } of pieces) {
    for (let atMs = fromMs; atMs < untilMs;) {
      const period = sumPeriodOf(hours, 'hour', atMs);
      // Looked up once a day: it is calendar arithmetic.
      if (day?.holds(period.fromMs) !== true) day = LocalDay.at(hours.zone, period.fromMs);
      const hour = Math.floor(day.wallMinute(period.fromMs) / 60);
      const row = rows.get(hour) ?? emptyHour(hour);
      rows.set(hour, row);
      const volume = table.sumsOf({ ...subject, series: 'volume' }, period);
      const figures = table.sumsOf({ ...subject, series: 'figures' }, period);
      row.calls += VOLUME_COLUMNS.reduce((sum, column) => sum + countOf(volume, column), 0);
      row.offered += countOf(figures, 'asked');
      row.answered += countOf(figures, 'answered');
      row.missed += missedOf(figures);
      row.setAside += countOf(figures, 'setAside');
      row.shared ||= period.fromMs < fromMs || period.untilMs > untilMs;
      atMs = period.untilMs;
    }
  }
  return [...rows.values()];
}

/** A call found in mid-life reached the hotline in its hour as any other. */
const VOLUME_COLUMNS = ['reached-open', 'reached-closed', 'takenUp'] as const;

const emptyHour = (hour: number): Counted => ({
  hour,
  calls: 0,
  offered: 0,
  answered: 0,
  missed: 0,
  setAside: 0,
  shared: false,
});
