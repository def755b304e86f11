import type { AttemptCall } from './attempt-call.ts';

/** norm.md section 3: "an attempt takes in every call within 3 minutes of its first"; who dials again after 3 minutes makes another. */
export const ATTEMPT_MS = 3 * 60_000;
/** norm.md section 3: a chain ends 24 h after its last call. Hours that pass, not a day of the calendar. */
export const CHAIN_MS = 24 * 3_600_000;

export type AttemptResult = 'through' | 'failed' | 'unknown';

export interface Attempt {
  /** In the order they reached the hotline; at least one. */
  readonly calls: readonly AttemptCall[];
  /** `unknown`: none is known to be through, and of one it is not known. */
  readonly result: AttemptResult;
}

/** The attempts of one caller at one hotline until they got through, or gave up. */
export interface Chain {
  readonly pbx: string;
  readonly hotline: string;
  /** '' for a caller without a number. */
  readonly caller: string;
  readonly state: 'open' | 'through' | 'never';
  /** When its first call reached the hotline: the period it belongs to. */
  readonly reachedAtMs: number;
  /** The end of the first call that got through; for `never`, and while open, 24 h after the last call reached the hotline. */
  readonly endsAtMs: number;
  /** In order; at least one, and none but the last is through. */
  readonly attempts: readonly Attempt[];
  readonly failed: number;
  /** No attempt is `unknown`: only then are its attempts known in number, and its score. */
  readonly certain: boolean;
}

/** The same order for everybody, whatever order the calls are known in. */
export const byReaching = (a: AttemptCall, b: AttemptCall): number =>
  a.reachedAtMs - b.reachedAtMs || compareText(a.pbx, b.pbx) || compareText(a.uniqueid, b.uniqueid);

/** norm.md section 3: self-served, or a person answered; after hours a voicemail too. An emergency is never after hours (section 4). */
export function resultOf(call: AttemptCall): AttemptResult {
  if (call.outcome === 'unknown') return 'unknown';
  if (call.outcome === 'answered' || call.outcome === 'self-served') return 'through';
  return call.outcome === 'voicemail' && call.hours === 'closed' && !call.emergency ? 'through' : 'failed';
}

/**
 * The chains of calls that are over, by hotline and caller (norm.md section 3); the same for the calls in any order,
 * each given once. Everything goes by the instants at which calls reached the hotline: those are known of every call,
 * while one that ended unseen is only known to have ended.
 *
 * A call of unknown outcome is neither a failure nor through, and nothing is guessed of it: it is a call (the chain goes
 * on from it for 24 h), and a chain that hangs on it is not `certain`, so it is in no distribution and no mean.
 */
export function chainsOf(calls: Iterable<AttemptCall>, nowMs: number): readonly Chain[] {
  const callers = Map.groupBy(calls, chainKey);
  const chains = [...callers.values()].flatMap((own) => chainsOfOne(own.toSorted(byReaching), nowMs));
  return chains.toSorted((a, b) => byReaching(firstCall(a), firstCall(b)));
}

/** When time alone next changes a chain; undefined where none is open. */
export function nextEndMs(chains: readonly Chain[]): number | undefined {
  const ends = chains.filter(({ state }) => state === 'open').map(({ endsAtMs }) => endsAtMs);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** A caller without a number is a chain of its own (norm.md section 3). */
function chainKey({ pbx, hotline, caller, uniqueid }: AttemptCall): string {
  return JSON.stringify(caller === '' ? [pbx, hotline, '', uniqueid] : [pbx, hotline, caller]);
}

function chainsOfOne(calls: readonly AttemptCall[], nowMs: number): readonly Chain[] {
  const chains: AttemptCall[][][] = [];
  for (const call of calls) {
    const chain = chains.at(-1);
    const attempt = chain?.at(-1);
    const firstMs = attempt?.[0]?.reachedAtMs ?? -Infinity;
    const lastMs = attempt?.at(-1)?.reachedAtMs ?? -Infinity;
    if (call.reachedAtMs < firstMs + ATTEMPT_MS) attempt?.push(call);
    else if (call.reachedAtMs < lastMs + CHAIN_MS && !attempt?.some(isThrough)) chain?.push([call]);
    else chains.push([[call]]);
  }
  return chains.map((attempts) => chainOf(attempts, nowMs));
}

function chainOf(groups: readonly (readonly AttemptCall[])[], nowMs: number): Chain {
  const attempts = groups.map((calls): Attempt => ({ calls, result: attemptResult(calls) }));
  const calls = groups.flat();
  // A chain is made of at least one call.
  const first = calls[0] as AttemptCall;
  const throughMs = Math.min(...calls.filter(isThrough).map(({ closedAtMs }) => closedAtMs));
  const through = throughMs < Infinity;
  const givenUpMs = (calls.at(-1) ?? first).reachedAtMs + CHAIN_MS;
  return {
    pbx: first.pbx,
    hotline: first.hotline,
    caller: first.caller,
    state: through ? 'through' : nowMs >= givenUpMs ? 'never' : 'open',
    reachedAtMs: first.reachedAtMs,
    endsAtMs: through ? throughMs : givenUpMs,
    attempts,
    failed: attempts.filter(({ result }) => result === 'failed').length,
    certain: attempts.every(({ result }) => result !== 'unknown'),
  };
}

function attemptResult(calls: readonly AttemptCall[]): AttemptResult {
  const results = new Set(calls.map(resultOf));
  return results.has('through') ? 'through' : results.has('unknown') ? 'unknown' : 'failed';
}

const isThrough = (call: AttemptCall): boolean => resultOf(call) === 'through';

// An attempt is made of at least one call, a chain of at least one attempt.
const firstCall = (chain: Chain): AttemptCall => chain.attempts[0]?.calls[0] as AttemptCall;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
