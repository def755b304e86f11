import type { LeftCall } from '../../src/calls/resume.ts';
import type { WatchedCalls } from './watched-calls.ts';

/** What the journal holds of calls that are not over, read back: it keeps each that a fact was told of. */
export function leftOpen({ exchange, facts }: WatchedCalls): readonly LeftCall[] {
  const touched = facts.flatMap((fact) => ('uniqueid' in fact ? [fact.uniqueid] : []));
  return [...exchange.openCallStates(touched)].map((state) => ({
    uniqueid: state.channels[0]?.id ?? '',
    state: JSON.parse(JSON.stringify(state)) as unknown,
  }));
}
