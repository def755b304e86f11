import type { Channel } from './channel.ts';
import type { TalkPlan } from './plan.ts';
import type { Floor } from './play-ring.ts';
import type { Answered } from './play-stage.ts';

/** A talk that is going on. */
export interface Talk {
  readonly startMs: number;
  readonly plan: TalkPlan;
  readonly answered: Answered;
}

/** The queue notes the end of the seat's part in a talk; a talk that came out of no queue has nobody to note it. */
export function completeTalk(
  floor: Floor,
  caller: Channel | undefined,
  talk: Talk,
  reason: 'caller' | 'agent' | 'transfer',
): void {
  const { leg, holdS } = talk.answered;
  if (!leg.member) return;
  const talkMs = floor.exchange.nowMs - talk.startMs;
  floor.desk.agentComplete(leg.member, caller, leg.facing, { holdS, talkMs, reason });
}
