import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BackfillRunner } from '../../src/queue-log/backfill-runner.ts';
import type { Filled } from '../../src/queue-log/fill-blind-time.ts';
import { readQueueLogFiles } from '../../src/queue-log/queue-log-file.ts';
import { someFolder, someJournal, someReader } from '../store/journals.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { blindTimeOf, DAY, PBX, watchedDay } from './day.ts';

const FIRST_MS = DAY.events[0]?.pbxMs ?? 0;
const GAP = { fromMs: FIRST_MS + 3000, untilMs: FIRST_MS + 25_000 };

/** A journal with the day and its gap in it, a queue_log beside it, and the runner over both. */
async function someDay(log: string) {
  const folder = someFolder();
  const path = join(folder, 'queue_log');
  writeFileSync(path, log);
  const file = join(folder, 'j.db');
  const { journal } = await someJournal(file, { definition: DAY.definition });
  const facts = watchedDay(GAP);
  for (const fact of facts) journal.append(fact);
  await journal.flush();
  const reader = someReader(file);
  const clock = new VirtualClock(GAP.untilMs);
  const lines = new MemoryLog();
  const filled: Filled[] = [];
  const settings = {
    queueLogs: [{ pbx: PBX, path, rotated: true }],
    definition: DAY.definition,
    extensionLength: 4,
  };
  const runner = new BackfillRunner(settings, {
    journal,
    reader,
    clock,
    log: lines,
    audit: journal,
    readLog: (place, sinceMs) => readQueueLogFiles(place.path, sinceMs, place.rotated),
    aheadMs: () => 0,
    seatNames: () => new Map(),
    onFilled: (one) => filled.push(one),
  });
  const blind = blindTimeOf(facts);
  if (blind === undefined) throw new Error('a day without a gap');
  const passes = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await runner.whenIdle();
  };
  const sums = async () =>
    (await reader.sums({ unit: 'ever', fromMs: 0, untilMs: 1 })).filter(
      ({ series }) => series === 'transfer',
    );
  const unknown = async () => (await reader.calls({ outcome: 'unknown', limit: 500 })).calls.length;
  return { runner, blind, path, lines, filled, passes, sums, unknown, reader };
}

/** Hits, misses and unknown calls of all hotlines together. */
type Sums = Awaited<ReturnType<Awaited<ReturnType<typeof someDay>>['sums']>>;
const total = (rows: Sums, result: string): number =>
  rows.reduce((sum, row) => sum + (row.sums[result] ?? 0), 0);

describe('blind time of a journal with a queue_log beside it', () => {
  it('is filled once it is over: calls, rates, audit and log say so', async () => {
    const { runner, blind, filled, passes, sums, unknown, reader, lines } = await someDay(DAY.log);
    const [sumsBefore, unknownBefore] = [await sums(), await unknown()];
    runner.ended(blind);
    await passes(5000);
    const [one] = filled;
    const after = await sums();
    expect(total(after, 'hit')).toBeGreaterThan(total(sumsBefore, 'hit'));
    expect(await unknown()).toBeLessThan(unknownBefore);
    for (const result of ['hit', 'miss', 'set_aside', 'unknown'] as const) {
      const told = one?.changes
        .filter(({ unit, target }) => unit === 'month' && target === 'transfer')
        .reduce((sum, { by }) => sum + (by[result] ?? 0), 0);
      expect(total(after, result) - total(sumsBefore, result)).toBe(told);
    }
    const { calls } = await reader.calls({ limit: 500 });
    expect(calls.filter(({ certainty }) => certainty === 'backfilled').length).toBeGreaterThan(10);
    const [entry] = await reader.entries(0, Infinity);
    expect(entry).toMatchObject({ who: 'ringside', what: 'blind time filled', about: blind.id });
    expect(entry?.detail).toMatch(/queue-answered transfer, day \d{4}-\d\d-\d\d: \+1 hit, -1 unknown/);
    expect(lines.lines.map(({ line }) => line)).toEqual(['blind time was filled from the queue_log']);
    expect(JSON.stringify([entry, lines.lines])).not.toMatch(/13900\d{6}/);
  });

  it('that was filled before a restart is filled again with nothing', async () => {
    const { runner, blind, filled, passes, sums } = await someDay(DAY.log);
    runner.ended(blind);
    await passes(5000);
    const before = await sums();
    runner.begin([blind]);
    await passes(48 * 3_600_000);
    expect(filled).toHaveLength(1);
    expect(await sums()).toEqual(before);
  });

  it('is filled by and by where the log is not written to its end, and as far as it is', async () => {
    const whole = await someDay(DAY.log);
    whole.runner.ended(whole.blind);
    await whole.passes(5000);
    const half = DAY.log.length / 2;
    const piecewise = await someDay(DAY.log.slice(0, half));
    piecewise.runner.ended(piecewise.blind);
    await piecewise.passes(5000);
    appendFileSync(piecewise.path, DAY.log.slice(half));
    await piecewise.passes(60_000);
    expect(await piecewise.sums()).toEqual(await whole.sums());
    expect(await piecewise.unknown()).toBe(await whole.unknown());
  });

  it('stays unknown, and says why, as long as the log cannot be read', async () => {
    const { runner, blind, path, passes, lines, filled } = await someDay(DAY.log);
    rmSync(path);
    runner.ended({ ...blind, pbx: 'elsewhere' });
    runner.ended(blind);
    await passes(5000);
    expect(filled).toEqual([]);
    expect(lines.lines.map(({ level, line }) => `${level} ${line}`)).toEqual([
      'warn the queue_log cannot be read: blind time stays unknown',
    ]);
    writeFileSync(path, DAY.log);
    await passes(60_000);
    expect(filled).toHaveLength(1);
  });
});
