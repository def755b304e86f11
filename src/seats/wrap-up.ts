import type { AgentCompleted } from '../ami/pbx-event.ts';
import type { PbxDefinition } from '../hotlines/definition.ts';
import type { Leg } from './leg.ts';
import type { Seat } from './seat.ts';

/** The exchange's own wrap-up times of queues in s; a queue that is not configured, or has none, is absent. */
export type QueueWrapUps = ReadonlyMap<string, number>;

export const queueWrapUpsOf = (pbx: PbxDefinition): QueueWrapUps =>
  new Map(pbx.queues.map(({ name, wrapupS }) => [name, wrapupS ?? 0]));

/** AgentComplete comes from another thread than the Hangup: this long after it, it still speaks of that talk. */
const COMPLETE_LAG_MS = 5000;
const WHOLE_SECOND_MS = 1000;

/**
 * A leg of a queue's call ended: wrap-up runs from when it was last with anybody, as app_queue does it
 * (`update_queue` at the end of the talk, a consultation or transfer included).
 */
export function wrapUpAfterLeg(leg: Leg, goneAtMs: number, queues: QueueWrapUps): void {
  if (leg.servedQueue === '') return;
  const { seat } = leg;
  seat.wrappedCaller = leg.servedCaller;
  begin(seat, leg.servedQueue, leg.apartSinceMs ?? goneAtMs, queues);
  leg.servedQueue = '';
}

/** The queue says that the talk is over: news only where its channel was never seen as a leg of the queue. */
export function wrapUpAfterComplete(seat: Seat, event: AgentCompleted, queues: QueueWrapUps): void {
  if (event.uniqueid === '' ? wrapsUpAlready(seat, event) : isWrapped(seat, event)) return;
  seat.wrappedCaller = event.uniqueid;
  const late = event.atMs - seat.lastLegMs < COMPLETE_LAG_MS;
  begin(seat, event.queue, late ? seat.lastLegMs : event.atMs, queues);
}

function isWrapped(seat: Seat, { uniqueid }: AgentCompleted): boolean {
  return seat.wrappedCaller === uniqueid || seat.legs.some(({ servedCaller }) => servedCaller === uniqueid);
}

/** After the caller's Hangup AgentComplete names no caller any more (recorded): then the instant says which talk it is. */
const wrapsUpAlready = (seat: Seat, { queue, atMs }: AgentCompleted): boolean =>
  seat.wrapUp?.queue === queue && atMs - seat.wrapUp.fromMs < COMPLETE_LAG_MS;

/** Found while nothing was heard: the member's last talk ended at `endedMs`, says the snapshot. */
export function wrapUpSince(
  seat: Seat,
  queue: string,
  at: { readonly endedMs: number; readonly nowMs: number },
  queues: QueueWrapUps,
): void {
  // The exchange's clock was set back since: when that was nobody knows.
  if (at.endedMs > at.nowMs + WHOLE_SECOND_MS) return;
  begin(seat, queue, at.endedMs, queues);
}

/** The member's own time, else the queue's; where neither is known the seat is idle, never guessed. */
function begin(seat: Seat, queue: string, fromMs: number, queues: QueueWrapUps): void {
  const membership = seat.memberships.get(queue);
  if (!membership) return;
  const seconds = membership.wrapupS || queues.get(queue);
  if (!seconds) return;
  const untilMs = fromMs + seconds * 1000;
  if (seat.wrapUp && seat.wrapUp.untilMs >= untilMs) return;
  seat.wrapUp = { queue, seconds, fromMs, untilMs };
}
