import type { Fact } from '../../src/calls/facts.ts';
import type { HoursDefinition, WatchDefinition } from '../../src/hotlines/definition.ts';
import type { Seed } from '../../src/rates/kept-sums.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { planIncidents, HABITS, INCIDENTS } from '../../src/simulator/faults.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { SumBook } from '../../src/store/sum-book.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import type { SumRow } from '../../src/store/sums.ts';
import { WatchedExchange } from '../simulation/watched-exchange.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** As the journal has it. */
const RECENT_MS = 3 * HOUR_MS;

/** The practice company in another zone and with shifts. */
export function inZone(definition: WatchDefinition, zone: string): WatchDefinition {
  const shifts: HoursDefinition['shifts'] = [
    { name: 'early', fromMin: 6 * 60 },
    { name: 'late', fromMin: 14 * 60 },
    { name: 'night', fromMin: 22 * 60 },
  ];
  const hotlines = definition.hotlines.map((hotline) => ({
    ...hotline,
    hours: { ...hotline.hours, zone, shifts },
  }));
  return { ...definition, hotlines };
}

/** All that is told of the practice company from an instant on, gaps and incidents among it. */
export function factsOfHours(
  definition: WatchDefinition,
  day: { readonly seed: number; readonly startMs: number; readonly hours: number },
): readonly Fact[] {
  const { seed, startMs, hours } = day;
  const untilMs = startMs + hours * HOUR_MS;
  const span = { fromMs: startMs + MINUTE_MS, untilMs };
  const incidents = planIncidents(seededRandom(seed), span, 2 * hours, INCIDENTS);
  const callsPerHour = 120;
  const watched = new WatchedExchange({ definition, seed, startMs, callsPerHour, incidents, habits: HABITS });
  watched.advanceTo(untilMs);
  watched.pbx.stopTraffic();
  watched.advanceTo(untilMs + 40 * MINUTE_MS);
  return watched.book.facts;
}

/** What a journal that kept these facts gives to a start at `nowMs`. */
export function keptOf(
  facts: readonly Fact[],
  {
    definition,
    sinceMs,
    nowMs,
  }: { readonly definition: WatchDefinition; readonly sinceMs: number; readonly nowMs: number },
): Seed {
  const shares = new SumShares(definition);
  const book = new SumBook((key) => shares.hoursOf(key));
  for (const fact of facts) for (const share of shares.of(fact)) book.add(share);
  const rows = [...book.changes].map((change): SumRow => ({ ...change, sums: change.add }));
  const recentFacts = facts.filter(({ atMs }) => atMs > nowMs - RECENT_MS);
  return {
    sums: rows.filter(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs),
    // A journal gives them by their instants; the facts of a call stand before all others of theirs.
    recentFacts: [...recentFacts].sort((one, other) => one.atMs - other.atMs || rankOf(one) - rankOf(other)),
    sinceMs,
    seenUntilMs: new Map([[PRACTICE_PBX, nowMs]]),
    sinceByPbx: new Map(),
    hotlinesSince: [],
  };
}

const rankOf = (fact: Fact): number => ('uniqueid' in fact || fact.type === 'call-closed' ? 0 : 1);
