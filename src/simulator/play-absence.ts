import { QUEUES, seatOf } from './company.ts';
import type { AbsencePlan } from './plan.ts';
import { type Floor, LOCAL_CONTEXT, type Script } from './play-ring.ts';

/** Puts a seat into every queue it belongs to. */
export function logIn(floor: Floor, seat: string): void {
  const { extension, agent } = seatOf(seat);
  for (const queue of QUEUES) {
    if (!queue.seats.includes(seat)) continue;
    const pair = `Local/${extension}@${LOCAL_CONTEXT}${queue.optimised.includes(seat) ? '' : '/n'}`;
    const via = queue.viaLocal ? pair : seat;
    floor.desk.add(queue.name, { interface: via, stateInterface: seat, name: agent });
  }
}

/** A break, the end of a shift, or a phone that loses the net, from its planned beginning to its planned end. */
export function* playAbsence(floor: Floor, plan: AbsencePlan): Script {
  const { exchange, desk } = floor;
  if (plan.kind === 'break')
    for (const member of desk.membersOf(plan.seat)) desk.pause(member, true, plan.reason);
  if (plan.kind === 'off-duty') for (const member of desk.membersOf(plan.seat)) desk.remove(member);
  if (plan.kind !== 'break') exchange.setReachable(plan.seat, false);
  yield plan.untilMs - plan.atMs;
  if (plan.kind !== 'break') exchange.setReachable(plan.seat, true);
  if (plan.kind === 'off-duty') logIn(floor, plan.seat);
  if (plan.kind === 'break') for (const member of desk.membersOf(plan.seat)) desk.pause(member, false, '');
}
