import type { SeatSpan } from './roster/presence.ts';
import type { LiveSeat } from './seats/live.ts';
import { postsOf } from './seats/memberships.ts';

/** What every seat does now, as the fact will tell it when it is over. */
export function runningSpans(seats: readonly LiveSeat[], nowMs: number): readonly SeatSpan[] {
  return seats.map(({ pbx, interface: seat, agent, state, pausedReason, intervalFromMs, memberships }) => ({
    pbx,
    seat,
    agent,
    state,
    // Of a pause alone, as its fact has it.
    reason: state === 'paused' ? pausedReason : '',
    fromMs: intervalFromMs,
    atMs: nowMs,
    ...postsOf(memberships),
  }));
}
