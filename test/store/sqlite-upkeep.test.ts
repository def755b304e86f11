import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { sqliteModule } from '../../src/store/sqlite-module.ts';
import { sumsBetween } from '../../src/store/sqlite-sums.ts';
import { truncateLog } from '../../src/store/sqlite-transaction.ts';
import { SUM_UNITS } from '../../src/store/sums.ts';
import { upkeep } from '../../src/store/sqlite-upkeep.ts';
import { interval } from '../support/facts.ts';
import {
  batchOf,
  calledBy,
  finish,
  found,
  mobile,
  openKept,
  secretsOf,
  VAULT,
  vaultOf,
} from './sealed-callers.ts';
import { someFolder } from './journals.ts';
import { keyLine } from './keys.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 21, 6);
const CUTS = { numbersBeforeMs: NOW_MS - 90 * DAY_MS, callsBeforeMs: Date.UTC(2024, 9, 21, 6) };
const BOTH = vaultOf(keyLine('k2', 2), keyLine('k1', 1));

const someFile = () => {
  const path = join(someFolder(), 'journal.db');
  return { path, ...openKept(path) };
};
const count = (database: ReturnType<typeof openKept>['database'], table: string, where = 'true'): number =>
  Number(database.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).get()?.['n']);

describe('numbers past their retention', () => {
  it('are in database, log and backup before, and in none but the old backup after', async () => {
    const { path, database, journal } = someFile();
    const { backup } = sqliteModule();
    // Enough for many pages, told out of their order, so that rows move between pages on their way.
    const order = Array.from({ length: 2_400 }, (_, i) => (i * 1_571) % 2_400);
    for (let at = 0; at < order.length; at += 500) {
      const calls = order.slice(at, at + 500).flatMap((n) => calledBy(n, NOW_MS - (n % 180) * DAY_MS));
      journal.write(batchOf(calls));
    }
    const old = `at_ms < ${CUTS.numbersBeforeMs}`;
    const [past, kept] = [secretsOf(database, old), secretsOf(database, `NOT ${old}`)];
    expect(past.length).toBeGreaterThan(2_000);
    const [log, earlier, later] = [`${path}-wal`, `${path}-earlier`, `${path}-later`];
    expect(found(log, past)).toBeGreaterThan(0);
    truncateLog(database, 0);
    await backup(database, earlier);
    expect(found(path, past)).toBe(past.length);
    expect(found(earlier, past)).toBe(past.length);
    // The log holds pages of before and after the purge until it is cut.
    const grown = join(someFolder(), 'grown-wal');
    const done = finish(upkeep(database, CUTS, VAULT), () => copyFileSync(log, grown));
    expect(found(grown, kept)).toBeGreaterThan(0);
    expect(done).toMatchObject({ numbers: past.length / 2, calls: 0, isLogCut: true });
    expect(statSync(log).size).toBe(0);
    expect(found(path, past)).toBe(0);
    expect(found(path, kept)).toBe(kept.length);
    await backup(database, later);
    expect(found(later, past)).toBe(0);
    expect(found(later, kept)).toBe(kept.length);
    expect(found(earlier, past)).toBe(past.length);
    expect(count(database, 'call')).toBe(2_400);
  });

  it('in the log are gone with the next try where a reader held it', () => {
    const { path, database, journal } = someFile();
    journal.write(batchOf(calledBy(1, NOW_MS - 91 * DAY_MS)));
    const past = secretsOf(database);
    truncateLog(database, 0);
    const { DatabaseSync } = sqliteModule();
    const reader = new DatabaseSync(path, { readOnly: true });
    reader.exec('BEGIN; SELECT count(*) FROM caller');
    expect(finish(upkeep(database, CUTS, VAULT))).toMatchObject({ numbers: 1, isLogCut: false });
    expect(found(path, past)).toBe(2);
    reader.close();
    expect(finish(upkeep(database, CUTS, VAULT))).toMatchObject({ numbers: 0, isLogCut: true });
    expect(found(path, past)).toBe(0);
    expect(statSync(`${path}-wal`).size).toBe(0);
  });

  it('go in bounded steps, between which facts are written', () => {
    const { database, journal } = someFile();
    for (let at = 0; at < 2_000; at += 500) {
      const numbers = Array.from({ length: 500 }, (_, i) => at + i);
      journal.write(batchOf(numbers.flatMap((n) => calledBy(n, NOW_MS - 91 * DAY_MS))));
    }
    let told = 10_000;
    let mostAStep = 0;
    let before = count(database, 'caller');
    const done = finish(upkeep(database, CUTS, VAULT), () => {
      const left = count(database, 'caller');
      mostAStep = Math.max(mostAStep, before - left);
      journal.write(batchOf(calledBy(++told, NOW_MS)));
      before = count(database, 'caller');
    });
    expect(done.numbers).toBe(2_000);
    expect(mostAStep).toBe(500);
    expect(count(database, 'caller')).toBe(told - 10_000);
    expect(told - 10_000).toBeGreaterThanOrEqual(4);
  });
});

describe('calls past their retention', () => {
  const OLD_MS = Date.UTC(2024, 8, 10, 12);

  it('are gone with all that is told of people, and the sums of hotlines stay', () => {
    const { path, database, journal } = someFile();
    const audit = { who: 'ann', what: 'looked', about: 'a call', detail: '' };
    const sat = (atMs: number) =>
      interval({ id: `i${atMs}`, fromMs: atMs - 60_000, atMs, agent: 'Ann Other' });
    const gap = (untilMs: number): Fact => ({
      type: 'blind',
      id: `north/blind/${untilMs - 9_000}`,
      pbx: 'north',
      fromMs: untilMs - 9_000,
      untilMs,
      atMs: untilMs,
      openCalls: 0,
      endedUnknown: 0,
      takenUp: 0,
      rebooted: false,
      missedCalls: undefined,
    });
    for (const atMs of [OLD_MS, NOW_MS]) {
      const facts = [...calledBy(1, atMs, `${atMs}.1`), sat(atMs), gap(atMs)];
      journal.write(batchOf(facts, { audits: [{ atMs, ...audit }] }));
    }
    const sums = (unit: 'month' | 'ever') => sumsBetween(database, { unit, fromMs: 0, untilMs: Infinity });
    const hotlinesBefore = sums('month').filter(({ subject }) => subject !== 'agent');
    const done = finish(upkeep(database, CUTS, VAULT));
    expect(done).toMatchObject({ numbers: 1, calls: 1 });
    for (const table of ['call', 'caller', 'seat_interval', 'blind', 'audit']) {
      expect({ table, rows: count(database, table) }).toEqual({ table, rows: 1 });
    }
    expect(count(database, 'call', `reached_ms = ${NOW_MS}`)).toBe(1);
    expect(sums('month').filter(({ subject }) => subject !== 'agent')).toEqual(hotlinesBefore);
    const agents = sums('month').filter(({ subject }) => subject === 'agent');
    expect(agents.length).toBeGreaterThan(0);
    expect(agents.every(({ fromMs }) => fromMs > CUTS.callsBeforeMs)).toBe(true);
    // All time is what the months that are left say, as if there had been no others.
    const { database: fresh, journal: only } = openKept(`${path}-fresh`);
    only.write(batchOf([...calledBy(1, NOW_MS, `${NOW_MS}.1`), sat(NOW_MS), gap(NOW_MS)]));
    const ofAgents = (rows: ReturnType<typeof sums>) => rows.filter(({ subject }) => subject === 'agent');
    expect(ofAgents(sums('ever'))).toEqual(
      ofAgents(sumsBetween(fresh, { unit: 'ever', fromMs: 0, untilMs: Infinity })),
    );
    expect(readFileSync(path).includes(`${OLD_MS}.1`)).toBe(false);
  });

  it('leave sums that cannot be made anew without them, when the others are', () => {
    const { database, journal } = someFile();
    for (const [i, atMs] of [OLD_MS, CUTS.callsBeforeMs + DAY_MS, NOW_MS].entries()) {
      journal.write(batchOf(calledBy(i, atMs)));
    }
    finish(upkeep(database, CUTS, VAULT));
    const all = () =>
      SUM_UNITS.flatMap((unit) => sumsBetween(database, { unit, fromMs: 0, untilMs: Infinity }));
    const kept = all();
    const calls = kept.filter(({ unit, series }) => unit === 'ever' && series === 'figures');
    expect(calls.length).toBeGreaterThan(0);
    journal.rebuildSums();
    expect(all()).toEqual(kept);
  });

  it('done again changes nothing', () => {
    const { database, journal } = someFile();
    for (const atMs of [OLD_MS, NOW_MS]) journal.write(batchOf(calledBy(1, atMs, `${atMs}.1`)));
    finish(upkeep(database, CUTS, VAULT));
    const rows = sumsBetween(database, { unit: 'ever', fromMs: 0, untilMs: Infinity });
    expect(finish(upkeep(database, CUTS, VAULT))).toMatchObject({ numbers: 0, calls: 0, others: 0 });
    expect(sumsBetween(database, { unit: 'ever', fromMs: 0, untilMs: Infinity })).toEqual(rows);
  });

  it('leave the definition that was in force at the cut', () => {
    const { database } = someFile();
    const put = database.prepare('INSERT INTO definition(at_ms, hash, settings) VALUES (?, ?, ?)');
    for (const months of [30, 28, 26, 20]) put.run(NOW_MS - months * 30.5 * DAY_MS, `${months}`, '{}');
    finish(upkeep(database, CUTS, VAULT));
    const left = database.prepare('SELECT hash FROM definition ORDER BY at_ms').all();
    expect(left.map(({ hash }) => hash)).toEqual(['26', '20']);
  });
});

describe('a new first key', () => {
  it('takes all numbers over, step by step, and says when the old one is idle', () => {
    const { path, database, journal } = someFile();
    for (let at = 0; at < 1_500; at += 500) {
      const numbers = Array.from({ length: 500 }, (_, i) => at + i);
      journal.write(batchOf(numbers.flatMap((n) => calledBy(n, NOW_MS))));
    }
    const old = secretsOf(database);
    const matches = (n: number): number =>
      BOTH.hashesOf(mobile(n)).reduce(
        (sum, hash) =>
          sum + Number(database.prepare('SELECT count(*) AS n FROM caller WHERE hash = ?').get(hash)?.['n']),
        0,
      );
    let steps = 0;
    const done = finish(upkeep(database, CUTS, BOTH), () => {
      steps += 1;
      expect([0, 700, 1_499].map(matches)).toEqual([1, 1, 1]);
    });
    expect(steps).toBeGreaterThan(3);
    expect(done).toMatchObject({ resealed: 1_500, unreadable: new Map(), idleKeys: ['k1'], isLogCut: true });
    expect(count(database, 'caller', `key_id = 'k2'`)).toBe(1_500);
    expect(found(path, old)).toBe(0);
    const row = database.prepare(`SELECT cipher FROM caller WHERE uniqueid = '1.7'`).get();
    const onlyNew = vaultOf(keyLine('k2', 2));
    expect(onlyNew.open({ cipher: row?.['cipher'] as Uint8Array, keyId: 'k2' })).toBe(mobile(7));
    expect(finish(upkeep(database, CUTS, onlyNew))).toMatchObject({ resealed: 0, idleKeys: [] });
  });

  it('leaves what the keys cannot read, says how much, and calls no such key idle', () => {
    const { database, journal } = someFile();
    journal.write(batchOf([1, 2, 3].flatMap((n) => calledBy(n, NOW_MS))));
    database.exec(`UPDATE caller SET cipher = zeroblob(40) WHERE uniqueid = '1.2'`);
    expect(finish(upkeep(database, CUTS, BOTH))).toMatchObject({
      resealed: 2,
      unreadable: new Map([['k1', 1]]),
      idleKeys: [],
    });
    const stranger = vaultOf(keyLine('k9', 9));
    expect(finish(upkeep(database, CUTS, stranger)).unreadable).toEqual(
      new Map([
        ['k1', 1],
        ['k2', 2],
      ]),
    );
    expect(count(database, 'caller')).toBe(3);
  });
});
