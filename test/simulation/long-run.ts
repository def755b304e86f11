import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { Metrics } from '../../src/metrics/metrics.ts';
import type { Report } from '../../src/rates/report.ts';
import { HABITS, type Incident, INCIDENTS, planIncidents } from '../../src/simulator/faults.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { toldByCaller } from './call-differences.ts';
import { gapDifferences } from './gap-differences.ts';
import { WatchedExchange } from './watched-exchange.ts';

/** What the process holds and how quick it is, at the end of one day of the run. */
export interface Level {
  readonly day: number;
  readonly events: number;
  /** After a full collection. */
  readonly heapMb: number;
  readonly handles: number;
  /** Entries held for channels, bridges, talks and queues. */
  readonly kept: number;
  /** Of the day: how late the loop came round while a minute of the exchange was worked off at a time. */
  readonly delayP50Ms: number;
  readonly delayP99Ms: number;
}
export interface LongRunSettings {
  readonly definition: WatchDefinition;
  readonly days: number;
  /** In the busiest hour. */
  readonly callsPerHour: number;
  readonly seed: number;
  readonly incidentsADay: number;
}
export interface LongRun {
  readonly levels: readonly Level[];
  readonly calls: number;
  readonly gaps: number;
  readonly differences: readonly string[];
}

const START_MS = Date.UTC(2026, 10, 16, 16);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A call is over, and what was late on the wire has come, so long after it ended at the latest. */
const SETTLED_MS = 5 * MINUTE_MS;
const SCRAPE_EVERY = 15;

/** Lives days of 24 hours one after the other, with reports and scrapes, and weighs the process after each. */
export async function runLong(settings: LongRunSettings): Promise<LongRun> {
  const { definition, days, callsPerHour, seed, incidentsADay } = settings;
  const watched = new WatchedExchange({
    definition,
    seed,
    callsPerHour,
    startMs: START_MS,
    habits: HABITS,
    incidents: incidentsOf(seed, days, incidentsADay),
  });
  const metrics = metricsOf(watched, definition);
  const run = { levels: [] as Level[], calls: 0, gaps: 0, differences: [] as string[] };
  for (let day = 1; day <= days; day += 1) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    for (let minute = 0; minute < 1440; minute += 1) {
      watched.advanceTo(watched.nowMs + MINUTE_MS);
      if (minute % SCRAPE_EVERY === 0) await metrics.page();
      if (minute % 60 === 59) settle(watched, run);
      await setImmediate();
    }
    delay.disable();
    run.levels.push({
      day,
      events: watched.events,
      ...weigh(),
      kept: watched.pipeline.exchange(PRACTICE_PBX)?.kept ?? 0,
      delayP50Ms: delay.percentile(50) / 1e6,
      delayP99Ms: delay.percentile(99) / 1e6,
    });
  }
  return run;
}

function incidentsOf(seed: number, days: number, aDay: number): readonly Incident[] {
  const random = seededRandom(seed);
  const between = { fromMs: START_MS + MINUTE_MS, untilMs: START_MS + days * DAY_MS };
  return planIncidents(random, between, days * aDay, INCIDENTS);
}

function metricsOf(watched: WatchedExchange, definition: WatchDefinition): Metrics {
  const report = (): Report => watched.pipeline.report(watched.nowMs, [watched.session.status]);
  const metrics = new Metrics({
    definition,
    report,
    seats: () => watched.pipeline.seats(),
    self: () => ({ pbxs: [], links: [watched.session.status], eventLoopLagMs: undefined }),
    build: { version: 'soak', node: process.versions.node },
    perSeat: true,
  });
  watched.pipeline.onFact((fact) => metrics.record(fact));
  return metrics;
}

/** Holds what is over against the ledger, and forgets it. */
function settle(
  watched: WatchedExchange,
  run: { calls: number; gaps: number; readonly differences: string[] },
): void {
  const untilMs = watched.nowMs - SETTLED_MS;
  const told = toldByCaller(watched.facts);
  for (const entry of watched.ledger.entries) {
    if (entry.endedMs >= untilMs) continue;
    run.calls += 1;
    const uniqueid = watched.uniqueids.get(entry.plan) ?? '';
    for (const one of gapDifferences(entry, told.get(uniqueid), watched.gaps))
      run.differences.push(`${uniqueid} (${entry.plan.hotline?.name ?? 'no hotline'}): ${one}`);
  }
  const gapsBefore = watched.gaps.length;
  watched.forget(untilMs);
  run.gaps += gapsBefore - watched.gaps.length;
}

function weigh(): { readonly heapMb: number; readonly handles: number } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return {
    heapMb: process.memoryUsage().heapUsed / 2 ** 20,
    handles: process.getActiveResourcesInfo().length,
  };
}
