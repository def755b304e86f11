import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Incident, INCIDENTS, planIncidents } from '../../src/simulator/faults.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { toldByCaller } from './call-differences.ts';
import { gapDifferences } from './gap-differences.ts';
import { SocketExchange } from './socket-exchange.ts';

/** What the process holds and how quick it is, at the end of one day of the run. */
export interface Level {
  readonly day: number;
  /** After a full collection. */
  readonly heapMb: number;
  /** What keeps the loop alive: sockets, servers, timers. */
  readonly handles: number;
  /** Open files of the process; 0 where the system does not tell. */
  readonly files: number;
  /** Entries held for channels, bridges, talks and queues. */
  readonly kept: number;
  /** Connections to the exchange since the start. */
  readonly connections: number;
  /** Of the day: how late the loop came round, while days were worked off as fast as it goes. */
  readonly delayP50Ms: number;
  readonly delayP99Ms: number;
}
export interface LongRunSettings {
  readonly days: number;
  /** In the busiest hour. */
  readonly callsPerHour: number;
  readonly seed: number;
  readonly incidentsADay: number;
  /** Told the level of each day as it ends. */
  readonly onDay?: (level: Level) => void;
}
export interface LongRun {
  readonly levels: readonly Level[];
  readonly calls: number;
  readonly gaps: number;
  readonly scrapes: number;
  readonly differences: readonly string[];
}
type Running = { -readonly [K in keyof LongRun]: LongRun[K] extends readonly (infer T)[] ? T[] : LongRun[K] };

const START_MS = Date.UTC(2026, 10, 16, 16);
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const SCRAPE_EVERY_MINUTES = 30;
/** The sampling interval itself is part of what is measured: it comes off. */
const RESOLUTION_MS = 1;
/** A call is over, and what was late on the wire has come, so long after it ended at the latest. */
const SETTLED_MS = 5 * MINUTE_MS;

/**
 * Lives days of 24 hours one after the other over real sockets, with scrapes of `/metrics`, cuts and reconnections;
 * holds every call against the ledger, and weighs the process after each day.
 */
export async function runLong(settings: LongRunSettings): Promise<LongRun> {
  const { days, callsPerHour, seed, incidentsADay, onDay } = settings;
  const incidents = incidentsOf(seed, days, incidentsADay);
  const exchange = await SocketExchange.start({ seed, callsPerHour, startMs: START_MS, incidents });
  const run: Running = { levels: [], calls: 0, gaps: 0, scrapes: 0, differences: [] };
  try {
    for (let day = 1; day <= days; day += 1) {
      const level = await liveOneDay(exchange, day, run);
      run.levels.push(level);
      onDay?.(level);
    }
  } finally {
    await exchange.stop();
  }
  return run;
}

async function liveOneDay(exchange: SocketExchange, day: number, run: Running): Promise<Level> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  for (let minute = 0; minute < DAY_MINUTES; minute += SCRAPE_EVERY_MINUTES) {
    await exchange.advanceTo(exchange.nowMs + SCRAPE_EVERY_MINUTES * MINUTE_MS);
    run.differences.push(...pageDifferences(await exchange.read('/metrics')));
    run.scrapes += 1;
    settle(exchange, run);
  }
  delay.disable();
  await exchange.untilReady();
  return {
    day,
    ...weigh(),
    kept: exchange.app.pipeline.exchange(PRACTICE_PBX)?.kept ?? 0,
    connections: exchange.connections,
    delayP50Ms: lateMs(delay, 50),
    delayP99Ms: lateMs(delay, 99),
  };
}

const lateMs = (delay: ReturnType<typeof monitorEventLoopDelay>, percentile: number): number =>
  Math.max(0, delay.percentile(percentile) / 1e6 - RESOLUTION_MS);

/** Of an event that is read late just after the clock was set nobody can say how late it is: no step while a line stalls. */
function incidentsOf(seed: number, days: number, aDay: number): readonly Incident[] {
  const random = seededRandom(seed);
  const between = { fromMs: START_MS + MINUTE_MS, untilMs: START_MS + days * DAY_MINUTES * MINUTE_MS };
  const incidents = planIncidents(random, between, days * aDay, INCIDENTS);
  return incidents.filter(
    ({ kind, atMs }) =>
      kind !== 'clock-step' ||
      !incidents.some((other) => other.lastsMs > 0 && Math.abs(other.atMs - atMs) < 2 * MINUTE_MS),
  );
}

/** A page tells of the exchange, and that the books balance. */
function pageDifferences(page: string): string[] {
  const unbalanced = /^ringside_books_unbalanced\{[^}]*\} (.*)$/m.exec(page)?.[1];
  return unbalanced === '0' ? [] : [`/metrics says of unbalanced books: ${String(unbalanced)}`];
}

/** Holds what is over against the ledger, and forgets it. */
function settle({ book, nowMs }: SocketExchange, run: Running): void {
  const untilMs = nowMs - SETTLED_MS;
  const told = toldByCaller(book.facts);
  for (const entry of book.ledger.entries) {
    if (entry.endedMs >= untilMs) continue;
    run.calls += 1;
    const uniqueid = book.uniqueids.get(entry.plan) ?? '';
    for (const one of gapDifferences(entry, told.get(uniqueid), book.gaps))
      run.differences.push(`${uniqueid} (${entry.plan.hotline?.name ?? 'no hotline'}): ${one}`);
  }
  const gapsBefore = book.gaps.length;
  book.forget(untilMs);
  run.gaps += gapsBefore - book.gaps.length;
}

function weigh(): Pick<Level, 'heapMb' | 'handles' | 'files'> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return {
    heapMb: process.memoryUsage().heapUsed / 2 ** 20,
    handles: process.getActiveResourcesInfo().length,
    files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
  };
}
