import type { Membership } from './members.ts';
import type { Seat } from './seat.ts';

/** The queues a seat is a member of, and those of them it is paused in. */
export interface Posts {
  readonly queues: readonly string[];
  readonly pausedIn: readonly string[];
}

export const NO_POSTS: Posts = Object.freeze({ queues: Object.freeze([]), pausedIn: Object.freeze([]) });

/** Memberships by queue, as a seat shows them, in short. */
export function postsOf(memberships: ReadonlyMap<string, { readonly paused: boolean }>): Posts {
  const queues = [...memberships.keys()];
  return { queues, pausedIn: queues.filter((queue) => memberships.get(queue)?.paused === true) };
}

export function areSamePosts(one: Posts, other: Posts): boolean {
  return areSame(one.queues, other.queues) && areSame(one.pausedIn, other.pausedIn);
}

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

const areSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((queue, index) => queue === other[index]);
