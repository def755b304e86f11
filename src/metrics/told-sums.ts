import type { KeptPeriod, KeptSubject } from '../rates/kept-sums.ts';

type Sums = Readonly<Record<string, number>>;

/**
 * What the counters had told of a series before a restart: its sum since ever, without what was only known afterwards,
 * and with what that has replaced (`told-` rows hold the difference). A counter that fell, were it by one, would be
 * read by Prometheus as one that began anew, and all of it counted a second time.
 */
export function toldOf(kept: KeptSubject): (series: string) => Sums {
  return (series) => added(kept.ever(series), kept.ever(`told-${series}`));
}

/** The same of the periods that were kept: each with what the counters had told in it. */
export function toldIn(kept: KeptSubject, series: string): readonly KeptPeriod[] {
  const known = kept.periods(series);
  const told = kept.periods(`told-${series}`);
  const isOf = (one: KeptPeriod) => (other: KeptPeriod) =>
    one.unit === other.unit && one.span.fromMs === other.span.fromMs;
  // All that was seen may be known otherwise by now: then only what was told is left.
  const alone = told.filter((one) => !known.some(isOf(one)));
  return [...known, ...alone.map((one) => ({ ...one, sums: {} }))].map((period) => ({
    ...period,
    sums: added(period.sums, told.find(isOf(period))?.sums ?? {}),
  }));
}

function added(sums: Sums, more: Sums): Sums {
  const all: Record<string, number> = { ...sums };
  for (const [column, value] of Object.entries(more)) all[column] = (all[column] ?? 0) + value;
  return all;
}
