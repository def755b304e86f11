/**
 * What must not happen on a hotline or on the floor (norm.md sections 2, 4 and 6), as one list that is acknowledged by
 * name. Calls that were not answered are told by their facts; the others stand for as long as they last.
 */
export const BREACH_KINDS = [
  'unanswered',
  'emergency-not-answered',
  'after-hours-not-taken',
  'queue-unstaffed',
  'away',
  'hand-over-gap',
  'blind',
  'call-back-overdue',
] as const;
export type BreachKind = (typeof BREACH_KINDS)[number];

export interface Acknowledgement {
  /** The named user. */
  readonly by: string;
  readonly atMs: number;
}

/** One breach; '' where something does not apply. It holds no number. */
export interface StandingBreach {
  /** Same breach, same id: `pbx/kind/what it is about/since`. */
  readonly id: string;
  readonly kind: BreachKind;
  readonly pbx: string;
  readonly hotline: string;
  readonly queue: string;
  /** The seat's interface. */
  readonly seat: string;
  readonly agent: string;
  /** The call that was not answered. */
  readonly uniqueid: string;
  readonly sinceMs: number;
  /** When it was over; undefined while it lasts. A call that was not answered is over when it is told. */
  readonly untilMs: number | undefined;
  readonly acknowledged: Acknowledgement | undefined;
}
