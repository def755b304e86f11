import { maskDigitRuns } from '../lib/mask.ts';
import type { LiveSeat } from '../seats/live.ts';
import { keep } from './keep.ts';
import type { SeatReport } from './report.ts';

/**
 * One seat of the Report. Names of interfaces, and what people write as reasons, may hold somebody's number: shown
 * masked (norm.md section 7).
 */
export function seatRow(seat: LiveSeat, previous: SeatReport | undefined): SeatReport {
  return keep(previous, {
    pbx: seat.pbx,
    seat: maskDigitRuns(seat.interface),
    agent: maskDigitRuns(seat.agent),
    state: seat.state,
    busyWith: seat.busyWith ?? null,
    on: seat.on,
    sinceMs: seat.sinceMs,
    why: maskDigitRuns(seat.why),
    paused: seat.paused,
    pausedReason: maskDigitRuns(seat.pausedReason),
    queues: keep(previous?.queues, [...seat.memberships.keys()]),
  });
}
