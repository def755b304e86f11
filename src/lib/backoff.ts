export interface BackoffLimits {
  readonly firstMs: number;
  readonly capMs: number;
}

/**
 * How long to wait before the next try: nothing before the first, then doubling up to the cap, the upper half of it
 * drawn by `jitter` (0 to 1) so that many watchers do not come back at one instant.
 */
export function backoffMs(failures: number, jitter: number, limits: BackoffLimits): number {
  if (failures <= 0) return 0;
  const full = Math.min(limits.capMs, limits.firstMs * 2 ** Math.min(failures - 1, 30));
  return full / 2 + (full / 2) * jitter;
}
