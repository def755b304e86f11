const LATEST_MS = 8.64e15;

/** ISO 8601 in UTC; cut, not rounded, so that nothing begins after it happened. Null for what is no instant. */
export function isoOf(ms: number | null | undefined): string | null {
  if (ms === null || ms === undefined || !(Math.abs(ms) <= LATEST_MS)) return null;
  return new Date(Math.floor(ms)).toISOString();
}
