/** From when on the floor is not as it has to be (norm.md section 6). */
export interface FloorRules {
  /** A queue with nobody logged in, unpaused and reachable. */
  readonly unstaffedMs: number;
  /** A seat that cannot be reached without a pause, or is paused for a reason that is not listed. */
  readonly awayMs: number;
  /** What a reason allows, by the reason in lower case. */
  readonly pausesMs: ReadonlyMap<string, number>;
}

/** How long a seat may be paused for this reason. */
export function allowedMs(rules: FloorRules, reason: string): number {
  return rules.pausesMs.get(reason.trim().toLowerCase()) ?? rules.awayMs;
}
