import type { AbsencePlan } from './plan.ts';
import type { Floor, Script } from './play-ring.ts';

/** Puts a seat into every queue it belongs to. */
export function logIn({ desk, posts }: Floor, seat: string): void {
  for (const [queue, wish] of posts.ofSeat(seat)) desk.add(queue, wish);
}

/** A break, the end of a shift, or a phone that loses the net, from its planned beginning to its planned end. */
export function* playAbsence(floor: Floor, plan: AbsencePlan): Script {
  const { exchange, desk } = floor;
  // Who is paused by a leader stays so, and for that reason.
  const resting = plan.kind === 'break' ? desk.membersOf(plan.seat).filter(({ paused }) => !paused) : [];
  for (const member of resting) desk.pause(member, true, plan.reason);
  if (plan.kind === 'off-duty') for (const member of desk.membersOf(plan.seat)) desk.remove(member);
  if (plan.kind !== 'break') exchange.setReachable(plan.seat, false);
  yield plan.untilMs - plan.atMs;
  if (plan.kind !== 'break') exchange.setReachable(plan.seat, true);
  if (plan.kind === 'off-duty') logIn(floor, plan.seat);
  for (const member of resting) {
    const isStill = desk.membersOf(plan.seat).includes(member);
    if (isStill && member.paused && member.pausedReason === plan.reason) desk.pause(member, false, '');
  }
}
