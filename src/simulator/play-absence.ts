import type { AbsencePlan } from './plan.ts';
import type { Floor, Script } from './play-ring.ts';

/** Puts a seat into every queue it belongs to. */
export function logIn({ desk, posts }: Floor, seat: string): void {
  for (const [queue, wish] of posts.ofSeat(seat)) desk.add(queue, wish);
}

/** A break, the end of a shift, or a phone that loses the net, from its planned beginning to its planned end. */
export function* playAbsence(floor: Floor, plan: AbsencePlan): Script {
  const { exchange, desk, posts } = floor;
  // Who is paused by a leader stays so, and for that reason.
  const isBreak = plan.kind === 'break';
  for (const member of desk.membersOf(plan.seat))
    if (isBreak && !member.paused) desk.pause(member, true, plan.reason);
  if (plan.kind === 'off-duty') for (const member of desk.membersOf(plan.seat)) desk.remove(member);
  if (plan.kind !== 'break') exchange.setReachable(plan.seat, false);
  yield plan.untilMs - plan.atMs;
  if (plan.kind !== 'break') exchange.setReachable(plan.seat, true);
  if (plan.kind === 'off-duty') logIn(floor, plan.seat);
  for (const member of desk.membersOf(plan.seat)) {
    if (!isBreak || !member.paused || member.pausedReason !== plan.reason) continue;
    desk.pause(member, false, '');
    posts.change(member.queue.settings.name, plan.seat, { paused: false, reason: '' });
  }
}
