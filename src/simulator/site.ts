/** Where the practice company sits. None of these zones has daylight saving time, so that its day needs no calendar. */
export interface PracticeSite {
  readonly zone: string;
  readonly offsetMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const SHANGHAI: PracticeSite = { zone: 'Asia/Shanghai', offsetMs: 8 * HOUR_MS };
const SITES: readonly PracticeSite[] = [
  SHANGHAI,
  { zone: 'America/Sao_Paulo', offsetMs: -3 * HOUR_MS },
  { zone: 'Pacific/Port_Moresby', offsetMs: 10 * HOUR_MS },
];
/** Local minutes in which a start shows an open company for a while yet. */
const LIVELY = { fromMin: 8 * 60, untilMin: 19 * 60 } as const;

/** Minute of the local day, with its fraction. */
export function localMinute(site: PracticeSite, atMs: number): number {
  return ((atMs + site.offsetMs) % DAY_MS) / 60_000;
}

/** A site where it is day at this instant, so that a demo shows work at whatever hour it is started. */
export function siteInDaylight(atMs: number): PracticeSite {
  const isLively = (site: PracticeSite): boolean => {
    const minute = localMinute(site, atMs);
    return minute >= LIVELY.fromMin && minute < LIVELY.untilMin;
  };
  return SITES.find(isLively) ?? SHANGHAI;
}
