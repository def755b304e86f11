import type { Membership } from './members.ts';
import type { Seat } from './seat.ts';

/** Paused is who is paused in all queues, for the latest reason; paused in some shows in their rows only. */
export function readMemberships(seat: Seat, memberships: Iterable<Membership>): void {
  seat.memberships.clear();
  let latest: Membership | undefined;
  let isPaused = true;
  for (const membership of memberships) {
    seat.memberships.set(membership.queue, membership);
    if (!membership.paused) isPaused = false;
    else if (!latest || membership.pauseOrder > latest.pauseOrder) latest = membership;
  }
  seat.paused = isPaused && latest !== undefined;
  seat.pausedReason = seat.paused ? (latest?.pausedReason ?? '') : '';
}
