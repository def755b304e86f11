import type { LeftCall } from '../../src/calls/resume.ts';
import type { WatchedCalls } from './watched-calls.ts';

/** What the journal holds of calls that are not over, read back: it keeps each that something was heard of. */
export function leftOpen({ exchange, touched }: WatchedCalls): readonly LeftCall[] {
  return [...exchange.openCallStates(touched)].map(({ uniqueid, state }) => ({
    uniqueid,
    state: JSON.parse(JSON.stringify(state)) as unknown,
  }));
}
