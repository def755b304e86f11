import type { ReportMaterial } from './report-material.ts';

/** A connection that is made anew takes seconds, and the watch marks what it sees every second. */
const NOTICED_MS = 60_000;

/**
 * Since when nobody watches an exchange, where that lies in a period (until `untilMs`) or before it: the daemon is
 * down, or cannot connect. What happened since then no blind time tells yet. Null where all of the period was watched.
 */
export function unseenSinceMs(
  { seenUntil, knownSinceMs, nowMs }: Pick<ReportMaterial, 'seenUntil' | 'knownSinceMs' | 'nowMs'>,
  pbx: string,
  untilMs: number,
): number | null {
  const seenMs = seenUntil.get(pbx) ?? knownSinceMs;
  // Of a journal that is new all is said by where it begins.
  if (seenMs === undefined) return null;
  return Math.min(nowMs, untilMs) - seenMs > NOTICED_MS ? seenMs : null;
}
