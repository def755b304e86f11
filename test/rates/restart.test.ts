import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { Metrics } from '../../src/metrics/metrics.ts';
import { ReportBuilder } from '../../src/rates/build-report.ts';
import type { Report } from '../../src/rates/report.ts';
import { isRolling } from '../../src/rates/series.ts';
import { Tally } from '../../src/rates/tally.ts';
import { SEATS } from '../../src/simulator/company.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { practiceDefinition } from '../simulation/day-definition.ts';
import { someLink } from '../support/picture.ts';
import { factsOfHours, inZone, keptOf } from './kept-day.ts';

const HOUR_MS = 3_600_000;
const HOURS = 5;
const LOOK_EVERY_MS = 7 * 60_000;

/** What reads facts: the Report and the page, as of any instant. */
class Reader {
  readonly tally: Tally;
  readonly metrics: Metrics;
  readonly #builder: ReportBuilder;
  readonly #startedAtMs: number;
  nowMs = 0;

  constructor(definition: WatchDefinition, startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
    this.tally = new Tally(definition);
    this.#builder = new ReportBuilder(this.tally, startedAtMs);
    this.metrics = new Metrics({
      definition,
      report: () => this.report(),
      seats: () => [],
      self: () => ({ pbxs: [], links: [], eventLoopLagMs: undefined }),
      build: { version: '0', node: '0' },
      perSeat: false,
    });
  }

  record(fact: Fact): void {
    this.tally.apply(fact);
    this.metrics.record(fact);
  }

  report(): Report {
    const links = [someLink({ pbx: PRACTICE_PBX, sinceMs: this.#startedAtMs })];
    return this.#builder.build({ nowMs: this.nowMs, calls: [], seats: [], links });
  }

  /** Where a rolling window begins stays what it was at an earlier look, as long as its counts do. */
  figures(): unknown {
    const { pbxs, hotlines, queues } = this.report();
    const rows = hotlines.map(({ targets, ...hotline }) => ({
      ...hotline,
      targets: targets.map((target) => ({
        ...target,
        rates: target.rates.map((rate) => (isRolling(rate.window) ? { ...rate, fromMs: 0 } : rate)),
      })),
    }));
    const floor = {
      patience: queues.map(({ pbx, queue }) => this.tally.patienceOf(pbx, queue)),
      agents: SEATS.map(({ agent }) => this.tally.dayOf(PRACTICE_PBX, agent, this.nowMs)),
    };
    return { pbxs, hotlines: rows, queues, floor };
  }

  /** Without what is of this run alone. */
  async page(): Promise<readonly string[]> {
    const lines = (await this.metrics.page()).toString().split('\n');
    return lines.filter((line) => !/^ringside_(report_seq|seat_seconds)/.test(line));
  }
}

interface Lived {
  readonly definition: WatchDefinition;
  readonly facts: readonly Fact[];
  /** By instant of the look. */
  readonly looks: ReadonlyMap<number, unknown>;
  readonly page: readonly string[];
}

/** Reads facts in their order and looks at the instants between them. */
function readAndLook(reader: Reader, facts: readonly Fact[], lookAtMs: readonly number[]) {
  const looks = new Map<number, unknown>();
  const ahead = [...lookAtMs];
  for (const fact of facts) {
    for (let atMs = ahead[0]; atMs !== undefined && atMs < fact.atMs; atMs = ahead[0]) {
      ahead.shift();
      reader.nowMs = atMs;
      looks.set(atMs, reader.figures());
    }
    reader.record(fact);
  }
  for (const atMs of ahead) {
    reader.nowMs = atMs;
    looks.set(atMs, reader.figures());
  }
  return looks;
}

async function live(zone: string, startMs: number, seed: number): Promise<Lived> {
  const definition = inZone(await practiceDefinition(), zone);
  const facts = factsOfHours(definition, { seed, startMs, hours: HOURS });
  const endMs = startMs + (HOURS + 3) * HOUR_MS;
  const lookAtMs = Array.from(
    { length: Math.floor((endMs - startMs) / LOOK_EVERY_MS) },
    (_, place) => startMs + place * LOOK_EVERY_MS,
  );
  const reader = new Reader(definition, startMs);
  const looks = readAndLook(reader, facts, lookAtMs);
  return { definition, facts, looks, page: await reader.page() };
}

describe.each([
  ['a night in which the clock goes back', 'Europe/Berlin', '2026-10-24T22:30:00Z', 1],
  ['a night in which the clock leaps forward', 'America/New_York', '2026-03-08T04:30:00Z', 2],
  ['the last night of a month', 'Asia/Shanghai', '2026-11-30T14:00:00Z', 3],
  ['a change of shifts', 'Australia/Lord_Howe', '2026-10-03T13:30:00Z', 4],
] as const)('a restart in %s', (_, zone, start, seed) => {
  let lived: Lived;
  beforeAll(async () => {
    lived = await live(zone, Date.parse(start), seed);
  }, 120_000);

  it(
    'property: changes no figure of any window, and no counter of the page',
    { timeout: 300_000 },
    async () => {
      const { definition, facts, looks, page } = lived;
      expect(facts.length).toBeGreaterThan(1000);
      const cut = fc.record({
        at: fc.integer({ min: 1, max: facts.length }),
        downMs: fc.integer({ min: 0, max: 600_000 }),
      });
      await fc.assert(
        fc.asyncProperty(cut, async ({ at, downMs }) => {
          const before = facts.slice(0, at);
          const startedAtMs = Math.max(...before.map(({ atMs }) => atMs)) + downMs;
          const sinceMs = Date.parse(start);
          const kept = keptOf(before, { definition, sinceMs, nowMs: startedAtMs });
          const reader = new Reader(definition, sinceMs);
          reader.tally.seed(kept);
          reader.metrics.seed(kept.sums);
          const later = [...looks.keys()].filter((atMs) => atMs >= startedAtMs);
          const seen = readAndLook(reader, facts.slice(at), later);
          for (const [atMs, figures] of seen) expect(figures).toEqual(looks.get(atMs));
          expect(await reader.page()).toEqual(page);
        }),
        { numRuns: 25 },
      );
    },
  );
});
