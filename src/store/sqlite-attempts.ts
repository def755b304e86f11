import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { attemptCallOf, type OutboundTry } from '../attempts/attempt-call.ts';
import { callBackSharesOf } from '../attempts/call-back-share.ts';
import { callBackSummaryOf } from '../attempts/call-back-summary.ts';
import type { CallBackRules } from '../attempts/call-back.ts';
import { callBacksOf } from '../attempts/call-backs.ts';
import { chainsOf, type Chain } from '../attempts/chain.ts';
import { attemptSharesOf } from '../attempts/score.ts';
import { changedShares } from '../attempts/share.ts';
import type { CallRecord, OutboundEnded } from '../calls/facts.ts';
import type { CallBackAnswer, CallBackOrder } from './call-back-order.ts';
import type { Change } from './merge.ts';
import { chainRowOf, ChainTables, type CallBackRow, type ChainRow } from './sqlite-chains.ts';
import { HistoryTables, type PersonHistory } from './sqlite-histories.ts';
import type { PeopleTable } from './sqlite-people.ts';
import { closedRecords } from './sqlite-replay.ts';
import type { SumBook } from './sum-book.ts';

interface Owner {
  readonly pbx: string;
  readonly uniqueid: string;
}
interface Rows {
  readonly chains: readonly ChainRow[];
  readonly callBacks: readonly CallBackRow[];
}
const NO_ROWS: Rows = { chains: [], callBacks: [] };

/**
 * Chains of attempts and call-backs as the calls go on (norm.md sections 3 and 4), in the transaction of the facts they
 * are made of. Whoever's calls changed is reckoned anew by the pure functions, from the instant before which nothing
 * can have changed: what is kept is what all of their calls would give.
 */
export class AttemptBook {
  readonly #people: PeopleTable;
  readonly #histories: HistoryTables;
  readonly #tables: ChainTables;
  readonly #database: DatabaseSync;
  readonly #settled: StatementSync;
  readonly #settle: StatementSync;
  readonly #audit: StatementSync;
  #rules: CallBackRules;
  /** Calls that ended, or of which it was heard who called. */
  readonly #calls = new Map<string, { readonly owner: Owner; record: CallRecord | undefined }>();
  readonly #tries = new Map<string, OutboundEnded>();
  /** Persons, and the instant from which something of them changed. */
  readonly #touched = new Map<number, number>();
  /** Calls without a number: chains of their own. */
  readonly #numberless = new Set<number>();
  #unsummed = 0;

  constructor(database: DatabaseSync, people: PeopleTable, rules: CallBackRules) {
    this.#database = database;
    this.#people = people;
    this.#rules = rules;
    this.#histories = new HistoryTables(database);
    this.#tables = new ChainTables(database);
    this.#settled = database.prepare(`SELECT value FROM meta WHERE key = 'settled_ms'`);
    this.#settle = database.prepare(`INSERT OR REPLACE INTO meta(key, value) VALUES ('settled_ms', ?)`);
    this.#audit = database.prepare(
      'INSERT INTO audit(at_ms, who, what, about, detail) VALUES (?, ?, ?, ?, ?) RETURNING seq',
    );
  }

  /** Changes that are kept and in no sum, because of a fault in how they are summed. */
  get unsummed(): number {
    return this.#unsummed;
  }

  /** Others are in force: what changes from here on is judged by them. */
  redefine(rules: CallBackRules): void {
    this.#rules = rules;
  }

  /** Who called, or was called, is known now. */
  heard({ pbx, uniqueid }: Owner): void {
    this.#noteCall({ pbx, uniqueid }, undefined);
  }

  tell({ after }: Change): void {
    if (after.type === 'call-closed') this.#noteCall(after.record, after.record);
    else if (after.type === 'outbound-ended') this.#tries.set(after.id, after);
  }

  /** Takes up what was told, after the calls and facts themselves were written; `nowMs`: so late it is, where that is known. */
  write(book: SumBook, nowMs: number | undefined): void {
    if (nowMs !== undefined) this.#settleUntil(nowMs, book);
    for (const { owner, record } of this.#calls.values()) this.#takeCall(owner, record);
    for (const told of this.#tries.values()) this.#takeTry(told);
    this.#reckon(book);
    this.forget();
  }

  /** Lets go of what a transaction that failed was told. */
  forget(): void {
    this.#calls.clear();
    this.#tries.clear();
    this.#touched.clear();
    this.#numberless.clear();
  }

  /** In a transaction. Audited where it is done; where it is not, nothing is written. */
  close(order: CallBackOrder, book: SumBook): CallBackAnswer {
    const row = this.#callBackBehind(order.id);
    const words = row === undefined ? 'There is no such call-back.' : refusalOf(order, row);
    if (row === undefined || words !== undefined) return { closed: false, words: words ?? '' };
    const { who: by, reason, note } = order;
    // A clock that was put back: nobody closes what has not begun.
    const atMs = Math.max(order.atMs, row.summary.openedAtMs);
    const detail = note === '' ? reason : `${reason}: ${note}`;
    const audit = this.#audit.get(order.atMs, by, 'call-back-closed', `call-back ${row.firstCall}`, detail);
    this.#histories.putClosing(Number(audit?.['seq']), row.person, { atMs, by, reason, note });
    this.#touch(row.person, atMs);
    this.#reckon(book);
    this.forget();
    return { closed: true };
  }

  /** Makes chains, call-backs and their sums anew, of the calls and who called. In a transaction, with those sums gone. */
  rebuild(book: SumBook): void {
    this.#tables.clear();
    for (const { id, record } of closedRecords(this.#database)) {
      const kept = this.#histories.call(id);
      const call = kept && attemptCallOf(record, kept.call.caller);
      if (kept !== undefined && call !== undefined) this.#histories.putCall({ ...kept, call });
    }
    for (const row of this.#database.prepare('SELECT call, person FROM attempt_call').all()) {
      const person = Number(row['person']);
      if (person === 0) this.#numberless.add(Number(row['call']));
      else this.#touched.set(person, -Infinity);
    }
    this.#reckon(book);
    this.forget();
  }

  #noteCall({ pbx, uniqueid }: Owner, record: CallRecord | undefined): void {
    const key = JSON.stringify([pbx, uniqueid]);
    const noted = this.#calls.get(key);
    if (noted === undefined) this.#calls.set(key, { owner: { pbx, uniqueid }, record });
    else noted.record = record ?? noted.record;
  }

  #takeCall(owner: Owner, record: CallRecord | undefined): void {
    const id = this.#histories.callId(owner);
    if (id === undefined) return;
    const old = this.#histories.call(id);
    const unheard = this.#people.keepsNumbers ? 0 : undefined;
    const person = this.#people.personOf(owner) ?? old?.person ?? unheard;
    // Callers cannot be told apart, or the call is not over.
    if (person === undefined || (record === undefined && old === undefined)) return;
    const told = record === undefined ? old?.call : attemptCallOf(record, '');
    const call = told !== undefined && isInTime(told.reachedAtMs, told.closedAtMs) ? told : undefined;
    if (old !== undefined) this.#touchCall(old.person, id, old.call.reachedAtMs);
    if (call === undefined) this.#histories.removeCall(id);
    else {
      this.#histories.putCall({ id, person, call });
      this.#touchCall(person, id, call.reachedAtMs);
    }
  }

  #takeTry(told: OutboundEnded): void {
    const { pbx, uniqueid, agent, startedAtMs, atMs: endedAtMs, answered, talkMs } = told;
    const person = this.#people.personOf(told);
    if (person === undefined || !isInTime(startedAtMs, endedAtMs)) return;
    const outbound: OutboundTry = {
      pbx,
      uniqueid,
      caller: String(person),
      agent,
      startedAtMs,
      endedAtMs,
      answered,
      talkMs,
    };
    const before = this.#histories.putTry(told.id, person, outbound);
    this.#touch(person, Math.min(endedAtMs, before ?? endedAtMs));
  }

  #touchCall(person: number, id: number, atMs: number): void {
    if (person === 0) this.#numberless.add(id);
    else this.#touch(person, atMs);
  }

  #touch(person: number, atMs: number): void {
    this.#touched.set(person, Math.min(atMs, this.#touched.get(person) ?? Infinity));
  }

  #settledMs(): number {
    return Number(this.#settled.get()?.['value'] ?? 0);
  }

  /** Who did not call again for 24 h gave up. Where the clock was put back, those come to life whose 24 h are not over. */
  #settleUntil(nowMs: number, book: SumBook): void {
    const beforeMs = this.#settledMs();
    if (nowMs === beforeMs) return;
    const chains = this.#tables.changedByTime(beforeMs, nowMs);
    const after = chains.map((chain): ChainRow => ({ ...chain, state: nowMs > beforeMs ? 'never' : 'open' }));
    this.#replace({ chains, callBacks: [] }, { chains: after, callBacks: [] }, book);
    this.#settle.run(nowMs);
  }

  /** All rows are read before one is written: a call may have gone from one person to another. */
  #reckon(book: SumBook): void {
    if (this.#touched.size + this.#numberless.size === 0) return;
    const settledMs = this.#settledMs();
    for (const id of this.#numberless) {
      const kept = this.#histories.call(id);
      const chain = this.#tables.chain(id);
      const chains = kept?.person === 0 ? chainsOf([kept.call], settledMs) : [];
      this.#replace(
        { ...NO_ROWS, chains: chain?.person === 0 ? [chain] : [] },
        { ...NO_ROWS, chains: chains.map((one) => chainRowOf(one, id, 0)) },
        book,
      );
    }
    const pairs = [...this.#touched].map(([person, atMs]) => {
      const fromMs = this.#beginOf(person, atMs);
      return [this.#rowsFrom(person, fromMs), this.#rowsOf(person, fromMs, settledMs)] as const;
    });
    const join = <Row>(side: 0 | 1, of: (rows: Rows) => readonly Row[]): readonly Row[] =>
      pairs.flatMap((pair) => of(pair[side]));
    this.#replace(
      { chains: join(0, ({ chains }) => chains), callBacks: join(0, ({ callBacks }) => callBacks) },
      { chains: join(1, ({ chains }) => chains), callBacks: join(1, ({ callBacks }) => callBacks) },
      book,
    );
  }

  /**
   * From here on all is reckoned anew: no call, no chain and no call-back goes on over that instant, so what was before
   * has no part in what comes after.
   */
  #beginOf(person: number, atMs: number): number {
    for (let fromMs = atMs; ;) {
      const earlierMs = Math.min(
        this.#histories.earliestGoingOn(person, fromMs),
        this.#tables.earliestGoingOn(person, fromMs),
      );
      if (earlierMs >= fromMs) return fromMs;
      fromMs = earlierMs;
    }
  }

  #rowsFrom(person: number, fromMs: number): Rows {
    return {
      chains: this.#tables.chainsFrom(person, fromMs),
      callBacks: this.#tables.callBacksFrom(person, fromMs),
    };
  }

  #rowsOf(person: number, fromMs: number, settledMs: number): Rows {
    const history = this.#histories.historyOf(person, fromMs);
    const idOf = (chain: Chain): number => firstId(history, chain);
    return {
      chains: chainsOf(history.calls, settledMs).map((chain) => chainRowOf(chain, idOf(chain), person)),
      callBacks: callBacksOf(history, this.#rules).map((callBack) => ({
        // It begins with a call that was lost.
        firstCall: history.idOf.get(callBack.lost[0] as (typeof callBack.lost)[number]) ?? 0,
        person,
        summary: callBackSummaryOf(callBack),
      })),
    };
  }

  #replace(before: Rows, after: Rows, book: SumBook): void {
    this.#tables.replaceChains(before.chains, after.chains);
    this.#tables.replaceCallBacks(before.callBacks, after.callBacks);
    const shares = ({ chains, callBacks }: Rows) => [
      ...attemptSharesOf(chains),
      ...callBackSharesOf(callBacks.map(({ summary }) => summary)),
    ];
    try {
      for (const share of changedShares(shares(before), shares(after))) book.add(share);
    } catch {
      // As with every share: what cannot be summed is kept, and the sums can be made anew of it.
      this.#unsummed += 1;
    }
  }

  /** The entry of an id; where another call of the same person turned out to be the first, the one that is open. */
  #callBackBehind(id: string): CallBackRow | undefined {
    const firstCall = /^\d{1,15}$/.test(id) ? Number(id) : -1;
    const found = this.#tables.callBack(firstCall);
    const person = found === undefined ? this.#histories.call(firstCall)?.person : undefined;
    return found ?? (person === undefined ? undefined : this.#tables.openCallBack(person));
  }
}

/** An instant that no calendar has (ECMA-262, 21.4.1.1) is none. */
const isInTime = (...instantsMs: readonly number[]): boolean =>
  instantsMs.every((atMs) => Math.abs(atMs) < LAST_DAY_MS);
const LAST_DAY_MS = 8.6e15;

/** A chain is made of at least one call. */
function firstId({ idOf }: PersonHistory, { attempts }: Chain): number {
  const first = attempts[0]?.calls[0];
  return (first && idOf.get(first)) ?? 0;
}

/** Why it may not be closed, in a sentence; undefined where it may. */
function refusalOf({ reason, note }: CallBackOrder, { summary }: CallBackRow): string | undefined {
  if (summary.end !== null) return 'It is closed already.';
  if (reason === 'other' && note.trim() === '') return 'Say in words why it is closed.';
  if (reason !== 'could-not-be-reached' || summary.mayBeGivenUp) return undefined;
  return (
    `The caller was tried on ${summary.daysTried === 1 ? '1 day' : `${summary.daysTried} days`}: ` +
    '"could not be reached" may be said after tries on two different days.'
  );
}
