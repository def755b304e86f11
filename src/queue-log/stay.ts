import type { Fact, QueueEntered } from '../calls/facts.ts';
import {
  type Between,
  both,
  exactly,
  instantOf,
  lengthOf,
  lengthOfWhole,
  middleOf,
  secondOf,
} from './log-time.ts';
import type { LoggedCall, LoggedStage } from './queue-log-calls.ts';

/** A caller's stay in a queue: what the log says of it, and what we saw of its beginning. Instants are on our clock. */
export interface Stay {
  readonly logged: LoggedStage;
  readonly entered: QueueEntered | undefined;
  readonly started: Between;
  /** The best that is known of it. */
  readonly startedAtMs: number;
  /** Undefined where the log tells of no end. */
  readonly end: { readonly at: Between; readonly atMs: number; readonly wait: Between } | undefined;
}

/** The log's second against the instant we saw. */
const SAME_MS = 2500;

/** The stays of a call, each with the `queue-entered` that is known of it. */
export function staysOf(call: LoggedCall, facts: readonly Fact[], aheadMs: number): readonly Stay[] {
  const left = facts.filter((fact) => fact.type === 'queue-entered' && !fact.refused) as QueueEntered[];
  return call.stages.map((logged) => {
    const loggedMs = instantOf(logged.enteredAtS, aheadMs);
    const apart = ({ atMs }: QueueEntered): number => Math.abs(atMs - loggedMs);
    const [entered] = left
      .filter((fact) => fact.queue === logged.queue && apart(fact) < SAME_MS)
      .toSorted((a, b) => apart(a) - apart(b));
    if (entered !== undefined) left.splice(left.indexOf(entered), 1);
    return stayOf(logged, entered, aheadMs);
  });
}

function stayOf(logged: LoggedStage, entered: QueueEntered | undefined, aheadMs: number): Stay {
  // One found in line is known by its wait in whole seconds.
  const isExact = entered !== undefined && !entered.takenUp && !isLogged(entered);
  const started = isExact ? exactly(entered.atMs) : secondOf(logged.enteredAtS, aheadMs);
  const startedAtMs = entered?.atMs ?? instantOf(logged.enteredAtS, aheadMs);
  const { endedAtS, waitS } = logged;
  if (endedAtS === undefined || waitS === undefined)
    return { logged, entered, started, startedAtMs, end: undefined };
  const at = secondOf(endedAtS, aheadMs);
  const wait = both(lengthOf(started, at), lengthOfWhole(waitS));
  const likely = isExact ? middleOf(wait) : waitS * 1000;
  return { logged, entered, started, startedAtMs, end: { at, wait, atMs: startedAtMs + likely } };
}

/** What we saw has the exchange's microseconds in its id, what was made of the log a whole second. */
const isLogged = ({ id }: QueueEntered): boolean => Number(id.split('/').at(-2)) % 1000 === 0;

export const waitMsOf = ({ startedAtMs, end }: Stay): number | undefined =>
  end && Math.max(0, end.atMs - startedAtMs);
