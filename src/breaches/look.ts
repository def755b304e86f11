import type { Report } from '../rates/report.ts';
import type { SeatSpan } from '../roster/presence.ts';
import type { LiveSeat } from '../seats/live.ts';

/** A caller who should have been called back by now. */
export interface OverdueCallBack {
  readonly id: string;
  readonly pbx: string;
  readonly hotline: string;
  readonly dueAtMs: number;
}

/** Everything as it is at one instant. */
export interface FloorLook {
  readonly nowMs: number;
  readonly report: Report;
  readonly seats: readonly LiveSeat[];
  /** What every seat does now, for as long as it has. */
  readonly spans: readonly SeatSpan[];
  readonly overdue: readonly OverdueCallBack[];
}

/** A breach as a rule finds it: what it is about, and since when. */
export interface Finding {
  readonly pbx: string;
  readonly hotline?: string;
  readonly queue?: string;
  readonly seat?: string;
  readonly agent?: string;
  /** Tells it from others of its kind that began at the same instant. */
  readonly about: string;
  readonly sinceMs: number;
  /** It is over. */
  readonly untilMs?: number;
}
