import type { DatabaseSync } from 'node:sqlite';
import type { Cuts } from './retention.ts';
import { inTransaction } from './sqlite-transaction.ts';
import { withChange } from './sum-book.ts';
import type { SumRow } from './sums.ts';

/** Rows that were destroyed. */
export interface Purged {
  readonly numbers: number;
  readonly calls: number;
  /** Facts of no call, seats' times, blind times, audit, definitions no longer in force, agents' sums. */
  readonly others: number;
}

/** Rows a transaction: a batch of facts waits no longer than for these. */
const ROWS_A_STEP = 500;
const PERSONAL_UNITS = ['hour', 'shift', 'day'] as const;
/** No period is longer: one that ended after the last purge began at most so long before it. */
const LONGEST_PERIOD_MS = 33 * 86_400_000;

/**
 * Destroys what is past its retention, a bounded transaction a step. The connection must have `secure_delete` on; the
 * bytes leave the write-ahead log with the next truncating checkpoint. Hotlines', queues' and exchanges' sums stay:
 * they hold no person.
 */
export function* purge(database: DatabaseSync, cuts: Cuts): Generator<void, Purged> {
  const { numbersBeforeMs, callsBeforeMs } = cuts;
  const numbers = yield* erase(database, 'caller', 'rowid', 'at_ms < ?', [numbersBeforeMs]);
  const calls = yield* erase(database, 'call', 'id', 'reached_ms < ?', [callsBeforeMs]);
  let others = 0;
  for (const [table, key, when] of [
    ['fact', 'seq', 'at_ms'],
    ['seat_interval', 'pbx, seat, from_ms', 'until_ms'],
    ['blind', 'pbx, from_ms', 'until_ms'],
    ['audit', 'seq', 'at_ms'],
  ] as const) {
    others += yield* erase(database, table, key, `${when} < ?`, [callsBeforeMs]);
  }
  // The one in force at the cut explains the calls right after it.
  others += yield* erase(
    database,
    'definition',
    'at_ms',
    'at_ms < (SELECT max(at_ms) FROM definition WHERE at_ms <= ?)',
    [callsBeforeMs],
  );
  others += yield* erasePersonal(database, callsBeforeMs);
  return { numbers, calls, others };
}

type Value = string | number;

/** `key`: the columns of the table's primary key; `condition` of its own columns. */
function* erase(
  database: DatabaseSync,
  table: string,
  key: string,
  condition: string,
  values: readonly Value[],
): Generator<void, number> {
  const statement = database.prepare(
    `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${condition} LIMIT ${ROWS_A_STEP})`,
  );
  let erased = 0;
  for (;;) {
    const changes = Number(statement.run(...values).changes);
    erased += changes;
    if (changes < ROWS_A_STEP) return erased;
    yield;
  }
}

/** Agents' sums of periods that are over before the cut. What they had in all time is less by it: it is made of the months. */
function* erasePersonal(database: DatabaseSync, beforeMs: number): Generator<void, number> {
  const fromMs = keptSinceOf(database) - LONGEST_PERIOD_MS;
  let erased = 0;
  for (const unit of PERSONAL_UNITS) {
    erased += yield* erase(
      database,
      'sums',
      'unit, from_ms, pbx, subject, name, series',
      `unit = ? AND from_ms >= ? AND from_ms < ? AND subject = 'agent' AND until_ms <= ?`,
      [unit, fromMs, beforeMs, beforeMs],
    );
    yield;
  }
  const months = database.prepare(
    `SELECT * FROM sums WHERE unit = 'month' AND from_ms >= ? AND from_ms < ? AND subject = 'agent' AND until_ms <= ?
      LIMIT ${ROWS_A_STEP}`,
  );
  for (;;) {
    const rows = months.all(fromMs, beforeMs, beforeMs);
    inTransaction(database, () => {
      for (const row of rows) eraseMonth(database, row);
    });
    erased += rows.length;
    if (rows.length < ROWS_A_STEP) break;
    yield;
  }
  database.prepare(`INSERT OR REPLACE INTO meta(key, value) VALUES ('kept_since_ms', ?)`).run(beforeMs);
  return erased;
}

const OF_ONE = `pbx = ? AND subject = 'agent' AND name = ? AND series = ?`;

function eraseMonth(database: DatabaseSync, row: Record<string, unknown>): void {
  const of = [String(row['pbx']), String(row['name']), String(row['series'])] as const;
  database
    .prepare(`DELETE FROM sums WHERE unit = 'month' AND from_ms = ? AND ${OF_ONE}`)
    .run(Number(row['from_ms']), ...of);
  const ever = database.prepare(`SELECT sums FROM sums WHERE unit = 'ever' AND from_ms = 0 AND ${OF_ONE}`);
  const found = ever.get(...of);
  if (found === undefined) return;
  const longest = database
    .prepare(`SELECT max(longest_ms) AS longest FROM sums WHERE unit = 'month' AND ${OF_ONE}`)
    .get(...of)?.['longest'];
  const taken = Object.entries(sumsOf(row)).map(([column, value]) => [column, -value] as const);
  const { sums } = withChange(
    { sums: sumsOf(found), longestMs: null },
    { add: Object.fromEntries(taken), longestMs: null },
  );
  if (Object.keys(sums).length === 0) {
    database.prepare(`DELETE FROM sums WHERE unit = 'ever' AND from_ms = 0 AND ${OF_ONE}`).run(...of);
    return;
  }
  database
    .prepare(`UPDATE sums SET sums = ?, longest_ms = ? WHERE unit = 'ever' AND from_ms = 0 AND ${OF_ONE}`)
    .run(JSON.stringify(sums), typeof longest === 'number' ? longest : null, ...of);
}

const sumsOf = (row: Record<string, unknown>): SumRow['sums'] =>
  JSON.parse(String(row['sums'])) as SumRow['sums'];

/** Before this instant facts have been destroyed: sums of periods that began before it cannot be made anew. 0: of none. */
export function keptSinceOf(database: DatabaseSync): number {
  const found = database.prepare(`SELECT value FROM meta WHERE key = 'kept_since_ms'`).get();
  return Number(found?.['value'] ?? 0);
}
