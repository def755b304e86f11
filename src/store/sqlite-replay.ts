import type { DatabaseSync } from 'node:sqlite';
import type { CallRecord } from '../calls/facts.ts';
import { Deadlines } from '../lib/deadlines.ts';
import type { StoredFact } from './compact.ts';
import type { SourcedFact } from './merge.ts';
import type { OpenCall } from './ports.ts';
import { unpackBody } from './sqlite-body.ts';

/** Facts from and until an instant of theirs; rows that may hold one are read by an index. */
export interface Stretch {
  /** Calls that reached their hotline, and facts that were told, in (fromMs, untilMs]. */
  readonly fromMs: number;
  readonly untilMs: number;
}

const FACTS = `SELECT at_ms AS at, pbx, uniqueid, body FROM fact WHERE at_ms > :fromMs AND at_ms <= :untilMs
  UNION ALL SELECT until_ms, pbx, '', body FROM seat_interval WHERE until_ms > :fromMs AND until_ms <= :untilMs
  UNION ALL SELECT until_ms, pbx, '', body FROM blind WHERE until_ms > :fromMs AND until_ms <= :untilMs`;

/**
 * The facts of a stretch of time by their instants, a call's own in the order they were told. One row is read at a
 * time: what waits for its turn is what calls of that instant still have to say.
 */
export function* replay(database: DatabaseSync, stretch: Stretch): Generator<SourcedFact<StoredFact>> {
  const rows = database
    .prepare(
      `SELECT reached_ms AS at, pbx, uniqueid, body FROM call WHERE reached_ms > :fromMs AND reached_ms <= :untilMs
        UNION ALL ${FACTS} ORDER BY at`,
    )
    .iterate({ ...stretch });
  const waiting = new Deadlines<SourcedFact<StoredFact>>();
  for (const row of rows) {
    const atMs = Number(row['at']);
    while ((waiting.nextDueMs() ?? atMs) < atMs) yield* taken(waiting, atMs);
    for (const told of factsOf(row)) waiting.set(told.fact.atMs, told);
  }
  while (waiting.size > 0) yield* taken(waiting, Infinity);
}

function* taken(
  waiting: Deadlines<SourcedFact<StoredFact>>,
  atMs: number,
): Generator<SourcedFact<StoredFact>> {
  const due = waiting.takeDue(atMs);
  if (due !== undefined) yield due.item;
}

/** Every fact that was told after `sinceMs`, of calls that are not over and of those that ended since. */
export function factsSince(database: DatabaseSync, sinceMs: number): readonly SourcedFact<StoredFact>[] {
  const calls = database
    .prepare(
      `SELECT pbx, uniqueid, body FROM call WHERE closed_ms > :sinceMs
      UNION ALL SELECT pbx, uniqueid, body FROM call WHERE closed_ms IS NULL`,
    )
    .all({ sinceMs });
  const others = database.prepare(FACTS).all({ fromMs: sinceMs, untilMs: Infinity });
  return [...calls, ...others]
    .flatMap(factsOf)
    .filter(({ fact }) => fact.atMs > sinceMs)
    .sort((a, b) => a.fact.atMs - b.fact.atMs);
}

/** Calls that are not over: also those whose facts were written and whose state was not yet. */
export function openCallsOf(database: DatabaseSync): readonly OpenCall[] {
  return database
    .prepare(
      `SELECT pbx, uniqueid, state FROM open_call
        UNION ALL SELECT pbx, uniqueid, NULL FROM call
        WHERE closed_ms IS NULL AND (pbx, uniqueid) NOT IN (SELECT pbx, uniqueid FROM open_call)`,
    )
    .all()
    .map((row) => ({
      pbx: String(row['pbx']),
      uniqueid: String(row['uniqueid']),
      state: row['state'] === null ? null : (JSON.parse(String(row['state'])) as unknown),
    }));
}

/** Until when each exchange was seen. It was at the end of a blind time, though no later mark may say so after a crash. */
export function seenUntilOf(database: DatabaseSync): ReadonlyMap<string, number> {
  const rows = database
    .prepare(
      `SELECT pbx, max(until_ms) AS until_ms
        FROM (SELECT pbx, until_ms FROM seen UNION ALL SELECT pbx, until_ms FROM blind) GROUP BY pbx`,
    )
    .all();
  return new Map(rows.map((row) => [String(row['pbx']), Number(row['until_ms'])]));
}

/** When each exchange was first seen. */
export function seenSinceOf(database: DatabaseSync): ReadonlyMap<string, number> {
  const rows = database.prepare('SELECT pbx, since_ms FROM seen WHERE since_ms NOT NULL').all();
  return new Map(rows.map((row) => [String(row['pbx']), Number(row['since_ms'])]));
}

export function sinceOf(database: DatabaseSync): number | undefined {
  const found = database.prepare(`SELECT value FROM meta WHERE key = 'since_ms'`).get();
  return found === undefined ? undefined : Number(found['value']);
}

function factsOf(row: Record<string, unknown>): readonly SourcedFact<StoredFact>[] {
  const owner = { pbx: String(row['pbx']), uniqueid: String(row['uniqueid']) };
  return unpackBody(owner, row['body']);
}

/** How each call that is over ended, with its row's id; one row is read at a time. */
export function* closedRecords(
  database: DatabaseSync,
): Generator<{ readonly id: number; readonly record: CallRecord }> {
  for (const row of database
    .prepare('SELECT id, pbx, uniqueid, body FROM call WHERE closed_ms NOT NULL')
    .iterate()) {
    const closed = factsOf(row).find(({ fact }) => fact.type === 'call-closed')?.fact;
    if (closed?.type === 'call-closed') yield { id: Number(row['id']), record: closed.record };
  }
}
