import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../src/simulator/random.ts';
import { Kept } from './kept.ts';
import type { Report } from '../../src/rates/report.ts';
import {
  countsWhere,
  keptCounts,
  pageCounts,
  reportCountsNow,
  trueCounts,
  trueCountsNow,
} from './figure-differences.ts';
import { callDifferencesOf, guessedOf, lostOf, strayCallsOf, unseenTimesOf } from './kept-differences.ts';
import { rebuildDifferences } from './rebuilt.ts';
import { type Stage, STAGES } from './stage-of.ts';
import { World } from './world.ts';

const KILLS = Number(process.env['KILLS'] ?? 200);
const LEAST_OPEN = 50;
/** At each kill somebody is in each of these; whom a seat has passed on are few. */
const EACH_TIME: readonly Stage[] = ['ringing', 'attendant', 'waiting', 'talking', 'voicemail'];
/** After so many lives, and at the end, all that is made of facts is made anew. */
const LIVES_A_REBUILD = 20;
const SEED = Number(process.env['SEED'] ?? 1);
/** Most of an hour before the lines close, so that they do while it goes on. */
const START_MS = Date.UTC(2026, 10, 16, 11, 20);
/** The longest call, with all that is late. */
const LAST_CALL_MS = 40 * 60_000;

it(
  `nothing is lost, made up or told twice by ${KILLS} kills in the middle of it (seed ${SEED})`,
  { timeout: 900_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringside-kill-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const random = seededRandom(SEED);
    const world = await World.start({ seed: SEED, startMs: START_MS, callsPerHour: 9000, folder });
    onTestFinished(() => world.close());
    const differences: string[] = [];
    const stages = new Map<Stage, number>();
    let resumed = 0;
    let heldAgainst = 0;
    await world.begin();
    await world.life.started();
    await world.untilReady();
    // Who is killed leaves no compiled code for the next one.
    await world.stop();
    await world.begin();
    await world.life.started();
    await world.untilReady();
    for (let kills = 0; kills < KILLS; kills += 1) {
      await world.advanceTo(
        world.nowMs + (random.chance(0.1) ? random.between(3000, 20_000) : random.between(100, 3000)),
      );
      let open = world.open();
      while (sumOf(open) < LEAST_OPEN || EACH_TIME.some((stage) => !open.has(stage))) {
        await world.advanceTo(world.nowMs + 100);
        open = world.open();
      }
      for (const [stage, calls] of open) stages.set(stage, (stages.get(stage) ?? 0) + calls);
      await world.kill(random.between(0, 100));
      const settledMs = world.sureMs;
      await world.advanceTo(
        world.nowMs + (random.chance(0.1) ? random.between(4000, 60_000) : random.between(0, 4000)),
      );
      await world.begin();
      await world.life.started();
      resumed += world.life.openCalls;
      await world.untilReady();
      expect(await world.read('/metrics')).toMatch(/^ringside_books_unbalanced\{.*\} 0$/m);
      const kept = new Kept(world.file);
      const over = world.book.ledger.entries.filter(
        ({ endedMs }) => endedMs >= heldAgainst && endedMs < settledMs,
      );
      heldAgainst = settledMs;
      differences.push(...lostOf(world, kept), ...callDifferencesOf(world, kept, over));
      if (kept.integrity() !== 'ok') differences.push(kept.integrity());
      kept.close();
      if (kills % LIVES_A_REBUILD === 0) differences.push(...(await rebuildDifferences(world)));
      expect(differences).toEqual([]);
    }
    world.server.pbx.stopTraffic();
    const lastMs = world.book.ledger.entries.reduce(
      (last, { endedMs }) => Math.max(last, endedMs),
      world.nowMs,
    );
    await world.advanceTo(Math.min(lastMs + 60_000, world.nowMs + LAST_CALL_MS));
    const page = pageCounts(await world.read('/metrics'));
    const reported = reportCountsNow(JSON.parse(await world.read('/api/report')) as Report, world.nowMs);
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
    expect(page).toEqual(countsWhere(truth, (key) => key.startsWith('ever')));
    expect(reported).toEqual(trueCountsNow(truth, world.nowMs));
    expect(resumed).toBeGreaterThan(KILLS * 40);
    expect(stages.size).toBeGreaterThanOrEqual(STAGES.length - 1);
  },
);

const sumOf = (counts: ReadonlyMap<unknown, number>): number =>
  counts.values().reduce((sum, count) => sum + count, 0);
