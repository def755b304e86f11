import { array, assert, asyncProperty, constantFrom, integer, record, shuffledSubarray } from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { Metrics } from '../../src/metrics/metrics.ts';
import { ReportBuilder } from '../../src/rates/build-report.ts';
import { Tally } from '../../src/rates/tally.ts';
import { FACT_SOURCES, type FactSource } from '../../src/store/ports.ts';
import { JournalFile } from '../../src/store/sqlite-journal.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import { toWire } from '../../src/store/wire.ts';
import { someWatch } from '../support/definitions.ts';
import { scored } from '../support/facts.ts';
import { someFolder } from './journals.ts';
import { closedCall, openedCall } from './stories.ts';

const AT_MS = Date.UTC(2026, 9, 20, 12, 30);
const watch = someWatch();

/** `keptSinceMs`: facts before it are destroyed. */
function someFile(keptSinceMs = 0) {
  const database = openJournalFile({ file: join(someFolder(), 'journal.db') });
  onTestFinished(() => database.close());
  database.prepare(`INSERT INTO meta(key, value) VALUES ('kept_since_ms', ?)`).run(keptSinceMs);
  const sharesFor = () => new SumShares(watch);
  return new JournalFile(database, { definition: watch, openedAtMs: AT_MS, sharesFor, vault: undefined });
}

function someMetrics(): Metrics {
  const builder = new ReportBuilder(new Tally(watch), AT_MS);
  return new Metrics({
    definition: watch,
    report: () => builder.build({ nowMs: AT_MS, calls: [], seats: [], links: [] }),
    seats: () => [],
    self: () => ({ pbxs: [], links: [], eventLoopLagMs: undefined }),
    build: { version: '0', node: '0' },
    perSeat: false,
  });
}

/** Of one call: each source says how it ended at most once, in any order. */
const call = record({
  outcome: constantFrom('answered', 'abandoned', 'unknown'),
  sources: shuffledSubarray([...FACT_SOURCES], { minLength: 1 }),
  reachedAgoS: integer({ min: 0, max: 100_000 }),
  waitS: integer({ min: 0, max: 100 }),
});

function factsOf(
  number: number,
  outcome: 'answered' | 'abandoned' | 'unknown',
  at: { reachedAtMs: number; waitMs: number },
) {
  const { reachedAtMs, waitMs } = at;
  const uniqueid = `1.${number}`;
  const result = { answered: 'hit', abandoned: 'miss', unknown: 'unknown' } as const;
  const facts: readonly Fact[] = [
    openedCall(uniqueid, reachedAtMs),
    scored({
      id: `north/${uniqueid}/scored/transfer`,
      uniqueid,
      reachedAtMs,
      atMs: reachedAtMs + waitMs,
      result: result[outcome],
      waitMs,
    }),
    closedCall(uniqueid, reachedAtMs, { outcome, askedAtMs: reachedAtMs }),
  ];
  return facts;
}

describe('the counters after a restart', () => {
  it('property: say what they said before, whoever told what of a call, and in which order', async () => {
    await assert(
      asyncProperty(array(call, { maxLength: 12 }), async (calls) => {
        const file = someFile();
        const metrics = someMetrics();
        for (const [number, { outcome, sources, reachedAgoS, waitS }] of calls.entries()) {
          const at = { reachedAtMs: AT_MS - reachedAgoS * 1000, waitMs: waitS * 1000 };
          for (const [place, source] of sources.entries()) {
            // What comes first may not know how it ended.
            const facts = factsOf(number, place === 0 ? 'unknown' : outcome, at);
            write(file, facts, source);
            if (source !== 'seen') continue;
            for (const fact of facts) metrics.record(fact);
          }
        }
        const counted = countersOf(await metrics.page());
        const again = someMetrics();
        again.seed(file.restore(AT_MS).sums);
        expect(countersOf(await again.page())).toEqual(counted);
        file.rebuildSums();
        const rebuilt = someMetrics();
        rebuilt.seed(file.restore(AT_MS).sums);
        expect(countersOf(await rebuilt.page())).toEqual(counted);
      }),
      { numRuns: 40 },
    );
  });

  it('say the same where the sums are made anew since some of the facts were destroyed', async () => {
    const file = someFile(Date.UTC(2026, 8, 1));
    const metrics = someMetrics();
    const facts = factsOf(1, 'unknown', { reachedAtMs: AT_MS - 9000, waitMs: 7000 });
    write(file, facts, 'seen');
    for (const fact of facts) metrics.record(fact);
    write(file, factsOf(1, 'answered', { reachedAtMs: AT_MS - 9000, waitMs: 7000 }), 'backfilled');
    file.rebuildSums();
    const again = someMetrics();
    again.seed(file.restore(AT_MS).sums);
    expect(countersOf(await again.page())).toEqual(countersOf(await metrics.page()));
  });

  it('know how many results came afterwards', async () => {
    const file = someFile();
    const at = { reachedAtMs: AT_MS - 9000, waitMs: 7000 };
    write(file, factsOf(1, 'unknown', at), 'seen');
    write(file, factsOf(1, 'answered', at), 'backfilled');
    write(file, factsOf(2, 'answered', at), 'imported');
    const metrics = someMetrics();
    metrics.seed(file.restore(AT_MS).sums);
    const told = (await metrics.page())
      .toString()
      .split('\n')
      .filter((line) => /^ringside_(backfilled|scored)_total.* [1-9]/.test(line));
    expect(told).toEqual([
      'ringside_scored_total{pbx="north",hotline="gas",target="transfer",result="unknown"} 1',
      'ringside_backfilled_total{pbx="north",hotline="gas",target="transfer",result="hit"} 1',
    ]);
  });
});

function write(file: JournalFile, facts: readonly Fact[], source: FactSource): void {
  const told = facts.map((fact) => toWire({ fact, source }));
  file.write({ facts: told, openCalls: [], seen: new Map(), audits: [], atMs: AT_MS });
}

/** What is counted of calls; what was only known afterwards is counted by who fills it in. */
const countersOf = (page: Buffer): readonly string[] =>
  page
    .toString()
    .split('\n')
    .filter((line) => /^ringside_(?!backfilled)\w+(_total|_count|_sum|_bucket)\{/.test(line));
