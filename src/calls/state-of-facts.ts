import type { Answer, Fact, Result, Target } from './facts.ts';
import type { OpenCallState } from './call-state.ts';

/**
 * As much of a call as its facts tell, for one whose state is lost: what was decided stands, and nothing else can be
 * known of it any more. Undefined where not even its beginning is among `facts`.
 */
export function stateOfFacts(
  pbx: string,
  uniqueid: string,
  facts: readonly Fact[],
): OpenCallState | undefined {
  const own = facts.filter((fact) => fact.pbx === pbx && 'uniqueid' in fact && fact.uniqueid === uniqueid);
  const opened = own.find((fact) => fact.type === 'call-opened');
  if (!opened) return undefined;
  const { hotline, hours, test, takenUp, emergency, reachedAtMs } = opened;
  const reached: [number, number] = [reachedAtMs, reachedAtMs];
  const scored: Partial<Record<Target, Result>> = {};
  const rangOut: string[] = [];
  let wasUp = false;
  let answer: Answer | undefined;
  let open: OpenCallState['open'];
  for (const fact of own) {
    if (fact.type === 'scored') scored[fact.target] = fact.result;
    else if (fact.type === 'ring-no-answer') rangOut.push(fact.seat);
    else if (fact.type === 'call-decided') {
      wasUp ||= fact.what === 'picked-up';
      answer ??= fact.answer;
    } else if (fact.type === 'queue-entered' && !fact.refused) {
      const { queue, takenUp: joinedUnseen } = fact;
      const started: [number, number] = [startedPbxMs(fact.id, fact.atMs), fact.atMs];
      open = { queue, enteredAs: uniqueid, started, takenUp: joinedUnseen, source: 'hotline' };
    } else if (fact.type === 'queue-ended' && !fact.refused) open = undefined;
  }
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
    wasUp,
    ...(open && { open, asked: open.started }),
    answer,
    scored,
    rangOut,
    channels: [{ id: uniqueid, state: 4, created: reached, inbound: true }],
  };
}

/** The id of a stay in a queue ends in it (`stages.ts`, stageId): by the exchange's clock. */
function startedPbxMs(id: string, atMs: number): number {
  const told = Number(id.split('/').at(-2));
  return Number.isFinite(told) ? told : atMs;
}
