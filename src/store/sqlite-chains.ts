import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CallBackSummary } from '../attempts/call-back-summary.ts';
import { ATTEMPT_MS, CHAIN_MS, type Chain } from '../attempts/chain.ts';
import type { ChainFigures } from '../attempts/score.ts';
import { resultOf } from '../attempts/chain.ts';

/** A chain as it is kept: what its share, the distribution and the callers not reached are made of. */
export interface ChainRow extends ChainFigures {
  /** Row of its first call: no two chains have the same. */
  readonly firstCall: number;
  readonly person: number;
  /** When its last call reached the hotline. */
  readonly lastAtMs: number;
  readonly endsAtMs: number;
  readonly failedCalls: number;
  /** Its last attempt failed: who gave up then was not reached. */
  readonly failedLast: boolean;
  /** When the first call of its last attempt reached the hotline. */
  readonly attemptAtMs: number;
}

/** A call-back as it is kept, under the row of its first call. */
export interface CallBackRow {
  readonly firstCall: number;
  readonly person: number;
  readonly summary: CallBackSummary;
}

export function chainRowOf(chain: Chain, firstCall: number, person: number): ChainRow {
  const { pbx, hotline, state, reachedAtMs, endsAtMs, attempts, failed, certain } = chain;
  const calls = attempts.flatMap((attempt) => attempt.calls);
  return {
    firstCall,
    person,
    pbx,
    hotline,
    state,
    reachedAtMs,
    lastAtMs: calls.at(-1)?.reachedAtMs ?? reachedAtMs,
    endsAtMs,
    attempts: { length: attempts.length },
    failed,
    certain,
    failedCalls: calls.filter((call) => resultOf(call) === 'failed').length,
    failedLast: attempts.at(-1)?.result === 'failed',
    attemptAtMs: attempts.at(-1)?.calls[0]?.reachedAtMs ?? reachedAtMs,
  };
}

/** The projection's rows: chains of attempts and call-backs, each under its first call. */
export class ChainTables {
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: DatabaseSync) {
    this.#statements = prepareAll(database);
  }

  chainsFrom(person: number, fromMs: number): readonly ChainRow[] {
    return this.#statements.chainsFrom.all(person, fromMs).map(chainFrom);
  }

  chain(firstCall: number): ChainRow | undefined {
    const row = this.#statements.chain.get(firstCall);
    return row === undefined ? undefined : chainFrom(row);
  }

  callBacksFrom(person: number, fromMs: number): readonly CallBackRow[] {
    return this.#statements.callBacksFrom.all(person, fromMs).map(callBackRowFrom);
  }

  callBack(firstCall: number): CallBackRow | undefined {
    const row = this.#statements.callBack.get(firstCall);
    return row === undefined ? undefined : callBackRowFrom(row);
  }

  openCallBack(person: number): CallBackRow | undefined {
    const row = this.#statements.openCallBack.get(person);
    return row === undefined ? undefined : callBackRowFrom(row);
  }

  /** Chains that time alone ends (`untilMs` later), or takes up again where the clock was put back. */
  changedByTime(fromMs: number, untilMs: number): readonly ChainRow[] {
    return this.#statements.ending.all(Math.min(fromMs, untilMs), Math.max(fromMs, untilMs)).map(chainFrom);
  }

  /** The first reaching of what goes on over `atMs`: of a chain that a call at `atMs` may belong to, or of a call-back. */
  earliestGoingOn(person: number, atMs: number): number {
    const chain = this.#statements.goingOn.get({ person, atMs })?.['first'];
    const callBack = this.#statements.owed.get({ person, atMs });
    const isOwed = callBack !== undefined && Number(callBack['ended_ms'] ?? Infinity) >= atMs;
    return Math.min(
      typeof chain === 'number' ? chain : Infinity,
      isOwed ? Number(callBack['reached_ms']) : Infinity,
    );
  }

  /** Makes the rows `before` the rows `after`; writes what differs. */
  replaceChains(before: readonly ChainRow[], after: readonly ChainRow[]): void {
    const { removeChain, putChain } = this.#statements;
    for (const { firstCall } of gone(before, after)) removeChain.run(firstCall);
    for (const row of changed(before, after)) {
      putChain.run(
        row.firstCall,
        row.person,
        row.pbx,
        row.hotline,
        row.state,
        row.reachedAtMs,
        row.lastAtMs,
        row.endsAtMs,
        row.attempts.length,
        row.failed,
        Number(row.certain),
        row.failedCalls,
        Number(row.failedLast),
        row.attemptAtMs,
      );
    }
  }

  replaceCallBacks(before: readonly CallBackRow[], after: readonly CallBackRow[]): void {
    const { removeCallBack, putCallBack } = this.#statements;
    for (const { firstCall } of gone(before, after)) removeCallBack.run(firstCall);
    for (const { firstCall, person, summary } of changed(before, after)) {
      const { pbx, hotline, reachedAtMs, openedAtMs, dueAtMs, emergency, bucket, end } = summary;
      putCallBack.run(
        firstCall,
        person,
        pbx,
        hotline,
        reachedAtMs,
        openedAtMs,
        dueAtMs,
        Number(emergency),
        end?.atMs ?? null,
        bucket ?? null,
        JSON.stringify(summary),
      );
    }
  }

  clear(): void {
    this.#statements.clearChains.run();
    this.#statements.clearCallBacks.run();
  }
}

type Keyed = { readonly firstCall: number };
const gone = <Row extends Keyed>(before: readonly Row[], after: readonly Row[]): readonly Row[] => {
  const kept = new Set(after.map(({ firstCall }) => firstCall));
  return before.filter(({ firstCall }) => !kept.has(firstCall));
};
const changed = <Row extends Keyed>(before: readonly Row[], after: readonly Row[]): readonly Row[] => {
  const known = new Map(before.map((row) => [row.firstCall, JSON.stringify(row)]));
  return after.filter((row) => known.get(row.firstCall) !== JSON.stringify(row));
};

function chainFrom(row: Record<string, unknown>): ChainRow {
  return {
    firstCall: Number(row['first_call']),
    person: Number(row['person']),
    pbx: String(row['pbx']),
    hotline: String(row['hotline']),
    state: row['state'] as Chain['state'],
    reachedAtMs: Number(row['reached_ms']),
    lastAtMs: Number(row['last_ms']),
    endsAtMs: Number(row['ends_ms']),
    attempts: { length: Number(row['attempts']) },
    failed: Number(row['failed']),
    certain: row['certain'] === 1,
    failedCalls: Number(row['failed_calls']),
    failedLast: row['failed_last'] === 1,
    attemptAtMs: Number(row['attempt_ms']),
  };
}

const callBackRowFrom = (row: Record<string, unknown>): CallBackRow => ({
  firstCall: Number(row['first_call']),
  person: Number(row['person']),
  summary: callBackSummaryFrom(row),
});

/** A row of the table, which only we write to. */
export function callBackSummaryFrom(row: Record<string, unknown>): CallBackSummary {
  const summary = JSON.parse(String(row['body'])) as CallBackSummary;
  return { ...summary, bucket: summary.bucket ?? undefined };
}

function prepareAll(
  database: DatabaseSync,
): Record<
  | 'chainsFrom'
  | 'chain'
  | 'callBacksFrom'
  | 'callBack'
  | 'openCallBack'
  | 'ending'
  | 'goingOn'
  | 'owed'
  | 'removeChain'
  | 'putChain'
  | 'removeCallBack'
  | 'putCallBack'
  | 'clearChains'
  | 'clearCallBacks',
  StatementSync
> {
  return {
    chainsFrom: database.prepare('SELECT * FROM chain WHERE person = ? AND person > 0 AND last_ms >= ?'),
    chain: database.prepare('SELECT * FROM chain WHERE first_call = ?'),
    callBacksFrom: database.prepare('SELECT * FROM call_back WHERE person = ? AND opened_ms >= ?'),
    callBack: database.prepare('SELECT * FROM call_back WHERE first_call = ?'),
    openCallBack: database.prepare(
      'SELECT * FROM call_back WHERE person = ? AND ended_ms IS NULL ORDER BY opened_ms DESC LIMIT 1',
    ),
    ending: database.prepare(`SELECT * FROM chain WHERE state <> 'through' AND ends_ms > ? AND ends_ms <= ?`),
    // A chain that got through takes in who calls within 3 minutes of its last attempt's first call; any other, for 24 h.
    goingOn: database.prepare(
      `SELECT min(reached_ms) AS first FROM chain WHERE person = :person AND person > 0
        AND last_ms > :atMs - ${CHAIN_MS} AND reached_ms < :atMs
        AND (state <> 'through' OR attempt_ms > :atMs - ${ATTEMPT_MS})`,
    ),
    // They do not overlap: only the last that had begun can go on.
    owed: database.prepare(
      `SELECT reached_ms, ended_ms FROM call_back WHERE person = :person AND opened_ms <= :atMs
        ORDER BY opened_ms DESC LIMIT 1`,
    ),
    removeChain: database.prepare('DELETE FROM chain WHERE first_call = ?'),
    putChain: database.prepare(
      'INSERT OR REPLACE INTO chain VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    removeCallBack: database.prepare('DELETE FROM call_back WHERE first_call = ?'),
    putCallBack: database.prepare(
      'INSERT OR REPLACE INTO call_back VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    clearChains: database.prepare('DELETE FROM chain'),
    clearCallBacks: database.prepare('DELETE FROM call_back'),
  };
}
