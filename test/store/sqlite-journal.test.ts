import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CallerNumber } from '../../src/calls/caller-number.ts';
import type { Fact } from '../../src/calls/facts.ts';
import type { SourcedFact } from '../../src/store/merge.ts';
import { FACT_SOURCES, type FactSource } from '../../src/store/ports.ts';
import { JournalFile, type JournalFileOptions, type Shares } from '../../src/store/sqlite-journal.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { callOf, callsPage } from '../../src/store/sqlite-queries.ts';
import { seenSinceOf } from '../../src/store/sqlite-replay.ts';
import { sumsBetween } from '../../src/store/sqlite-sums.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import { SUM_UNITS, type SumShare } from '../../src/store/sums.ts';
import { openCallToWire, toWire, type Batch } from '../../src/store/wire.ts';
import { someHotline, someHours, someWatch } from '../support/definitions.ts';
import { interval, talked } from '../support/facts.ts';
import { someFolder } from './journals.ts';
import { answeredCall, closedCall, openedCall } from './stories.ts';

const AT_MS = Date.UTC(2026, 9, 20, 12, 30);
const HOURS = someHours();

/** Counts outcomes and results, and keeps the longest talk. */
const simpleShares: Shares = {
  hoursOf: () => HOURS,
  of: (fact) => {
    const share = (series: string, atMs: number, column: string, lengthMs?: number): SumShare => ({
      pbx: fact.pbx,
      subject: 'hotline',
      name: 'gas',
      series,
      atMs,
      add: { [column]: 1 },
      ...(lengthMs !== undefined && { lengthMs }),
    });
    if (fact.type === 'scored') return [share(fact.target, fact.reachedAtMs, fact.result)];
    if (fact.type !== 'call-closed') return [];
    const { outcome, reachedAtMs, talkMs } = fact.record;
    return [share('outcomes', reachedAtMs, outcome, outcome === 'answered' ? talkMs : undefined)];
  },
};

function someFile(changes: Partial<JournalFileOptions> = {}) {
  const path = join(someFolder(), 'journal.db');
  const database = openJournalFile({ file: path });
  onTestFinished(() => database.close());
  const options = {
    definition: someWatch(),
    openedAtMs: AT_MS,
    sharesFor: () => simpleShares,
    vault: undefined,
  };
  return { path, database, file: new JournalFile(database, { ...options, ...changes }) };
}

function batch(facts: readonly Fact[], source: FactSource = 'seen', changes: Partial<Batch> = {}): Batch {
  const told = facts.map((fact): SourcedFact => ({ fact, source }));
  return { facts: told.map(toWire), openCalls: [], seen: new Map(), audits: [], ...changes };
}

const sumsOf = (database: ReturnType<typeof openJournalFile>) =>
  SUM_UNITS.flatMap((unit) => sumsBetween(database, { unit, fromMs: 0, untilMs: Infinity }));

describe('a call in the journal', () => {
  it('told in several batches is one row with all its facts in their order', () => {
    const { file, database } = someFile();
    const facts = answeredCall('1.1', AT_MS);
    for (const fact of facts) file.write(batch([fact]));
    const stored = callOf(database, 'north', '1.1');
    expect(stored?.facts).toStrictEqual(facts);
    expect(stored?.row).toMatchObject({
      hotline: 'gas',
      outcome: 'answered',
      certainty: 'seen',
      queue: 'support',
      agent: 'Ann Other',
      reachedAtMs: AT_MS,
      closedAtMs: AT_MS + 141_900,
      waitMs: 9_000,
      talkMs: 120_500,
    });
    expect(callsPage(database, { limit: 9 }).calls).toHaveLength(1);
  });

  it('told again changes nothing: no row, no sum', () => {
    const { file, database } = someFile();
    const facts = answeredCall('1.1', AT_MS);
    file.write(batch(facts));
    const sums = sumsOf(database);
    file.write(batch(facts));
    file.write(batch(facts, 'backfilled'));
    expect(sumsOf(database)).toEqual(sums);
    expect(callOf(database, 'north', '1.1')?.facts).toStrictEqual(facts);
    expect(sums.find(({ unit, series }) => unit === 'ever' && series === 'outcomes')).toMatchObject({
      sums: { answered: 1 },
      longestMs: 120_500,
      untilMs: Infinity,
    });
  });

  it('that ended unknown becomes known by the exchange’s own log, and its sums with it', () => {
    const { file, database } = someFile();
    file.write(batch([openedCall('1.1', AT_MS), closedCall('1.1', AT_MS, { outcome: 'unknown' })]));
    expect(callOf(database, 'north', '1.1')?.row).toMatchObject({ certainty: 'unknown' });
    file.write(batch([closedCall('1.1', AT_MS, { outcome: 'answered', talkMs: 70 })], 'backfilled'));
    expect(callOf(database, 'north', '1.1')?.row).toMatchObject({
      certainty: 'backfilled',
      outcome: 'answered',
    });
    file.write(batch([closedCall('1.1', AT_MS, { outcome: 'unknown' })]));
    expect(callOf(database, 'north', '1.1')?.row.outcome).toBe('answered');
    const day = sumsOf(database).filter(({ unit }) => unit === 'day');
    expect(day.map(({ series, sums, longestMs }) => ({ series, sums, longestMs }))).toEqual([
      { series: 'outcomes', sums: { answered: 1 }, longestMs: 70 },
      // What the counters told of that day beyond it: both times what was seen.
      { series: 'told-outcomes', sums: { answered: -1, unknown: 2 }, longestMs: null },
    ]);
  });

  it('that is taken back was the longest: the longest is looked up again', () => {
    const { file, database } = someFile();
    const told = (uniqueid: string, talkMs: number) =>
      closedCall(uniqueid, AT_MS, { outcome: 'answered', talkMs });
    file.write(batch([told('1.1', 500)]));
    file.write(batch([told('1.2', 9_000)], 'imported'));
    file.write(batch([told('1.2', 400)]));
    expect(sumsOf(database).map(({ unit, longestMs }) => [unit, longestMs])).toEqual(
      SUM_UNITS.map((unit) => [unit, 500]),
    );
  });

  it('that went round and round takes less than a kilobyte all the same', () => {
    const { file, database } = someFile();
    const stages = Array.from({ length: 200 }, (_, i) => ({
      queue: 'support',
      startedAtMs: AT_MS + i * 31_000,
      waitMs: 30_000,
      end: 'timeout' as const,
    }));
    const facts = [openedCall('1.1', AT_MS), closedCall('1.1', AT_MS, { outcome: 'dropped', stages })];
    file.write(batch(facts));
    expect(database.prepare('SELECT length(body) AS bytes FROM call').get()?.['bytes']).toBeLessThan(1000);
    expect(callOf(database, 'north', '1.1')?.facts).toStrictEqual(facts);
  });
});

describe('the sums', () => {
  it('made anew of the facts are those that were kept, whatever was told in which order', () => {
    const HOUR_MS = 3_600_000;
    const told = tuple(
      integer({ min: 1, max: 6 }),
      constantFrom('answered', 'unknown', 'abandoned'),
      constantFrom(...FACT_SOURCES),
      integer({ min: 0, max: 5_000 }),
    );
    assert(
      property(array(told, { maxLength: 14 }), (calls) => {
        const { file, database } = someFile();
        for (const [number, outcome, source, talkMs] of calls) {
          const reachedAtMs = AT_MS + number * 9 * HOUR_MS;
          const end = closedCall(`1.${number}`, reachedAtMs, { outcome, talkMs });
          file.write(batch([openedCall(`1.${number}`, reachedAtMs), end], source));
        }
        const kept = sumsOf(database);
        file.rebuildSums();
        expect(sumsOf(database)).toEqual(kept);
      }),
      { numRuns: 40 },
    );
  });

  it('are told every fact once and in its order when they are made anew', () => {
    const heard: Fact[] = [];
    const listening: Shares = { hoursOf: () => HOURS, of: (fact) => (heard.push(fact), []) };
    const { file } = someFile({ sharesFor: () => listening });
    const long = answeredCall('1.1', AT_MS);
    const short = answeredCall('1.2', AT_MS + 5_000);
    const sat = interval({ id: 'north/PJSIP/101/1', fromMs: AT_MS, atMs: AT_MS + 60_000 });
    file.write(batch([...long, ...short, sat]));
    heard.length = 0;
    file.rebuildSums();
    expect(heard.map(({ atMs }) => atMs)).toEqual(
      [...long, ...short, sat].map(({ atMs }) => atMs).sort((a, b) => a - b),
    );
  });

  it('that cannot be made keep no fact away', () => {
    const broken: Shares = {
      hoursOf: () => HOURS,
      of: () => {
        throw new TypeError('no such column');
      },
    };
    const { file, database } = someFile({ sharesFor: () => broken });
    file.write(batch(answeredCall('1.1', AT_MS)));
    expect(file.unsummed).toBe(9);
    expect(callOf(database, 'north', '1.1')?.row.outcome).toBe('answered');
  });
});

describe('what a start finds', () => {
  it('is nothing in a new journal', () => {
    const { file } = someFile();
    expect(file.restore(AT_MS)).toEqual({
      sinceMs: undefined,
      seenUntilMs: new Map(),
      sinceByPbx: new Map(),
      hotlinesSince: [{ pbx: 'north', name: 'gas', sinceMs: AT_MS }],
      openCalls: [],
      recentFacts: [],
      sums: [],
    });
  });

  it('is the state of calls that are not over, until when each exchange was seen, and facts of three hours', () => {
    const { file } = someFile();
    const state = { stages: [1, 2] };
    const talk = talked({ id: 't', hotline: '', uniqueid: '9.9', atMs: AT_MS - 60_000 });
    const old = talked({ id: 'o', hotline: '', uniqueid: '9.8', atMs: AT_MS - 3 * 3_600_000 });
    const opened = openedCall('1.1', AT_MS - 30_000);
    const openCalls = [
      { pbx: 'north', uniqueid: '1.1', state },
      { pbx: 'north', uniqueid: '1.2', state },
    ];
    file.write(
      batch([opened, talk, old], 'seen', {
        openCalls: openCalls.map(openCallToWire),
        seen: new Map([['north', AT_MS - 9]]),
      }),
    );
    file.write(batch([closedCall('1.2', AT_MS - 40_000, { closedAtMs: AT_MS - 10_000 })]));
    const restored = file.restore(AT_MS);
    expect(restored.openCalls).toEqual([openCalls[0]]);
    expect(restored.seenUntilMs).toEqual(new Map([['north', AT_MS - 9]]));
    expect(restored.sinceMs).toBe(AT_MS);
    expect(restored.recentFacts.map(({ type }) => type)).toEqual([
      'talk-ended',
      'call-opened',
      'call-closed',
    ]);
    expect(restored.sums.map(({ unit }) => unit).toSorted()).toEqual([...SUM_UNITS].toSorted());
  });

  it('is since when each hotline is watched without a break, however short that was', () => {
    const gas = someHotline();
    const both = someWatch({ hash: 'both', hotlines: [gas, someHotline({ name: 'water' })] });
    const { file, database } = someFile({ definition: both });
    file.write(batch([]));
    file.redefine(someWatch({ hash: 'gas', hotlines: [gas] }), AT_MS + 10);
    // Brought back before anything was written.
    file.redefine(both, AT_MS + 20);
    file.write(batch([]));
    const next = {
      definition: both,
      openedAtMs: AT_MS + 90,
      sharesFor: () => simpleShares,
      vault: undefined,
    };
    expect(new JournalFile(database, next).restore(AT_MS + 90).hotlinesSince).toEqual([
      { pbx: 'north', name: 'gas', sinceMs: AT_MS },
      { pbx: 'north', name: 'water', sinceMs: AT_MS + 20 },
    ]);
  });

  it('is since when each exchange was seen first: one may have been added later', () => {
    const { file, database, path } = someFile();
    file.write(batch([], 'seen', { seen: new Map([['north', AT_MS]]) }));
    const later = new Map([
      ['north', AT_MS + 9],
      ['south', AT_MS + 9],
    ]);
    file.write(batch([], 'seen', { seen: later }));
    const since = new Map([
      ['north', AT_MS],
      ['south', AT_MS + 9],
    ]);
    expect(file.restore(AT_MS + 10)).toMatchObject({ sinceByPbx: since, seenUntilMs: later });
    // As an earlier version wrote it.
    database.exec(
      `DROP INDEX call_hotline_outcome; ALTER TABLE seen DROP COLUMN since_ms; PRAGMA user_version = 3`,
    );
    const brought = openJournalFile({ file: path });
    onTestFinished(() => brought.close());
    expect(seenSinceOf(brought)).toEqual(
      new Map([
        ['north', AT_MS],
        ['south', AT_MS],
      ]),
    );
  });
});

describe('the wrap-up of a talk', () => {
  const [hotline, other] = ['gas', 'heat'].map((name) => someHotline({ name, queues: [`${name}-q`] }));
  const watch = someWatch({ hotlines: [hotline, other].flatMap((one) => one ?? []) });
  const sharesFor: JournalFileOptions['sharesFor'] = (definition) => new SumShares(definition);
  const handled = (database: ReturnType<typeof openJournalFile>) =>
    Object.fromEntries(
      sumsOf(database)
        .filter(({ unit, series, subject }) => `${unit} ${series} ${subject}` === 'ever figures hotline')
        .map(({ name, sums }) => [name, sums['handleMs']]),
    );
  const talk = (name: string, atMs: number) =>
    talked({ id: `talk-${name}`, hotline: name, queue: `${name}-q`, uniqueid: '9.9', atMs, talkMs: 1000 });
  const wrapsUp = { hotline: 'gas', queue: 'gas-q' };
  const wrapUp = interval({ fromMs: AT_MS, atMs: AT_MS + 500, queues: ['gas-q'], wrapsUp });

  it('belongs to it also where the settings changed meanwhile', () => {
    const { file, database } = someFile({ sharesFor, definition: watch });
    file.write(batch([talk('gas', AT_MS)]));
    file.redefine({ ...watch, hash: 'another' }, AT_MS + 1);
    file.write(batch([wrapUp]));
    expect(handled(database)).toEqual({ gas: 1500 });
  });

  it('in whatever order the two are told; the sums made anew say the same', () => {
    const { file, database } = someFile({ sharesFor, definition: watch });
    file.write(batch([talk('heat', AT_MS - 60_000), wrapUp]));
    file.write(batch([talk('gas', AT_MS)]));
    expect(handled(database)).toEqual({ gas: 1500, heat: 1000 });
    file.rebuildSums();
    expect(handled(database)).toEqual({ gas: 1500, heat: 1000 });
  });
});

describe('a call whose state was not kept yet', () => {
  it('is among the open ones all the same, and no more when it is over', () => {
    const { file } = someFile();
    file.write(batch([openedCall('1.1', AT_MS)]));
    expect(file.restore(AT_MS).openCalls).toEqual([{ pbx: 'north', uniqueid: '1.1', state: null }]);
    file.write(batch([closedCall('1.1', AT_MS, {})]));
    expect(file.restore(AT_MS).openCalls).toEqual([]);
  });

  it('of which nothing is left is forgotten though no fact says that it is over', () => {
    const { file } = someFile();
    const inside = { pbx: 'north', uniqueid: '7.7', state: { hotline: '' } };
    file.write(batch([], 'seen', { openCalls: [openCallToWire(inside)] }));
    expect(file.restore(AT_MS).openCalls).toEqual([inside]);
    file.write(batch([], 'seen', { openCalls: [{ ...inside, state: undefined }] }));
    expect(file.restore(AT_MS).openCalls).toEqual([]);
  });
});

describe('a caller’s number', () => {
  const heard: Fact = {
    type: 'caller-heard',
    id: 'north/1.1/caller',
    pbx: 'north',
    uniqueid: '1.1',
    hotline: 'gas',
    atMs: AT_MS,
    number: new CallerNumber('13800138000'),
  };

  it('is kept as the vault sealed it, and nowhere in the file as it was', () => {
    const seal = (number: string) => ({
      hash: Buffer.from(`hash of ${number.length}`),
      cipher: Buffer.from('cipher'),
      keyId: 'k1',
    });
    const { file, database, path } = someFile({ vault: { seal } });
    file.write(batch([openedCall('1.1', AT_MS), heard]));
    expect(database.prepare('SELECT uniqueid, key_id FROM caller').all()).toEqual([
      { uniqueid: '1.1', key_id: 'k1' },
    ]);
    expect(readFileSync(path).includes('13800138000')).toBe(false);
    expect(readFileSync(`${path}-wal`).includes('13800138000')).toBe(false);
    expect(readFileSync(`${path}-wal`).includes('hash of 11')).toBe(true);
  });

  it('is not kept where there is no vault', () => {
    const { file, database } = someFile();
    file.write(batch([openedCall('1.1', AT_MS), heard]));
    expect(database.prepare('SELECT count(*) AS callers FROM caller').get()).toEqual({ callers: 0 });
  });
});
