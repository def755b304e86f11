import type { LeftCall } from '../../src/calls/resume.ts';
import type { WatchedCalls } from './watched-calls.ts';

/** What the journal holds of calls that are not over, read back: it keeps each that a fact was told of. */
export function leftOpen({ exchange, facts }: WatchedCalls): readonly LeftCall[] {
  const left = new Map<string, LeftCall>();
  for (const fact of facts) {
    if (!('uniqueid' in fact)) continue;
    const state = exchange.openCallState(fact.uniqueid);
    const uniqueid = state?.channels[0]?.id;
    if (uniqueid !== undefined)
      left.set(uniqueid, { uniqueid, state: JSON.parse(JSON.stringify(state)) as unknown });
  }
  return [...left.values()];
}
