import type { Fact } from '../../src/calls/facts.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { HABITS, INCIDENTS, planIncidents } from '../../src/simulator/faults.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { callRowOf } from '../../src/store/call-row.ts';
import { decodeBody, encodeBody, type StoredFact } from '../../src/store/compact.ts';
import { homeOf } from '../../src/store/fact-home.ts';
import type { StoredCall } from '../../src/store/ports.ts';
import { WatchedExchange } from '../simulation/watched-exchange.ts';

const MINUTE_MS = 60_000;
const LAST_CALL_MS = 40 * MINUTE_MS;

export interface SimulatedDay {
  /** As the journal has them: through its text and back. */
  readonly calls: readonly StoredCall[];
  /** Of everybody who called, in clear. */
  readonly numbers: readonly string[];
}

/** Some two hundred calls within an hour of a seeded day of the practice company, begun at any minute of a week. */
export function simulatedDay(definition: WatchDefinition, seed: number, faults: boolean): SimulatedDay {
  const random = seededRandom(seed);
  const startMs = Date.UTC(2026, 10, 16) + random.between(0, 7 * 1440 - 1) * MINUTE_MS;
  const untilMs = startMs + 60 * MINUTE_MS;
  const incidents = faults
    ? planIncidents(random, { fromMs: startMs + MINUTE_MS, untilMs }, random.between(1, 6), INCIDENTS)
    : [];
  const habits = faults ? HABITS : [];
  const watched = new WatchedExchange({ definition, seed, startMs, callsPerHour: 250, incidents, habits });
  watched.advanceTo(untilMs);
  watched.pbx.stopTraffic();
  watched.advanceTo(untilMs + LAST_CALL_MS);
  return {
    calls: storedCalls(watched.book.facts),
    numbers: watched.book.ledger.entries
      .map(({ plan }) => plan.caller)
      .filter((number) => number.length >= 5),
  };
}

/** The calls of an exchange's facts, as the journal keeps and gives them back. */
export function storedCalls(facts: readonly Fact[]): readonly StoredCall[] {
  const calls = new Map<string, StoredFact[]>();
  for (const fact of facts) {
    if (fact.type === 'caller-heard') continue;
    const home = homeOf(fact);
    if (home.table === 'call') {
      const own = calls.get(home.uniqueid) ?? [];
      calls.set(home.uniqueid, own);
      own.push(fact);
    } else if (home.table === 'perhaps-call') calls.get(home.uniqueid)?.push(fact);
  }
  return [...calls].map(([uniqueid, own]) => {
    const owner = { pbx: own[0]?.pbx ?? '', uniqueid };
    const kept = decodeBody(
      owner,
      encodeBody(
        owner,
        own.map((fact) => ({ fact, source: 'seen' as const })),
      ),
    );
    return { row: callRowOf(owner, kept), facts: kept.map(({ fact }) => fact) };
  });
}
