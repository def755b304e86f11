import type { KeptSubject } from '../rates/kept-sums.ts';

type Sums = Readonly<Record<string, number>>;

/**
 * What the counters had told of a series before a restart: its sum since ever, without what was only known afterwards,
 * and with what that has replaced (`told-` rows hold the difference). A counter that fell, were it by one, would be
 * read by Prometheus as one that began anew, and all of it counted a second time.
 */
export function toldOf(kept: KeptSubject): (series: string) => Sums {
  return (series) => {
    const sums: Record<string, number> = { ...kept.ever(series) };
    for (const [column, value] of Object.entries(kept.ever(`told-${series}`))) {
      sums[column] = (sums[column] ?? 0) + value;
    }
    return sums;
  };
}
