import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AttemptCall, OutboundTry } from '../attempts/attempt-call.ts';
import { CLOSING_REASONS, type CallBackClosing } from '../attempts/call-back-closing.ts';
import { OUTCOMES } from '../calls/facts.ts';

/** A call as chains and call-backs see it, and its row among the calls. */
export interface KeptCall {
  readonly id: number;
  /** 0 for a caller without a number. */
  readonly person: number;
  readonly call: AttemptCall;
}

/** All that is known of one person from an instant on. */
export interface PersonHistory {
  readonly calls: readonly AttemptCall[];
  readonly outbounds: readonly OutboundTry[];
  readonly closings: readonly CallBackClosing[];
  /** By the calls of `calls`. */
  readonly idOf: ReadonlyMap<AttemptCall, number>;
}

const CALLS = `SELECT a.*, c.pbx, c.uniqueid FROM attempt_call a JOIN call c ON c.id = a.call`;

/** What chains and call-backs are made of: who called when, who was called back, what a person said. It holds no number. */
export class HistoryTables {
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: DatabaseSync) {
    this.#statements = prepareAll(database);
  }

  /** Of the calls' table; undefined where it is not there. */
  callId({ pbx, uniqueid }: { readonly pbx: string; readonly uniqueid: string }): number | undefined {
    const id = this.#statements.callId.get(pbx, uniqueid)?.['id'];
    return typeof id === 'number' ? id : undefined;
  }

  call(id: number): KeptCall | undefined {
    const row = this.#statements.call.get(id);
    return row === undefined ? undefined : keptCallOf(row);
  }

  putCall({ id, person, call }: KeptCall): void {
    const { hotline, reachedAtMs, closedAtMs, outcome, hours, emergency, asked, short } = call;
    this.#statements.putCall.run(
      id,
      person,
      hotline,
      reachedAtMs,
      closedAtMs,
      outcome,
      Number(hours === 'closed'),
      Number(emergency),
      Number(asked),
      Number(short),
    );
  }

  removeCall(id: number): void {
    this.#statements.removeCall.run(id);
  }

  /** Keeps a try with its fact, which is kept already; when it was known to have ended until now, undefined for one that is new. */
  putTry(factId: string, person: number, told: OutboundTry): number | undefined {
    const { pbx, uniqueid, agent, startedAtMs, endedAtMs, answered, talkMs } = told;
    const known = this.#statements.tryOf.get(factId);
    if (known === undefined) return undefined;
    const fact = Number(known['seq']);
    this.#statements.putTry.run(
      fact,
      person,
      pbx,
      uniqueid,
      agent,
      startedAtMs,
      endedAtMs,
      Number(answered),
      talkMs,
    );
    return typeof known['ended_ms'] === 'number' ? known['ended_ms'] : undefined;
  }

  /** `audit`: the row that says the same for good. */
  putClosing(audit: number | bigint, person: number, closing: Omit<CallBackClosing, 'caller'>): void {
    const { atMs, by, reason, note } = closing;
    this.#statements.putClosing.run(audit, person, atMs, by, reason, note);
  }

  /** What ended, and was said, at `fromMs` or later. */
  historyOf(person: number, fromMs: number): PersonHistory {
    const { calls, tries, closings } = this.#statements;
    const kept = calls.all(person, fromMs).map(keptCallOf);
    const caller = String(person);
    return {
      calls: kept.map(({ call }) => call),
      outbounds: tries.all(person, fromMs).map((row) => tryOf(caller, row)),
      closings: closings.all(person, fromMs).map((row) => closingOf(caller, row)),
      idOf: new Map(kept.map(({ id, call }) => [call, id])),
    };
  }

  /** When the earliest of the calls that ended at `atMs` or later reached its hotline; Infinity where none did. */
  earliestGoingOn(person: number, atMs: number): number {
    const first = this.#statements.earliest.get(person, atMs)?.['first'];
    return typeof first === 'number' ? first : Infinity;
  }
}

function keptCallOf(row: Record<string, unknown>): KeptCall {
  const person = Number(row['person']);
  const call: AttemptCall = {
    pbx: String(row['pbx']),
    uniqueid: String(row['uniqueid']),
    hotline: String(row['hotline']),
    caller: person === 0 ? '' : String(person),
    reachedAtMs: Number(row['reached_ms']),
    closedAtMs: Number(row['closed_ms']),
    outcome: OUTCOMES.find((outcome) => outcome === row['outcome']) ?? 'unknown',
    hours: row['closed_hours'] === 1 ? 'closed' : 'open',
    emergency: row['emergency'] === 1,
    asked: row['asked'] === 1,
    short: row['short'] === 1,
  };
  return { id: Number(row['call']), person, call };
}

const tryOf = (caller: string, row: Record<string, unknown>): OutboundTry => ({
  pbx: String(row['pbx']),
  uniqueid: String(row['uniqueid']),
  caller,
  agent: String(row['agent']),
  startedAtMs: Number(row['started_ms']),
  endedAtMs: Number(row['ended_ms']),
  answered: row['answered'] === 1,
  talkMs: Number(row['talk_ms']),
});

const closingOf = (caller: string, row: Record<string, unknown>): CallBackClosing => ({
  caller,
  atMs: Number(row['at_ms']),
  by: String(row['who']),
  reason: CLOSING_REASONS.find((reason) => reason === row['reason']) ?? 'other',
  note: String(row['note']),
});

function prepareAll(
  database: DatabaseSync,
): Record<
  | 'callId'
  | 'call'
  | 'putCall'
  | 'removeCall'
  | 'tryOf'
  | 'putTry'
  | 'putClosing'
  | 'calls'
  | 'tries'
  | 'closings'
  | 'earliest',
  StatementSync
> {
  return {
    callId: database.prepare('SELECT id FROM call WHERE pbx = ? AND uniqueid = ?'),
    call: database.prepare(`${CALLS} WHERE a.call = ?`),
    putCall: database.prepare('INSERT OR REPLACE INTO attempt_call VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    removeCall: database.prepare('DELETE FROM attempt_call WHERE call = ?'),
    tryOf: database.prepare(
      'SELECT f.seq, o.ended_ms FROM fact f LEFT JOIN outbound_try o ON o.fact = f.seq WHERE f.id = ?',
    ),
    putTry: database.prepare('INSERT OR REPLACE INTO outbound_try VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    putClosing: database.prepare('INSERT INTO call_back_closing VALUES (?, ?, ?, ?, ?, ?)'),
    calls: database.prepare(`${CALLS} WHERE a.person = ? AND a.person > 0 AND a.closed_ms >= ?`),
    tries: database.prepare('SELECT * FROM outbound_try WHERE person = ? AND ended_ms >= ?'),
    closings: database.prepare('SELECT * FROM call_back_closing WHERE person = ? AND at_ms >= ?'),
    earliest: database.prepare(
      `SELECT min(reached_ms) AS first FROM attempt_call WHERE person = ? AND person > 0 AND closed_ms >= ?`,
    ),
  };
}
