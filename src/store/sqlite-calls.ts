import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { callMarksOf, type CallMarks } from './call-marks.ts';
import { callRowOf } from './call-row.ts';
import type { StoredFact } from './compact.ts';
import { merge, type Change, type SourcedFact } from './merge.ts';
import type { CallRow } from './ports.ts';
import { packBody, unpackBody } from './sqlite-body.ts';

type Owner = Pick<CallRow, 'pbx' | 'uniqueid'>;
interface KeptCall {
  readonly owner: Owner;
  /** Of the table; undefined before it is written. */
  rowId: number | bigint | undefined;
  readonly facts: Map<string, SourcedFact<StoredFact>>;
  /** Columns as they are written, to write the body alone where they stay. */
  written: readonly SQLInputValue[];
}

/** Besides identity and body, in the order of the statements. */
const COLUMNS =
  'hotline, hours, emergency, test, reached_ms, closed_ms, outcome, certainty, queue, agent, seat, wait_ms, talk_ms, breaches, brought_in';

/**
 * The calls' table, and in memory the calls that are not over: nothing of them is read back while they go on. What a
 * batch touched is written once, by `write`; after a transaction that failed, `forget` lets go of what it did not keep.
 */
export class CallTable {
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  readonly #update: StatementSync;
  readonly #updateBody: StatementSync;
  readonly #kept = new Map<string, KeptCall>();
  readonly #touched = new Set<KeptCall>();
  /** Over already when they were looked up: kept no longer than the batch. */
  readonly #lookedUp = new Set<KeptCall>();

  constructor(database: DatabaseSync) {
    const places = COLUMNS.split(', ').map((column) => `${column} = ?`);
    this.#find = database.prepare(`SELECT id, body, ${COLUMNS} FROM call WHERE pbx = ? AND uniqueid = ?`);
    this.#insert = database.prepare(
      `INSERT INTO call(${COLUMNS}, body, pbx, uniqueid) VALUES (${places.map(() => '?').join(', ')}, ?, ?, ?)`,
    );
    this.#update = database.prepare(`UPDATE call SET ${places.join(', ')}, body = ? WHERE id = ?`);
    this.#updateBody = database.prepare('UPDATE call SET body = ? WHERE id = ?');
  }

  has(owner: Owner): boolean {
    return this.#recall(owner) !== undefined;
  }

  /** Takes a fact of a call in; undefined where it says nothing new. */
  put(owner: Owner, told: SourcedFact<StoredFact>): Change | undefined {
    const call = this.#recall(owner) ?? this.#begin(owner);
    const known = call.facts.get(told.fact.id);
    const stands = known === undefined ? told : merge(known, told);
    if (stands === known) return undefined;
    call.facts.set(told.fact.id, stands);
    this.#touched.add(call);
    return { before: known?.fact, after: stands.fact };
  }

  /** Writes every call that changed; those that are over leave the memory. */
  write(): void {
    for (const call of this.#touched) {
      const row = callRowOf(call.owner, call.facts.values());
      this.#writeCall(call, row);
      if (row.closedAtMs !== null) this.#kept.delete(keyOf(call.owner));
    }
    for (const { owner } of this.#lookedUp) this.#kept.delete(keyOf(owner));
    this.#touched.clear();
    this.#lookedUp.clear();
  }

  /** What is in memory may be ahead of what is written: it is read again when it is needed. */
  forget(): void {
    this.#kept.clear();
    this.#touched.clear();
    this.#lookedUp.clear();
  }

  #writeCall(call: KeptCall, row: CallRow): void {
    const { pbx, uniqueid } = call.owner;
    const facts = [...call.facts.values()];
    const columns = columnsOf(row, callMarksOf(row, facts));
    const body = packBody(call.owner, facts);
    if (call.rowId === undefined) {
      call.rowId = this.#insert.run(...columns, body, pbx, uniqueid).lastInsertRowid;
    } else if (columns.every((column, place) => column === call.written[place])) {
      this.#updateBody.run(body, call.rowId);
    } else this.#update.run(...columns, body, call.rowId);
    call.written = columns;
  }

  #begin(owner: Owner): KeptCall {
    const call: KeptCall = { owner, rowId: undefined, facts: new Map(), written: [] };
    this.#kept.set(keyOf(owner), call);
    return call;
  }

  #recall(owner: Owner): KeptCall | undefined {
    const key = keyOf(owner);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const found = this.#find.get(owner.pbx, owner.uniqueid);
    if (found === undefined) return undefined;
    const { id, body, ...columns } = found;
    const facts = unpackBody(owner, body).map((kept) => [kept.fact.id, kept] as const);
    const call: KeptCall = {
      owner,
      rowId: Number(id),
      facts: new Map(facts),
      written: Object.values(columns),
    };
    if (columns['closed_ms'] !== null) this.#lookedUp.add(call);
    this.#kept.set(key, call);
    return call;
  }
}

/** No pbx is named with a line break. */
const keyOf = ({ pbx, uniqueid }: Owner): string => `${pbx}\n${uniqueid}`;

function columnsOf(row: CallRow, { breaches, broughtIn }: CallMarks): readonly SQLInputValue[] {
  const { hotline, hours, emergency, test, reachedAtMs, closedAtMs, outcome, certainty } = row;
  const { queue, agent, seat, waitMs, talkMs } = row;
  return [
    hotline,
    hours,
    Number(emergency),
    Number(test),
    reachedAtMs,
    closedAtMs,
    outcome,
    certainty,
    queue,
    agent,
    seat,
    waitMs,
    talkMs,
    breaches,
    broughtIn,
  ];
}
