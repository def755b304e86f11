import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Report } from '../../src/rates/report.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { keptCounts, reportCountsNow, trueCounts, trueCountsNow } from './figure-differences.ts';
import { Kept } from './kept.ts';
import { callDifferencesOf, guessedOf, lostOf, strayCallsOf, unseenTimesOf } from './kept-differences.ts';
import { rebuildDifferences } from './rebuilt.ts';
import { World } from './world.ts';

const STOPS = 12;
const SEED = Number(process.env['SEED'] ?? 1);
/** Some minutes before a month ends in Shanghai. */
const START_MS = Date.UTC(2026, 10, 30, 15, 57);
const LAST_CALL_MS = 40 * 60_000;

it(
  `${STOPS} stops in the middle of it, upgrades among them, make nothing unknown that is on the line, and guess nothing (seed ${SEED})`,
  { timeout: 300_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringside-stop-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const random = seededRandom(SEED);
    const world = await World.start({ seed: SEED, startMs: START_MS, callsPerHour: 24_000, folder });
    onTestFinished(() => world.close());
    let definitions = 1;
    await world.begin();
    await world.life.started();
    await world.untilReady();
    for (let stops = 0; stops < STOPS; stops += 1) {
      await world.advanceTo(world.nowMs + random.between(100, 40_000));
      const open = world
        .open()
        .values()
        .reduce((sum, count) => sum + count, 0);
      await world.stop();
      await world.advanceTo(world.nowMs + random.between(0, 20_000));
      if (stops % 4 === 3) {
        world.setTarget(0.8 + stops / 100);
        definitions += 1;
      }
      await world.begin();
      await world.life.started();
      expect(world.life.openCalls).toBeGreaterThanOrEqual(open);
      await world.untilReady();
      const report = JSON.parse(await world.read('/api/report')) as Report;
      await world.advanceTo(world.nowMs + 1000);
      const kept = new Kept(world.file);
      expect(kept.integrity()).toBe('ok');
      expect(lostOf(world, kept)).toEqual([]);
      expect(kept.definitions()).toBe(definitions);
      kept.close();
      expect(report.hotlines).not.toEqual([]);
    }
    world.server.pbx.stopTraffic();
    const lastMs = world.book.ledger.entries.reduce(
      (last, { endedMs }) => Math.max(last, endedMs),
      world.nowMs,
    );
    await world.advanceTo(Math.min(lastMs + 60_000, world.nowMs + LAST_CALL_MS));
    const report = JSON.parse(await world.read('/api/report')) as Report;
    await world.stop();
    const kept = new Kept(world.file);
    onTestFinished(() => kept.close());
    expect([
      ...lostOf(world, kept),
      ...callDifferencesOf(world, kept, world.book.ledger.entries),
      ...strayCallsOf(world, kept),
      ...unseenTimesOf(world, kept),
      ...guessedOf(world, kept),
      ...(await rebuildDifferences(world)),
    ]).toEqual([]);
    const truth = trueCounts(world, kept);
    expect(keptCounts(kept)).toEqual(truth);
    expect(reportCountsNow(report, world.nowMs)).toEqual(trueCountsNow(truth, world.nowMs));
  },
);
