import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { numberFormSchema } from '../../src/attempts/number-settings.ts';
import { openKeptVault } from '../../src/store/number-vault.ts';
import { cutsOf } from '../../src/store/retention.ts';
import { JournalFile } from '../../src/store/sqlite-journal.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { purge } from '../../src/store/sqlite-purge.ts';
import { inTransaction } from '../../src/store/sqlite-transaction.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import type { KeyedVault } from '../../src/store/vault.ts';
import { JournalCopies, type Move } from './journal-copies.ts';
import { CopiedSums } from './journal-copied-sums.ts';
import { END_MS, liveWeek, type Week, WEEK_MS, weeksBefore } from './journal-days.ts';
import { grouped } from './table.ts';

/** What the process that fills is asked for, and what it says when it is done. */
export interface FillOrder {
  readonly file: string;
  readonly keyFile: string;
  readonly calls: number;
  /** Copying ends then, with fewer calls. */
  readonly mostMs: number;
}
export interface FillDone {
  readonly calls: number;
  readonly weeks: number;
  /** Of these every fact was written by the journal itself; the others are copies of them. */
  readonly writtenWeeks: number;
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly bytes: number;
  /** Instant at which the journal ends, and how many weeks that is before the simulated one does. */
  readonly untilMs: number;
  readonly untilWeek: number;
}

/** A new week of calls fits in memory many times. */
const FACTS_A_BATCH = 50_000;
/** As configured where nothing is said; but no call goes, since so many were asked for. */
const RETENTION = { numbersDays: 90, callsMonths: 1_200 };
const CACHE_KIB = 1_000_000;
/** The first of them, which the next ones are copied of. */
const BLOCK_WEEKS = 1;
/** Who has not called again by then gave up. */
const SETTLED_MS = 25 * 3_600_000;

/**
 * The first weeks and the last are told to the journal fact by fact, as to a daemon's; told so, ten million calls would
 * take an hour. The weeks between are copies of the first, made by SQL: rows later by whole weeks, of other callers,
 * days' sums with them, and months' sums made of the days'. The last ones go on from there as after any restart.
 */
async function fill(order: FillOrder): Promise<FillDone> {
  const fromMs = performance.now();
  const week = await liveWeek();
  const cpu = process.cpuUsage();
  const weeks = Math.max(1, Math.ceil(order.calls / week.calls));
  const vault = openKeptVault({ keyFile: order.keyFile, numbers: numberFormSchema.parse(undefined) });
  const copies = Math.max(0, Math.floor((weeks - 1) / BLOCK_WEEKS) - 1);
  const filler = new Filler(order.file, week, vault, weeks);
  const say = (done: number): void =>
    void process.stderr.write(
      `filled ${done} weeks of ${weeks} in ${grouped((performance.now() - fromMs) / 1_000)} s\n`,
    );
  const first = copies > 0 ? BLOCK_WEEKS : 0;
  const last = weeks - first - copies * BLOCK_WEEKS;
  if (first > 0) filler.write({ fromWeek: weeks, untilWeek: weeks - first, goesOn: false });
  const copied = filler.copy(copies, fromMs + order.mostMs, (done) => say(first + done));
  const fromWeek = weeks - first - copied;
  const untilWeek = fromWeek - last;
  filler.write({ fromWeek, untilWeek, goesOn: true });
  const untilMs = END_MS - untilWeek * WEEK_MS;
  const { calls, bytes } = filler.finish(untilMs);
  const { user, system } = process.cpuUsage(cpu);
  return {
    calls,
    weeks: weeks - untilWeek,
    writtenWeeks: first + last,
    tookMs: performance.now() - fromMs,
    cpuMs: (user + system) / 1_000,
    bytes,
    untilMs,
    untilWeek,
  };
}

interface Told {
  readonly fromWeek: number;
  readonly untilWeek: number;
  readonly goesOn: boolean;
}

class Filler {
  readonly #file: string;
  readonly #week: Week;
  readonly #vault: KeyedVault;
  readonly #shares: SumShares;
  readonly #startMs: number;
  #database: DatabaseSync;

  constructor(file: string, week: Week, vault: KeyedVault, weeks: number) {
    this.#file = file;
    this.#week = week;
    this.#vault = vault;
    this.#shares = new SumShares(week.definition);
    this.#startMs = END_MS - weeks * WEEK_MS;
    this.#database = this.#open();
  }

  /**
   * Tells the journal of the weeks that began `fromWeek` weeks ago and later, until `untilWeek` weeks ago; `goesOn`:
   * with people on the line then, and not until all is over and settled.
   */
  write({ fromWeek, untilWeek, goesOn }: Told): void {
    const journal = new JournalFile(this.#database, {
      definition: this.#week.definition,
      openedAtMs: END_MS - fromWeek * WEEK_MS,
      sharesFor: (definition) => new SumShares(definition),
      vault: this.#vault,
    });
    for (let before = fromWeek - 1; before >= untilWeek; before -= 1) {
      writeWeek(journal, this.#week, { before, isWhole: !goesOn || before > untilWeek });
      // Those of the week before are done with: a leader's list does not grow for years.
      this.#closeCallBacks(journal, END_MS - before * WEEK_MS, END_MS - (before + 1) * WEEK_MS);
    }
    if (!goesOn) {
      const settledMs = END_MS - untilWeek * WEEK_MS + SETTLED_MS;
      journal.write({ facts: [], openCalls: [], seen: new Map(), audits: [], atMs: settledMs });
      this.#closeCallBacks(journal, settledMs, settledMs);
    }
    if (journal.unsummed > 0) throw new Error(`${journal.unsummed} facts are in no sum`);
  }

  /** What is there, so many times again, or as often as there is time for; so many weeks of it. */
  copy(times: number, untilMs: number, say: (weeks: number) => void): number {
    if (times === 0) return 0;
    const blockMs = BLOCK_WEEKS * WEEK_MS;
    this.#reopen('MEMORY');
    const database = this.#database;
    const each = { byMs: blockMs, ...this.#last() };
    const span = { fromMs: this.#startMs, untilMs: this.#startMs + blockMs };
    const rows = new JournalCopies(database);
    const sums = new CopiedSums(database, span, (key) => this.#shares.hoursOf(key));
    let done = 0;
    while (done < times && performance.now() < untilMs) {
      const time = ++done;
      const move = moveOf(each, time);
      const keepsNumbers = span.untilMs + move.byMs > cutsOf(RETENTION, END_MS).numbersBeforeMs;
      inTransaction(database, () => {
        rows.copy(move);
        sums.copy(move.byMs);
        if (keepsNumbers) rows.copyCallers(move, this.#vault);
      });
      if (time % Math.ceil(times / 10) === 0) say(time * BLOCK_WEEKS);
    }
    sums.finish();
    const { persons, byMs } = moveOf(each, done);
    const put = database.prepare('UPDATE meta SET value = value + ? WHERE key = ?');
    put.run(persons, 'last_person');
    put.run(byMs, 'settled_ms');
    database.prepare('UPDATE seen SET until_ms = until_ms + ?').run(byMs);
    this.#reopen('WAL');
    return done * BLOCK_WEEKS;
  }

  finish(untilMs: number): Pick<FillDone, 'calls' | 'bytes'> {
    const database = this.#database;
    const steps = purge(database, cutsOf(RETENTION, untilMs));
    while (steps.next().done !== true);
    const calls = Number(database.prepare('SELECT count(*) AS calls FROM call').get()?.['calls']);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    return { calls, bytes: statSync(this.#file).size };
  }

  #open(): DatabaseSync {
    const database = openJournalFile({ file: this.#file });
    // Only while it is filled: a crash would cost nothing but the filling.
    database.exec(
      `PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF; PRAGMA cache_size = -${CACHE_KIB};
        PRAGMA temp_store = MEMORY`,
    );
    return database;
  }

  /** As copies are written once alone, at the end: not through the log. */
  #reopen(mode: 'MEMORY' | 'WAL'): void {
    this.#database.close();
    this.#database = this.#open();
    if (mode === 'MEMORY') this.#database.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = MEMORY');
  }

  #last(): Omit<Move, 'byMs'> {
    const last = (sql: string): number => Number(this.#database.prepare(sql).get()?.['last'] ?? 0);
    return {
      calls: last('SELECT max(id) AS last FROM call'),
      facts: last('SELECT max(seq) AS last FROM fact'),
      audits: last('SELECT max(seq) AS last FROM audit'),
      persons: last(`SELECT value AS last FROM meta WHERE key = 'last_person'`),
    };
  }

  #closeCallBacks(journal: JournalFile, atMs: number, openedBeforeMs: number): void {
    const owed = this.#database.prepare(
      'SELECT first_call AS id FROM call_back WHERE ended_ms IS NULL AND opened_ms < ?',
    );
    for (const { id } of owed.all(openedBeforeMs)) {
      journal.closeCallBack({ id: String(id), who: 'leader', reason: 'reached-otherwise', note: '', atMs });
    }
  }
}

const moveOf = (each: Move, times: number): Move => ({
  byMs: each.byMs * times,
  calls: each.calls * times,
  facts: each.facts * times,
  audits: each.audits * times,
  persons: each.persons * times,
});

/** The week that ended so long ago; `isWhole`: with the calls that were going on then. */
function writeWeek(
  journal: JournalFile,
  { told, untilEnd }: Week,
  { before, isWhole }: { readonly before: number; readonly isWhole: boolean },
): void {
  const ours = isWhole ? told : told.slice(0, untilEnd);
  for (let from = 0; from < ours.length; from += FACTS_A_BATCH) {
    const facts = ours.slice(from, from + FACTS_A_BATCH).map((one) => weeksBefore(one, before));
    const atMs = Math.min(facts.at(-1)?.fact.atMs ?? END_MS, END_MS - before * WEEK_MS);
    const seen = new Map(facts.map(({ fact }) => [fact.pbx, atMs]));
    journal.write({ facts, openCalls: [], seen, audits: [], atMs });
  }
}

async function answer(order: FillOrder): Promise<void> {
  const done = await fill(order);
  process.send?.(done, () => process.disconnect());
}

process.on('message', (order: FillOrder) => void answer(order));
