import { statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { callBackSchema, type CallBackSettings } from '../attempts/call-back-settings.ts';
import type { CallBackRules } from '../attempts/call-back.ts';
import type { Fact } from '../calls/facts.ts';
import type { HoursDefinition, WatchDefinition } from '../hotlines/definition.ts';
import type { CallBackAnswer, CallBackOrder } from './call-back-order.ts';
import { homeOf } from './fact-home.ts';
import { hotlinesSince } from './hotlines-since.ts';
import { isKnown, type Change } from './merge.ts';
import type { FactSource, Restored } from './ports.ts';
import { AttemptBook } from './sqlite-attempts.ts';
import { CallTable } from './sqlite-calls.ts';
import { FactTables } from './sqlite-facts.ts';
import { correctLongest } from './sqlite-longest.ts';
import { PeopleTable } from './sqlite-people.ts';
import { keptSinceOf } from './sqlite-purge.ts';
import { definitionsOf } from './sqlite-queries.ts';
import { renewSums } from './sqlite-rebuild.ts';
import { renewRunning } from './sqlite-running-periods.ts';
import { factsSince, openCallsOf, replay, seenSinceOf, seenUntilOf, sinceOf } from './sqlite-replay.ts';
import { sumsAt, SumTable } from './sqlite-sums.ts';
import { inTransaction } from './sqlite-transaction.ts';
import { SumBook, type SumChange } from './sum-book.ts';
import type { SumKey, SumShare } from './sums.ts';
import { toldShares } from './told-shares.ts';
import type { Vault } from './vault.ts';
import { settingsText } from './definition-text.ts';
import { fromWire, type Batch, type WireFact } from './wire.ts';

/** What each fact adds to which sums, told every fact in its order, and whose hours bound their periods. */
export interface Shares {
  /** Of one fact, whatever was told before it. */
  of(fact: Fact): readonly SumShare[];
  hoursOf(key: SumKey): HoursDefinition;
}
export interface JournalFileOptions {
  readonly definition: WatchDefinition;
  readonly openedAtMs: number;
  readonly sharesFor: (definition: WatchDefinition) => Shares;
  readonly vault: Vault | undefined;
  /** Whom to call back; undefined: as where nothing is set. */
  readonly callBacks?: CallBackSettings | undefined;
}

/** Rolling windows reach back 2 h (norm.md section 1); the talk of a wrap-up that is in them lies before it. */
const RECENT_MS = 3 * 3_600_000;

/** The journal's tables on one connection: what a batch says is committed as one, or not at all. */
export class JournalFile {
  readonly #database: DatabaseSync;
  readonly #options: JournalFileOptions;
  readonly #calls: CallTable;
  readonly #facts: FactTables;
  readonly #sums: SumTable;
  readonly #people: PeopleTable;
  readonly #attempts: AttemptBook;
  readonly #statements: ReturnType<typeof prepareAll>;
  #shares: Shares;
  /** Not yet in the history of definitions: also one that was in force for a moment was. */
  #defined: readonly { readonly definition: WatchDefinition; readonly atMs: number }[];
  #definition: WatchDefinition;
  #unsummed = 0;

  constructor(database: DatabaseSync, options: JournalFileOptions) {
    const { definition, openedAtMs, sharesFor } = options;
    this.#database = database;
    this.#options = options;
    this.#calls = new CallTable(database);
    this.#facts = new FactTables(database);
    this.#sums = new SumTable(database);
    this.#people = new PeopleTable(database, options.vault);
    this.#attempts = new AttemptBook(database, this.#people, rulesOf(definition, options.callBacks));
    this.#statements = prepareAll(database);
    this.#definition = definition;
    this.#defined = [{ definition, atMs: openedAtMs }];
    this.#shares = sharesFor(definition);
  }

  /** Facts that are kept and in no sum, because of a fault in how they are summed. */
  get unsummed(): number {
    return this.#unsummed + this.#attempts.unsummed;
  }

  /** Another definition is in force from now on. */
  redefine(definition: WatchDefinition, atMs: number, callBacks = this.#options.callBacks): void {
    if (definition.hash === this.#definition.hash) return;
    this.#definition = definition;
    this.#defined = [...this.#defined, { definition, atMs }];
    this.#shares = this.#options.sharesFor(definition);
    this.#attempts.redefine(rulesOf(definition, callBacks));
  }

  /** One transaction. Throws where it was not committed: then nothing of it is there. */
  write(batch: Batch): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      this.#sums.recall();
      this.#begin();
      const book = new SumBook((key) => this.#shares.hoursOf(key));
      this.#writeOthers(batch);
      for (const told of batch.facts) this.#tell(told, book);
      this.#calls.write();
      this.#attempts.write(book, batch.atMs);
      this.#writeSums(book);
      this.#database.exec('COMMIT');
      this.#sums.keep();
      this.#defined = [];
    } catch (cause) {
      this.#sums.forget();
      this.#calls.forget();
      this.#attempts.forget();
      // A disk that is full has rolled back by itself (sqlite.org/lang_transaction.html, "Response To Errors").
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw cause;
    }
  }

  /** One transaction; where it is not closed nothing is written. */
  closeCallBack(order: CallBackOrder): CallBackAnswer {
    return inTransaction(this.#database, () => {
      const book = new SumBook((key) => this.#shares.hoursOf(key));
      const answer = this.#attempts.close(order, book);
      this.#writeSums(book);
      return answer;
    });
  }

  /** Whoever gave up while nobody watched is in the sums that are found, and running periods have the bounds they have now. */
  restore(nowMs: number): Restored {
    for (const bring of [() => this.#renewRunning(nowMs), () => this.#pass(nowMs)]) {
      try {
        bring();
      } catch {
        // A disk that is full keeps nobody from reading: time passes with the next batch, the next start renews.
      }
    }
    const database = this.#database;
    return {
      sinceMs: sinceOf(database),
      seenUntilMs: seenUntilOf(database),
      sinceByPbx: seenSinceOf(database),
      hotlinesSince: hotlinesSince(
        definitionsOf(database),
        this.#definition,
        this.#defined.at(-1)?.atMs ?? nowMs,
      ),
      openCalls: openCallsOf(database),
      recentFacts: factsSince(database, nowMs - RECENT_MS).map(({ fact }) => fact),
      sums: sumsAt(database, nowMs),
    };
  }

  /** Makes the sums anew, and the chains and call-backs, of the facts that are kept; sums whose facts are destroyed stay. */
  rebuildSums(): void {
    const database = this.#database;
    inTransaction(database, () => {
      renewSums(database, keptSinceOf(database), (enter) => this.#sumAll(enter));
    });
  }

  #sumAll(enter: (book: SumBook) => Pick<SumBook, 'changes'>): void {
    const shares = this.#options.sharesFor(this.#definition);
    let book = new SumBook((key) => shares.hoursOf(key));
    let facts = 0;
    for (const { fact } of replay(this.#database, { fromMs: -Infinity, untilMs: Infinity })) {
      for (const share of shares.of(fact)) book.add(share);
      facts += 1;
      if (facts % FACTS_A_BOOK !== 0) continue;
      this.#sums.apply(enter(book));
      book = new SumBook((key) => shares.hoursOf(key));
    }
    this.#attempts.rebuild(book);
    this.#sums.apply(enter(book));
  }

  #renewRunning(nowMs: number): void {
    const definition = this.#definition;
    const shares = this.#options.sharesFor(definition);
    inTransaction(this.#database, () =>
      renewRunning(this.#database, this.#sums, { definition, shares, nowMs }),
    );
  }

  #pass(nowMs: number): void {
    inTransaction(this.#database, () => {
      const book = new SumBook((key) => this.#shares.hoursOf(key));
      this.#attempts.write(book, nowMs);
      this.#writeSums(book);
    });
  }

  #begin(): void {
    const { since, define } = this.#statements;
    since.run(this.#options.openedAtMs);
    for (const { definition, atMs } of this.#defined) {
      define.run({ atMs, hash: definition.hash, settings: settingsText(definition) });
    }
  }

  #tell(told: WireFact, book: SumBook): void {
    const fact = fromWire(told);
    if (told.digits !== '' && 'uniqueid' in fact) this.#people.keep(fact, fact.atMs, told.digits);
    if (fact.type === 'caller-heard') {
      this.#attempts.heard(fact);
      return;
    }
    // Also where the end was known: a state of the call may have been written before it once more.
    if (fact.type === 'call-closed') this.#statements.forgetOpen.run(fact.pbx, fact.record.uniqueid);
    if (fact.type === 'outbound-ended') this.#statements.forgetOpen.run(fact.pbx, fact.uniqueid);
    const { source } = told;
    const home = homeOf(fact);
    let change: Change | undefined;
    if (!('uniqueid' in home)) change = this.#facts.put(home.table, { fact, source });
    else {
      const owner = { pbx: fact.pbx, uniqueid: home.uniqueid };
      const isOfCall = home.table === 'call' || this.#calls.has(owner);
      change = isOfCall
        ? this.#calls.put(owner, { fact, source })
        : this.#facts.put('fact', { fact, source });
    }
    if (change === undefined) {
      // It was counted at its instant though more was known by then.
      if (source === 'seen' && !isKnown(fact)) this.#sumTold(fact, book);
      return;
    }
    this.#sum(change, source, book);
    this.#attempts.tell(change);
  }

  /** A fact whose sums cannot be made is kept all the same: the sums can be made anew of it. */
  #sum({ before, after }: Change, source: FactSource, book: SumBook): void {
    try {
      const replaced = before === undefined ? [] : this.#shares.of(before);
      const made = this.#shares.of(after);
      for (const share of replaced) book.takeBack(share);
      for (const share of made) book.add(share);
      for (const share of toldShares({ replaced, made, after, source })) book.addTold(share);
    } catch {
      this.#unsummed += 1;
    }
  }

  #sumTold(fact: Fact, book: SumBook): void {
    try {
      const replaced = this.#shares.of(fact);
      for (const share of toldShares({ replaced, made: [], after: fact, source: 'seen' }))
        book.addTold(share);
    } catch {
      this.#unsummed += 1;
    }
  }

  #writeSums(book: SumBook): void {
    const uncertain: readonly SumChange[] = this.#sums.apply(book);
    if (uncertain.length === 0) return;
    correctLongest(this.#database, this.#sums, uncertain, (fact) => this.#shares.of(fact));
  }

  #writeOthers({ openCalls, seen, audits }: Batch): void {
    const { keepOpen, forgetOpen, sight, audit } = this.#statements;
    for (const { pbx, uniqueid, state } of openCalls) {
      if (state === undefined) forgetOpen.run(pbx, uniqueid);
      else keepOpen.run(pbx, uniqueid, state);
    }
    for (const [pbx, atMs] of seen) sight.run({ pbx, atMs });
    for (const { atMs, who, what, about, detail } of audits) audit.run(atMs, who, what, about, detail);
  }
}

function rulesOf({ hotlines }: WatchDefinition, settings: CallBackSettings | undefined): CallBackRules {
  const zones = new Map(hotlines.map(({ pbx, name, hours }) => [JSON.stringify([pbx, name]), hours.zone]));
  return {
    settings: settings ?? callBackSchema.parse(undefined),
    zoneOf: (pbx, hotline) => zones.get(JSON.stringify([pbx, hotline])) ?? 'UTC',
  };
}

/** Enough that a row is written seldom, few enough to fit into memory. */
const FACTS_A_BOOK = 100_000;

function prepareAll(
  database: DatabaseSync,
): Record<'since' | 'define' | 'keepOpen' | 'forgetOpen' | 'sight' | 'audit', StatementSync> {
  return {
    since: database.prepare(`INSERT OR IGNORE INTO meta(key, value) VALUES ('since_ms', ?)`),
    define: database.prepare(
      `INSERT INTO definition(at_ms, hash, settings) SELECT :atMs, :hash, :settings
        WHERE :hash IS NOT (SELECT hash FROM definition ORDER BY at_ms DESC LIMIT 1)
        ON CONFLICT DO UPDATE SET hash = excluded.hash, settings = excluded.settings`,
    ),
    keepOpen: database.prepare(
      `INSERT INTO open_call(pbx, uniqueid, state) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET state = excluded.state`,
    ),
    forgetOpen: database.prepare(`DELETE FROM open_call WHERE pbx = ? AND uniqueid = ?`),
    sight: database.prepare(
      `INSERT INTO seen(pbx, until_ms, since_ms) VALUES (:pbx, :atMs, :atMs)
        ON CONFLICT DO UPDATE SET until_ms = max(until_ms, excluded.until_ms)`,
    ),
    audit: database.prepare(`INSERT INTO audit(at_ms, who, what, about, detail) VALUES (?, ?, ?, ?, ?)`),
  };
}

/** Size of the database and its log. */
export function bytesOf(file: string): number {
  return [file, `${file}-wal`].reduce(
    (sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
