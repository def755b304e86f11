import { allTogether, GOOD_LEAVE, judged, NO_LEAVE, UNSEEN_LEAVE, type LeaveCheck } from './leave.ts';
import { isUnseenIn, stretchAt, type Absence, type Stretch, type Timeline } from './presence.ts';
import type { RosterSeat } from './roster.ts';

/**
 * A seat left in the middle of a shift (a meal, a pause). The exchange does not know who stands in for whom, so anybody
 * who takes calls of the same queue is a successor, and a queue in which nobody is left is the finding. A phone in no
 * queue is not judged.
 */
export function checkBreak(seat: RosterSeat, gap: Absence, others: readonly Timeline[]): LeaveCheck {
  const queues = gap.before?.queues ?? [];
  if (queues.length === 0) return NO_LEAVE;
  if (!gap.leavingIsSeen) return UNSEEN_LEAVE;
  const { unseen, findings } = allTogether(queues.map((queue) => checkQueue(queue, seat, gap, others)));
  if (findings.length > 0) return { judged: 1, unseen: 0, findings };
  return unseen > 0 ? UNSEEN_LEAVE : GOOD_LEAVE;
}

function checkQueue(
  queue: string,
  { pbx, seat, agent }: RosterSeat,
  gap: Absence,
  others: readonly Timeline[],
): LeaveCheck {
  const { fromMs, untilMs, before, after, reason } = gap;
  const inQueue = others.filter((line) => mayTakeCalls(line, queue));
  if (inQueue.some((line) => takesCalls(stretchAt(line, fromMs), queue))) return GOOD_LEAVE;
  const arrivals = inQueue.flatMap(({ stretches }) =>
    stretches.filter((one) => one.fromMs > fromMs && takesCalls(one, queue)),
  );
  const firstMs = Math.min(untilMs, ...arrivals.map((one) => one.fromMs));
  // Somebody may have stood in, or the seat itself have been back, where we did not look.
  if (!gap.isSeen || inQueue.some((line) => isUnseenIn(line, fromMs, firstMs))) return UNSEEN_LEAVE;
  const isRelieved = firstMs < untilMs || after !== undefined;
  return judged({
    when: 'break',
    pbx,
    seat,
    agent: before?.agent || agent,
    reason,
    leftAtMs: fromMs,
    successorSeat: '',
    successor: '',
    queue,
    relievedAtMs: isRelieved ? firstMs : undefined,
    gapMs: firstMs - fromMs,
  });
}

/** Of a seat that was never seen to be there nobody knows the queues. */
function mayTakeCalls({ queues, stretches }: Timeline, queue: string): boolean {
  return queues.has(queue) || stretches.every(({ presence }) => presence !== 'there');
}

function takesCalls(stretch: Stretch | undefined, queue: string): boolean {
  return stretch?.presence === 'there' && stretch.queues.includes(queue);
}
