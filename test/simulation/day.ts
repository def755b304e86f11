import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { HABITS, INCIDENTS, planIncidents } from '../../src/simulator/faults.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { localMinute, SHANGHAI } from '../../src/simulator/site.ts';
import { callDifferences, toldByCaller } from './call-differences.ts';
import { gapDifferences } from './gap-differences.ts';
import { liveDifferences } from './live-differences.ts';
import { WatchedExchange } from './watched-exchange.ts';

export interface DaySettings {
  readonly seed: number;
  /** About so many callers from outside. */
  readonly calls: number;
  readonly faults: boolean;
  /** Done to the exchange three times a minute. */
  readonly meddle?: (watched: WatchedExchange) => void;
}
export interface LivedDay {
  readonly calls: number;
  readonly events: number;
  readonly gaps: number;
  readonly unknown: number;
  /** Where the daemon does not say what is true; empty when all is right. */
  readonly differences: readonly string[];
}

const MONDAY_MS = Date.UTC(2026, 10, 16);
const MINUTE_MS = 60_000;
/** After what befell the exchange the live picture is right again within one anti-entropy period. */
const PERIOD_MS = 60_000;
const LOOK_EVERY_MS = 20_000;
/** The longest call there is, with its wrap-up. */
const LAST_CALL_MS = 40 * MINUTE_MS;

/**
 * One seeded day of the practice company, compressed: its callers come within an hour or so, which begins at any
 * minute of the local day, so that opening, closing and midnight are all met. What the daemon made of it is held
 * against the ledger, the live picture several times a minute.
 */
export function liveDay(definition: WatchDefinition, settings: DaySettings): LivedDay {
  const { seed, calls, faults, meddle = () => undefined } = settings;
  const random = seededRandom(seed ^ 0x5eed);
  const startMs = MONDAY_MS + random.between(0, 7 * 1440 - 1) * MINUTE_MS;
  const lengthMs = 60 * MINUTE_MS * random.pick([0.7, 1, 1.5]);
  const incidents = faults
    ? planIncidents(
        random,
        { fromMs: startMs + MINUTE_MS, untilMs: startMs + lengthMs },
        random.between(1, 6),
        INCIDENTS,
      )
    : [];
  const callsPerHour = (calls / (lengthMs / 3_600_000)) * (1 / profileAt(startMs));
  const watched = new WatchedExchange({
    definition,
    seed,
    startMs,
    callsPerHour,
    incidents,
    habits: faults ? HABITS : [],
  });
  const differences = lookAround(watched, startMs + lengthMs, faults, meddle);
  watched.pbx.stopTraffic();
  // Quiet hours: nothing is left of anybody, and nothing but Pings is to be seen.
  const untilMs = Math.max(lastEndMs(watched), watched.nowMs) + 5 * MINUTE_MS;
  watched.advanceTo(Math.min(untilMs, watched.nowMs + LAST_CALL_MS));
  differences.push(...booksLeft(watched), ...tellAll(watched, faults));
  const told = watched.book.facts.filter((fact) => fact.type === 'call-closed');
  return {
    calls: watched.book.ledger.entries.length,
    events: watched.events,
    gaps: watched.book.gaps.length,
    unknown: told.filter(({ record }) => record.outcome === 'unknown').length,
    differences,
  };
}

/** Night callers are fewer (traffic.ts): the busiest hour is told so that about as many come at any hour. */
function profileAt(atMs: number): number {
  const hour = localMinute(SHANGHAI, atMs) / 60;
  if (hour < 6) return 0.15;
  return hour < 8 || hour >= 20 ? 0.35 : 0.8;
}

function lookAround(
  watched: WatchedExchange,
  untilMs: number,
  faults: boolean,
  meddle: (watched: WatchedExchange) => void,
): string[] {
  const differences = new Set<string>();
  let quietFromMs = watched.nowMs + (faults ? PERIOD_MS : 1000);
  while (watched.nowMs < untilMs) {
    watched.advanceTo(watched.nowMs + LOOK_EVERY_MS);
    meddle(watched);
    const { deafSinceMs, lastTroubleMs, nowMs } = watched;
    quietFromMs = Math.max(
      quietFromMs,
      (deafSinceMs === undefined ? lastTroubleMs : nowMs) + PERIOD_MS + 1000,
    );
    if (nowMs < quietFromMs) continue;
    for (const one of liveDifferences(watched)) differences.add(`${new Date(nowMs).toISOString()} ${one}`);
  }
  return [...differences];
}

function lastEndMs(watched: WatchedExchange): number {
  return watched.book.ledger.entries.reduce((last, { endedMs }) => Math.max(last, endedMs), 0);
}

/** With nobody on the line nothing is open and nothing is kept. */
function booksLeft({ pipeline, pbx, unbalanced }: WatchedExchange): string[] {
  const exchange = pipeline.exchange(PRACTICE_PBX);
  const left: string[] = [];
  if (unbalanced > 0) left.push(`the books did not balance after ${unbalanced} events`);
  if (pbx.floor.exchange.channels.size > 0) left.push('the practice exchange has not come to rest');
  if (exchange?.openCalls !== 0) left.push(`${String(exchange?.openCalls)} calls are open for ever`);
  if (exchange?.kept !== 0) left.push(`${String(exchange?.kept)} entries are kept of nobody`);
  return left;
}

function tellAll(watched: WatchedExchange, faults: boolean): string[] {
  const told = toldByCaller(watched.book.facts);
  const known = new Set<string>();
  const differences = watched.book.ledger.entries.flatMap((entry) => {
    const uniqueid = watched.book.uniqueids.get(entry.plan) ?? '';
    known.add(uniqueid);
    const said = told.get(uniqueid);
    const found = faults ? gapDifferences(entry, said, watched.book.gaps) : callDifferences(entry, said);
    return found.map((one) => `${uniqueid} (${entry.plan.hotline?.name ?? 'no hotline'}): ${one}`);
  });
  for (const [uniqueid, { records }] of told) {
    if (records.length > 0 && !known.has(uniqueid))
      differences.push(`${uniqueid}: a call is told that nobody made`);
  }
  const strays = watched.book.ledger.entries.filter(({ plan }) => plan.hotline === undefined).length;
  const unattributed = watched.book.facts.filter((fact) => fact.type === 'unattributed').length;
  if (!faults && strays !== unattributed) differences.push(`${strays} strays, told ${unattributed}`);
  return differences;
}
