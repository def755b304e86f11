import type { SeatBusyWith, SeatState } from '../calls/facts.ts';

/** What the seats' state shows to the report: one entry a seat, mutated in place by its owner, read by others. */
export interface LiveSeat {
  readonly pbx: string;
  readonly interface: string;
  readonly agent: string;
  readonly state: SeatState;
  readonly busyWith: SeatBusyWith;
  /** Queue or hotline it is busy for, '' for none. */
  readonly on: string;
  readonly sinceMs: number;
  /** Where its running interval began, this state's or a later change of person or queues: facts tell what was before. */
  readonly intervalFromMs: number;
  readonly why: string;
  readonly paused: boolean;
  readonly pausedReason: string;
  /** Queue -> raw member status (0..8) and pause, for the per-queue rows. */
  readonly memberships: ReadonlyMap<string, { readonly status: number; readonly paused: boolean }>;
}
