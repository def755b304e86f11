import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { numberFormSchema } from '../../src/attempts/number-settings.ts';
import { openVault } from '../../src/store/number-vault.ts';
import { cutsOf } from '../../src/store/retention.ts';
import { JournalFile } from '../../src/store/sqlite-journal.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { purge } from '../../src/store/sqlite-purge.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import { END_MS, liveWeek, type Week, WEEK_MS, weeksBefore } from './journal-days.ts';
import { grouped } from './table.ts';

/** What the process that fills is asked for, and what it says when it is done. */
export interface FillOrder {
  readonly file: string;
  readonly keyFile: string;
  readonly calls: number;
}
export interface FillDone {
  readonly calls: number;
  readonly facts: number;
  readonly weeks: number;
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly bytes: number;
  /** Instant at which the journal ends. */
  readonly untilMs: number;
}

/** A new week of calls fits in memory many times. */
const FACTS_A_BATCH = 50_000;
/** As configured where nothing is said; but no call goes, since so many were asked for. */
const RETENTION = { numbersDays: 90, callsMonths: 1_200 };
const CACHE_KIB = 1_000_000;

async function fill({ file, keyFile, calls: wanted }: FillOrder): Promise<FillDone> {
  const week = await liveWeek();
  const weeks = Math.max(1, Math.ceil(wanted / week.calls));
  const database = openJournalFile({ file });
  // Only while it is filled: a crash would cost nothing but the filling.
  database.exec(`PRAGMA synchronous = OFF; PRAGMA cache_size = -${CACHE_KIB}`);
  const journal = new JournalFile(database, {
    definition: week.definition,
    openedAtMs: END_MS - weeks * WEEK_MS,
    sharesFor: (definition) => new SumShares(definition),
    vault: openVault({ keyFile, numbers: numberFormSchema.parse(undefined) }),
  });
  const fromMs = performance.now();
  const cpu = process.cpuUsage();
  let facts = 0;
  for (let before = weeksLeft(database, weeks) - 1; before >= 0; before -= 1) {
    facts += writeWeek(journal, week, before);
    const atMs = END_MS - before * WEEK_MS;
    keepRetention(database, atMs);
    closeCallBacks(database, journal, atMs);
    sayProgress(weeks - before, weeks, performance.now() - fromMs);
  }
  if (journal.unsummed > 0) throw new Error(`${journal.unsummed} facts are in no sum`);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const tookMs = performance.now() - fromMs;
  const { user, system } = process.cpuUsage(cpu);
  const calls = Number(database.prepare('SELECT count(*) AS calls FROM call').get()?.['calls']);
  database.close();
  return {
    calls,
    facts,
    weeks,
    tookMs,
    cpuMs: (user + system) / 1_000,
    bytes: statSync(file).size,
    untilMs: END_MS,
  };
}

/** Filling that was broken off goes on with the week it was in: what is told twice is kept once. */
function weeksLeft(database: DatabaseSync, weeks: number): number {
  const seenMs = database.prepare('SELECT max(until_ms) AS at FROM seen').get()?.['at'];
  return typeof seenMs === 'number' ? Math.ceil((END_MS - seenMs) / WEEK_MS) : weeks;
}

/** The week that ended so long ago; of the last one no more than until then. */
function writeWeek(journal: JournalFile, { told, untilEnd }: Week, before: number): number {
  const ours = before === 0 ? told.slice(0, untilEnd) : told;
  for (let from = 0; from < ours.length; from += FACTS_A_BATCH) {
    const facts = ours.slice(from, from + FACTS_A_BATCH).map((one) => weeksBefore(one, before));
    const atMs = Math.min(facts.at(-1)?.fact.atMs ?? END_MS, END_MS - before * WEEK_MS);
    const seen = new Map(facts.map(({ fact }) => [fact.pbx, atMs]));
    journal.write({ facts, openCalls: [], seen, audits: [], atMs });
  }
  return ours.length;
}

/** As the upkeep does every day: numbers go after 90 days. */
function keepRetention(database: DatabaseSync, nowMs: number): void {
  const steps = purge(database, cutsOf(RETENTION, nowMs));
  while (steps.next().done !== true);
}

/** Those of the week before are done with: a leader's list does not grow for years. */
function closeCallBacks(database: DatabaseSync, journal: JournalFile, atMs: number): void {
  const owed = database.prepare(
    'SELECT first_call AS id FROM call_back WHERE ended_ms IS NULL AND opened_ms < ?',
  );
  for (const { id } of owed.all(atMs - WEEK_MS)) {
    journal.closeCallBack({ id: String(id), who: 'leader', reason: 'reached-otherwise', note: '', atMs });
  }
}

function sayProgress(weeks: number, of: number, tookMs: number): void {
  if (weeks % Math.ceil(of / 10) !== 0) return;
  process.stderr.write(`filled ${weeks} weeks of ${of} in ${grouped(tookMs / 1_000)} s\n`);
}

async function answer(order: FillOrder): Promise<void> {
  const done = await fill(order);
  process.send?.(done, () => process.disconnect());
}

process.on('message', (order: FillOrder) => void answer(order));
