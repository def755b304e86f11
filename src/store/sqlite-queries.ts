import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { type BlindTime, OUTCOMES } from '../calls/facts.ts';
import type {
  AuditEntry,
  CallFilter,
  CallPage,
  CallRow,
  Certainty,
  DefinitionInForce,
  StoredCall,
} from './ports.ts';
import { unpackBody } from './sqlite-body.ts';

const MOST_A_PAGE = 500;
export const CALL_COLUMNS =
  'id, pbx, uniqueid, hotline, hours, emergency, test, reached_ms, closed_ms, outcome, certainty, queue, agent, seat, wait_ms, talk_ms';

/** Calls by filter, the newest first. A page begins right after the last call of the one before, whatever came since. */
export function callsPage(database: DatabaseSync, filter: CallFilter): CallPage {
  const limit = Math.min(MOST_A_PAGE, Math.max(1, Math.floor(filter.limit)));
  if (filter.hotlines?.length === 0) return { calls: [], next: null };
  if (!isKnown(database, 'pbx', filter.pbx) || !isKnown(database, 'hotline', filter.hotline)) {
    return { calls: [], next: null };
  }
  const { conditions, values } = conditionsOf(filter);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const rows = database
    .prepare(
      `SELECT ${CALL_COLUMNS} FROM call INDEXED BY ${indexFor(filter)} ${where}
        ORDER BY reached_ms DESC, id DESC LIMIT ?`,
    )
    .all(...values, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const isLast = rows.length <= limit || last === undefined;
  return {
    calls: shown.map(callRowFrom),
    next: isLast ? null : `${String(last['reached_ms'])}-${String(last['id'])}`,
  };
}

export function callOf(database: DatabaseSync, pbx: string, uniqueid: string): StoredCall | undefined {
  const row = database
    .prepare(`SELECT ${CALL_COLUMNS}, body FROM call WHERE pbx = ? AND uniqueid = ?`)
    .get(pbx, uniqueid);
  if (row === undefined) return undefined;
  const facts = unpackBody({ pbx, uniqueid }, row['body']).map(({ fact }) => fact);
  return { row: callRowFrom(row), facts };
}

/** `what`: only what says that. */
export function auditBetween(
  database: DatabaseSync,
  fromMs: number,
  untilMs: number,
  what?: string,
): readonly AuditEntry[] {
  const isWanted = what === undefined ? '' : 'AND what = ?';
  return database
    .prepare(`SELECT * FROM audit WHERE at_ms >= ? AND at_ms < ? ${isWanted} ORDER BY at_ms, seq`)
    .all(fromMs, untilMs, ...(what === undefined ? [] : [what]))
    .map((row) => ({
      atMs: Number(row['at_ms']),
      who: String(row['who']),
      what: String(row['what']),
      about: String(row['about']),
      detail: String(row['detail']),
    }));
}

export function blindTimesBetween(
  database: DatabaseSync,
  fromMs: number,
  untilMs: number,
): readonly BlindTime[] {
  return database
    .prepare('SELECT pbx, body FROM blind WHERE until_ms > ? AND until_ms <= ? ORDER BY until_ms')
    .all(fromMs, untilMs)
    .flatMap((row) => unpackBody({ pbx: String(row['pbx']), uniqueid: '' }, row['body']))
    .flatMap(({ fact }) => (fact.type === 'blind' ? [fact] : []));
}

export function definitionsOf(database: DatabaseSync): readonly DefinitionInForce[] {
  return database
    .prepare('SELECT at_ms, hash, settings FROM definition ORDER BY at_ms')
    .all()
    .map((row) => ({
      atMs: Number(row['at_ms']),
      hash: String(row['hash']),
      settings: String(row['settings']),
    }));
}

/**
 * All of them run by the instant, so that a page ends where it is full. Without statistics SQLite cannot know which
 * tells most: a person has few of all calls.
 */
function indexFor({ agent, outcome, hotline }: CallFilter): string {
  if (agent !== undefined && agent !== '') return 'call_agent';
  if (hotline !== undefined) return outcome === undefined ? 'call_hotline' : 'call_hotline_outcome';
  return outcome === undefined ? 'call_reached' : 'call_outcome';
}

/** Whether there is any such call: looking for one that never was would read all the others. */
function isKnown(database: DatabaseSync, column: 'pbx' | 'hotline', name: string | undefined): boolean {
  if (name === undefined) return true;
  return database.prepare(`SELECT 1 FROM call WHERE ${column} = ? LIMIT 1`).get(name) !== undefined;
}

function conditionsOf(filter: CallFilter): { conditions: string[]; values: SQLInputValue[] } {
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const add = (condition: string, ...told: SQLInputValue[]): void => {
    conditions.push(condition);
    values.push(...told);
  };
  for (const column of ['pbx', 'hotline', 'outcome', 'agent'] as const) {
    const wanted = filter[column];
    if (wanted !== undefined) add(`${column} = ?`, wanted);
  }
  // Said once more for the index, which holds nobody's calls not at all.
  const { hotlines, agent, agentsOf } = filter;
  if (agent !== undefined && agent !== '') {
    add(`agent <> ''`);
    if (agentsOf !== undefined) {
      const { queues, seats } = agentsOf;
      const inQueue = queues === 'all' ? `queue <> ''` : `queue <> '' AND queue IN ${places(queues)}`;
      add(`(${inQueue} OR seat IN ${places(seats)})`, ...(queues === 'all' ? [] : queues), ...seats);
    }
  }
  if (hotlines !== undefined) add(`hotline IN ${places(hotlines)}`, ...hotlines);
  if (filter.fromMs !== undefined) add('reached_ms >= ?', filter.fromMs);
  if (filter.untilMs !== undefined) add('reached_ms < ?', filter.untilMs);
  const after = /^(-?\d+(?:\.\d+)?)-(\d+)$/.exec(filter.after ?? '');
  if (after !== null) add('(reached_ms, id) < (?, ?)', Number(after[1]), Number(after[2]));
  else if (filter.after !== undefined) add('false');
  return { conditions, values };
}

const places = (values: readonly string[]): string => `(${values.map(() => '?').join()})`;

/** A row of the table, which only we write to. */
export function callRowFrom(row: Record<string, unknown>): CallRow {
  const text = (column: string): string => String(row[column]);
  const perhaps = (column: string): number | null => (row[column] === null ? null : Number(row[column]));
  return {
    pbx: text('pbx'),
    uniqueid: text('uniqueid'),
    hotline: text('hotline'),
    hours: row['hours'] === 'closed' ? 'closed' : 'open',
    emergency: row['emergency'] === 1,
    test: row['test'] === 1,
    reachedAtMs: Number(row['reached_ms']),
    closedAtMs: perhaps('closed_ms'),
    outcome: OUTCOMES.find((outcome) => outcome === row['outcome']) ?? null,
    certainty: row['certainty'] as Certainty,
    queue: text('queue'),
    agent: text('agent'),
    seat: text('seat'),
    waitMs: perhaps('wait_ms'),
    talkMs: Number(row['talk_ms']),
  };
}
