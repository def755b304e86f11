import type { CallOpened } from './facts.ts';
import type { OpenCallState } from './call-state.ts';

/** The state of a call of which nothing but its facts is left: whatever else there was, nobody can know any more. */
export function stateOfFacts({
  uniqueid,
  hotline,
  hours,
  test,
  takenUp,
  emergency,
  reachedAtMs,
}: CallOpened): OpenCallState {
  const reached: [number, number] = [reachedAtMs, reachedAtMs];
  return {
    version: 1,
    hotline,
    hours,
    test,
    takenUp,
    emergency,
    reached,
    perhapsAnswered: true,
    askedUnseen: true,
    channels: [{ id: uniqueid, state: 4, created: reached, inbound: true }],
  };
}
