/** Why a person says that a call-back is done with. */
export const CLOSING_REASONS = ['could-not-be-reached', 'reached-otherwise', 'not-wanted', 'other'] as const;
export type ClosingReason = (typeof CLOSING_REASONS)[number];

/** A leader closed a call-back, with a reason and by name (norm.md section 4). */
export interface CallBackClosing {
  readonly caller: string;
  readonly atMs: number;
  readonly by: string;
  readonly reason: ClosingReason;
  /** In their own words; may be ''. */
  readonly note: string;
}
