import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { SEATS } from '../../src/simulator/company.ts';
import { Metrics } from '../../src/metrics/metrics.ts';
import type { Report } from '../../src/rates/report.ts';
import { Planner } from '../../src/simulator/planner.ts';
import { type Random, seededRandom } from '../../src/simulator/random.ts';
import { Roster } from '../../src/simulator/roster.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import type { Book } from '../simulation/book.ts';
import { practiceDefinition } from '../simulation/day-definition.ts';
import { WatchedExchange } from '../simulation/watched-exchange.ts';

export const SCRAPE_EVERY_MS = 15_000;
const MINUTE_MS = 60_000;
/** In Shanghai, on the last evening of a month. */
const START_MS = Date.parse('2026-10-31T18:00:00+08:00');
export const NEW_MONTH_MS = Date.parse('2026-11-01T00:00:00+08:00');
const LENGTH_MS = 420 * MINUTE_MS;
/** Nobody hears the exchange for a while, in the middle of calls. */
const CUT = { kind: 'cut', atMs: START_MS + 85 * MINUTE_MS, lastsMs: 90_000, amount: 0 } as const;
/** Most seats go to a training together. */
const TRAINING = {
  fromMs: START_MS + 45 * MINUTE_MS,
  untilMs: START_MS + 100 * MINUTE_MS,
  seats: SEATS.filter(({ keepsShifts }) => keepsShifts).slice(2),
} as const;

/** Calls an hour from a minute of the evening on, with hours of the night in which nobody calls. */
const TRAFFIC = [
  { fromMin: 0, perHour: 100 },
  { fromMin: 170, perHour: 0 },
  { fromMin: 352, perHour: 70 },
] as const;

/** `/metrics` as it was at an instant. */
export interface Scrape {
  readonly atMs: number;
  readonly page: string;
}

/** What a page leaves out: calls of every result and rates of every target, closed hours' too. */
export const TOLD_CALLS = 'told_calls';
export const TOLD_RATIO = 'told_ratio';

/**
 * An evening and a night of the practice company over the end of a day and of a month, on virtual time: every scrape
 * there was with the daemon's Report beside it, and the book of the truth. Its people answer well at first and then
 * badly, the exchange is not heard for a while, nobody calls for three hours, and a month begins.
 */
export async function liveEvening(onScrape: (scrape: Scrape) => void): Promise<Book> {
  const definition = await practiceDefinition();
  const watched = new WatchedExchange({
    definition,
    seed: 1,
    startMs: START_MS,
    callsPerHour: 0,
    incidents: [CUT],
  });
  const metrics = metricsOf(watched, definition);
  const callers = callersOf(watched, seededRandom(2));
  for (let atMs = START_MS; atMs <= START_MS + LENGTH_MS; atMs += SCRAPE_EVERY_MS) {
    watched.advanceTo(atMs);
    const page = (await metrics.page()).toString();
    const report = watched.pipeline.report(atMs, [watched.session.status]);
    onScrape({ atMs, page: `${page}${toldText(report)}` });
    callers(atMs, atMs + SCRAPE_EVERY_MS);
  }
  return watched.book;
}

function metricsOf(watched: WatchedExchange, definition: WatchDefinition): Metrics {
  const { pipeline, session } = watched;
  const metrics = new Metrics({
    definition,
    report: () => pipeline.report(watched.nowMs, [session.status]),
    seats: () => pipeline.seats(),
    self: () => ({ pbxs: [], links: [session.status], eventLoopLagMs: undefined }),
    build: { version: 'evening', node: process.versions.node },
    perSeat: false,
  });
  pipeline.onFact((fact) => metrics.record(fact));
  return metrics;
}

/** Whoever calls in (fromMs, untilMs] is decided when it is asked. */
function callersOf({ pbx }: WatchedExchange, random: Random): (fromMs: number, untilMs: number) => void {
  const roster = new Roster();
  const planner = new Planner({ roster, posts: pbx.floor.posts, site: SHANGHAI, pickups: false });
  let isPlanned = false;
  const train = (seat: string): void => {
    const { untilMs } = TRAINING;
    const atMs = roster.freeFromMs(seat, TRAINING.fromMs);
    const absence = { kind: 'break', atMs, untilMs, seat, reason: 'training' } as const;
    roster.addAbsence(absence);
    pbx.begin(absence);
  };
  return (fromMs, untilMs) => {
    if (!isPlanned && untilMs >= TRAINING.fromMs) {
      isPlanned = true;
      for (const seat of TRAINING.seats) train(seat.interface);
    }
    const minute = (fromMs - START_MS) / MINUTE_MS;
    const perHour = TRAFFIC.findLast(({ fromMin }) => fromMin <= minute)?.perHour ?? 0;
    const gapMs = (): number => Math.ceil(random.exponential((60 * MINUTE_MS) / perHour));
    for (let atMs = fromMs + gapMs(); atMs <= untilMs; atMs += gapMs())
      pbx.begin(planner.planInbound(random.fork(), atMs, undefined));
  };
}

/** The Report, in the form of a page. */
function toldText(report: Report): string {
  const lines: string[] = [];
  for (const { pbx, hotline, targets } of report.hotlines) {
    for (const { target, rates } of targets) {
      for (const { window, hits, misses, setAside, unknown, ratio } of rates) {
        const labels = `pbx="${pbx}",hotline="${hotline}",target="${target}",window="${window}"`;
        const results = { hit: hits, miss: misses, set_aside: setAside, unknown };
        for (const [result, count] of Object.entries(results))
          lines.push(`${TOLD_CALLS}{${labels},result="${result}"} ${count}\n`);
        if (ratio !== null) lines.push(`${TOLD_RATIO}{${labels}} ${ratio}\n`);
      }
    }
  }
  return lines.join('');
}
