import { attemptCallOf, type AttemptCall, type OutboundTry } from '../../src/attempts/attempt-call.ts';
import { callBackSharesOf } from '../../src/attempts/call-back-share.ts';
import { callBackSummaryOf } from '../../src/attempts/call-back-summary.ts';
import { callBacksOf } from '../../src/attempts/call-backs.ts';
import { chainsOf } from '../../src/attempts/chain.ts';
import { lostCallersOf } from '../../src/attempts/not-reached.ts';
import { numberForm } from '../../src/attempts/number-form.ts';
import { attemptSharesOf } from '../../src/attempts/score.ts';
import { changedShares } from '../../src/attempts/share.ts';
import type { Fact } from '../../src/calls/facts.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import type { ReportSources } from '../../src/reports/report-sources.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import type { SeatSpan } from '../../src/roster/presence.ts';
import { callRowOf } from '../../src/store/call-row.ts';
import type { BreachedCall } from '../../src/store/report-reads.ts';
import { rules } from '../attempts/histories.ts';
import { storedCalls } from '../explain/simulated-day.ts';
import { NUMBERS } from '../store/keys.ts';
import { keptSources, sumsOf } from './kept-sources.ts';

interface Told {
  readonly definition: WatchDefinition;
  readonly facts: readonly Fact[];
  readonly sinceMs: number;
  readonly nowMs: number;
  readonly running: readonly SeatSpan[];
}

/** What a report reads, straight from the facts by the pure functions: no journal, no table, no thread. */
export function toldSources({ definition, facts, sinceMs, nowMs, running }: Told): ReportSources {
  const { calls, tries } = callersOf(facts);
  const chains = chainsOf(calls, nowMs);
  const zone = definition.hotlines[0]?.hours.zone ?? 'UTC';
  const callBacks = [...new Set(calls.map(({ caller }) => caller))]
    .filter((caller) => caller !== '')
    .flatMap((caller) => {
      const isOwn = (one: { readonly caller: string }): boolean => one.caller === caller;
      return callBacksOf(
        { calls: calls.filter(isOwn), outbounds: tries.filter(isOwn), closings: [] },
        rules({}, zone),
      );
    });
  const summaries = callBacks.map(callBackSummaryOf);
  const shares = changedShares([], [...attemptSharesOf(chains), ...callBackSharesOf(summaries)]);
  return keptSources(sumsOf(definition, facts, shares), {
    knownSinceMs: async () => sinceMs,
    seenUntil: async () => new Map([[PRACTICE_PBX, nowMs]]),
    blindTimes: async (fromMs, untilMs) =>
      facts
        .filter((fact) => fact.type === 'blind')
        .filter((blind) => blind.fromMs < untilMs && blind.untilMs > fromMs),
    breachedCalls: async (fromMs, untilMs) =>
      breachedCallsOf(facts).filter(({ call }) => call.reachedAtMs >= fromMs && call.reachedAtMs < untilMs),
    openCallBacks: async () =>
      summaries.filter(({ end }) => end === null).toSorted((a, b) => a.openedAtMs - b.openedAtMs),
    lostCallers: async (fromMs, untilMs) => {
      const within = chains.filter(({ reachedAtMs }) => reachedAtMs >= fromMs && reachedAtMs < untilMs);
      const groups = Map.groupBy(within, ({ pbx, hotline }) => JSON.stringify([pbx, hotline]));
      return [...groups.values()].flatMap((own) => {
        const [first] = own;
        const lost = lostCallersOf(own);
        return first === undefined || lost.failedCalls === 0
          ? []
          : [{ pbx: first.pbx, hotline: first.hotline, ...lost }];
      });
    },
    seatSpans: async () => [...facts.filter((fact) => fact.type === 'seat-interval'), ...running],
  });
}

function callersOf(facts: readonly Fact[]): { calls: AttemptCall[]; tries: OutboundTry[] } {
  const callers = new Map<string, string>();
  for (const fact of facts) {
    if (fact.type !== 'caller-heard') continue;
    callers.set(fact.uniqueid, numberForm(fact.number.reveal(), NUMBERS) ?? '');
  }
  const calls: AttemptCall[] = [];
  const tries: OutboundTry[] = [];
  for (const fact of facts) {
    if (fact.type === 'call-closed') {
      const call = attemptCallOf(fact.record, callers.get(fact.record.uniqueid) ?? '');
      if (call !== undefined) calls.push(call);
    } else if (fact.type === 'outbound-ended') {
      const caller = numberForm(fact.number.reveal(), NUMBERS);
      const { pbx, uniqueid, agent, startedAtMs, atMs: endedAtMs, answered, talkMs } = fact;
      if (caller !== undefined)
        tries.push({ pbx, uniqueid, caller, agent, startedAtMs, endedAtMs, answered, talkMs });
    }
  }
  return { calls, tries };
}

function breachedCallsOf(facts: readonly Fact[]): readonly BreachedCall[] {
  return storedCalls(facts).flatMap(({ row, facts: own }) => {
    const call = callRowOf(
      row,
      own.filter((fact) => fact.type !== 'caller-heard').map((fact) => ({ fact, source: 'seen' })),
    );
    return own.flatMap((fact) => (fact.type === 'breach' ? [{ call, breach: fact.breach }] : []));
  });
}
