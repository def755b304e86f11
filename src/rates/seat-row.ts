import { maskDigitRuns } from '../lib/mask.ts';
import type { LiveSeat } from '../seats/live.ts';
import { keep } from './keep.ts';
import type { SeatReport } from './report.ts';

/** What is shown of a seat, before anything of it is masked. */
type Shown = Omit<LiveSeat, 'pbx' | 'interface' | 'intervalFromMs' | 'memberships'>;

/** One seat of the Report, made anew only where something of it changed. */
export class SeatRow {
  private shown: Shown | undefined;
  private queues: readonly string[] = [];
  private row: SeatReport | undefined;

  build(seat: LiveSeat): SeatReport {
    const { row } = this;
    if (row !== undefined && this.shows(seat)) return row;
    const { agent, state, busyWith, on, sinceMs, why, paused, pausedReason } = seat;
    this.shown = { agent, state, busyWith, on, sinceMs, why, paused, pausedReason };
    this.queues = keep(this.queues, [...seat.memberships.keys()]);
    this.row = keep(row, rowOf(seat, this.queues));
    return this.row;
  }

  private shows(seat: LiveSeat): boolean {
    const { shown } = this;
    return (
      shown !== undefined &&
      shown.state === seat.state &&
      shown.sinceMs === seat.sinceMs &&
      shown.agent === seat.agent &&
      shown.busyWith === seat.busyWith &&
      shown.on === seat.on &&
      shown.why === seat.why &&
      shown.paused === seat.paused &&
      shown.pausedReason === seat.pausedReason &&
      this.areItsQueues(seat)
    );
  }

  private areItsQueues({ memberships }: LiveSeat): boolean {
    if (memberships.size !== this.queues.length) return false;
    let index = 0;
    for (const queue of memberships.keys()) if (queue !== this.queues[index++]) return false;
    return true;
  }
}

/**
 * Names of interfaces, and what people write as reasons, may hold somebody's number: shown masked (norm.md section 7).
 */
function rowOf(seat: LiveSeat, queues: readonly string[]): SeatReport {
  return {
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
    queues,
  };
}
