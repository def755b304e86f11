import type { CallOpened, QueueEntered } from './facts.ts';
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
}: Omit<CallOpened, 'type' | 'id' | 'pbx' | 'atMs' | 'kind'>): OpenCallState {
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

/** The same of a caller from inside: all that is known is that he stood in a queue. */
export function stateOfStay({ uniqueid, takenUp, test = false, atMs }: QueueEntered): OpenCallState {
  const hours = 'open';
  const said = { hotline: '', hours, test, takenUp, emergency: false, reachedAtMs: atMs } as const;
  return stateOfFacts({ uniqueid, ...said });
}
