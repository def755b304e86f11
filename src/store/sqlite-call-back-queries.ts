import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { attemptFiguresOf } from '../attempts/score.ts';
import type { LostCallers } from '../attempts/not-reached.ts';
import { maskNumber } from '../lib/mask.ts';
import type {
  AttemptsAsk,
  AttemptStanding,
  CallBackEntry,
  CallBackFilter,
  CallBackPage,
  HotlineAttempts,
} from './call-back-reads.ts';
import { callBackSummaryFrom } from './sqlite-chains.ts';
import { lostCallersIn } from './sqlite-report-queries.ts';
import { sumsAt, sumsBetween } from './sqlite-sums.ts';
import type { SumRow } from './sums.ts';
import { isKeyed, VaultRefused, type Vault } from './vault.ts';

const MOST_A_PAGE = 500;
const HOUR_MS = 3_600_000;
/** No zone is further from UTC. */
const FARTHEST_ZONE_MS = 15 * HOUR_MS;

/** A page of call-backs. A page begins right after the last one of the page before, whatever came since. */
export function callBacksPage(
  database: DatabaseSync,
  filter: CallBackFilter,
  { nowMs, vault }: { readonly nowMs: number; readonly vault: Vault | undefined },
): CallBackPage {
  const limit = Math.min(MOST_A_PAGE, Math.max(1, Math.floor(filter.limit)));
  const { conditions, values } = conditionsOf(filter, nowMs);
  const counts = database
    .prepare(
      `SELECT count(*) AS count, total(coalesce(ended_ms, ?) >= due_ms) AS overdue FROM call_back
        WHERE ${conditions.join(' AND ')}`,
    )
    .get(nowMs, ...values);
  const from = placeOf(filter);
  const [by, way] = filter.state === 'open' ? ['due_ms', 'ASC'] : ['opened_ms', 'DESC'];
  const rows = database
    .prepare(
      `SELECT * FROM call_back WHERE ${[...conditions, ...from.conditions].join(' AND ')}
        ORDER BY ${by} ${way}, first_call ${way} LIMIT ?`,
    )
    .all(...values, ...from.values, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const isLast = rows.length <= limit || last === undefined;
  const numberOf = numbersOf(database, vault);
  return {
    callBacks: shown.map((row) => entryOf(row, numberOf(Number(row['person'])), nowMs)),
    count: Number(counts?.['count']),
    overdue: Number(counts?.['overdue']),
    next: isLast ? null : `${String(last[by])}-${String(last['first_call'])}`,
  };
}

/** Distribution, score and callers of a month, or of the three of a quarter, by hotline. */
export function attemptsOf(database: DatabaseSync, ask: AttemptsAsk): readonly HotlineAttempts[] {
  const months = monthsOf(ask);
  if (months === undefined) return [];
  // Months begin at another instant in every zone, but no two of them within a day.
  const rows = sumsBetween(database, {
    unit: 'month',
    fromMs: months.firstMs - FARTHEST_ZONE_MS,
    untilMs: months.lastMs + FARTHEST_ZONE_MS,
  }).filter(({ subject }) => subject === 'hotline');
  const callersIn = callersBySpan(database);
  const hotlines = Map.groupBy(rows, ({ pbx, name }) => JSON.stringify([pbx, name]));
  return [...hotlines.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { pbx, name: hotline } = first;
    const fromMs = Math.min(...own.map((row) => row.fromMs));
    const untilMs = Math.max(...own.map((row) => row.untilMs));
    const figures = attemptFiguresOf(attemptSums(own));
    const callers = callersIn(fromMs, untilMs, JSON.stringify([pbx, hotline]));
    return [{ pbx, hotline, fromMs, untilMs, ...figures, callers }];
  });
}

export function standingAt(database: DatabaseSync, nowMs: number): AttemptStanding {
  const callBacks = database
    .prepare(
      `SELECT pbx, hotline, count(*) AS open, sum(due_ms <= ?) AS overdue, sum(emergency) AS emergencies,
          min(opened_ms) AS oldest
        FROM call_back WHERE ended_ms IS NULL GROUP BY pbx, hotline`,
    )
    .all(nowMs)
    .map((row) => ({
      pbx: String(row['pbx']),
      hotline: String(row['hotline']),
      open: Number(row['open']),
      overdue: Number(row['overdue']),
      emergencies: Number(row['emergencies']),
      oldestOpenedAtMs: Number(row['oldest']),
    }));
  const months = sumsAt(database, nowMs).filter(
    ({ unit, series }) => unit === 'month' && series === 'attempts',
  );
  return {
    callBacks,
    attempts: months.map((row) => ({
      pbx: row.pbx,
      hotline: row.name,
      ...attemptFiguresOf([row.sums]),
    })),
  };
}

function entryOf(row: Record<string, unknown>, number: string, nowMs: number): CallBackEntry {
  const { bucket: _bucket, reachedAtMs: _reachedAtMs, ...summary } = callBackSummaryFrom(row);
  const untilMs = summary.end?.atMs ?? nowMs;
  return {
    id: String(row['first_call']),
    number,
    ageMs: Math.max(0, untilMs - summary.openedAtMs),
    overdue: untilMs >= summary.dueAtMs,
    ...summary,
  };
}

interface Conditions {
  readonly conditions: readonly string[];
  readonly values: readonly SQLInputValue[];
}

function conditionsOf({ state, overdue, hotlines, ...named }: CallBackFilter, nowMs: number): Conditions {
  const conditions = [{ open: 'ended_ms IS NULL', closed: 'ended_ms NOT NULL', all: 'true' }[state]];
  const values: SQLInputValue[] = [];
  for (const column of ['pbx', 'hotline'] as const) {
    const wanted = named[column];
    if (wanted === undefined) continue;
    conditions.push(`${column} = ?`);
    values.push(wanted);
  }
  if (hotlines !== undefined) {
    conditions.push(`hotline IN (${hotlines.map(() => '?').join()})`);
    values.push(...hotlines);
  }
  if (overdue !== undefined) {
    conditions.push(`coalesce(ended_ms, ?) ${overdue ? '>=' : '<'} due_ms`);
    values.push(nowMs);
  }
  return { conditions, values };
}

/** Behind where the last page ended. */
function placeOf({ state, after }: CallBackFilter): Conditions {
  if (after === undefined) return { conditions: [], values: [] };
  const place = /^(-?\d+(?:\.\d+)?)-(\d+)$/.exec(after);
  if (place === null) return { conditions: ['false'], values: [] };
  return {
    conditions: [state === 'open' ? '(due_ms, first_call) > (?, ?)' : '(opened_ms, first_call) < (?, ?)'],
    values: [Number(place[1]), Number(place[2])],
  };
}

/** The latest number of a person, masked. A number that cannot be read is shown as none. */
function numbersOf(database: DatabaseSync, vault: Vault | undefined): (person: number) => string {
  const find = database.prepare(
    'SELECT cipher, key_id FROM caller WHERE person = ? ORDER BY at_ms DESC LIMIT 1',
  );
  return (person) => {
    const row = find.get(person);
    const cipher = row?.['cipher'];
    if (!isKeyed(vault) || !(cipher instanceof Uint8Array)) return '';
    try {
      return maskNumber(vault.open({ cipher, keyId: String(row?.['key_id']) }));
    } catch (cause) {
      if (cause instanceof VaultRefused) return '';
      throw cause;
    }
  };
}

/** The first instants, in UTC, of the first and the last month; undefined for what is no period. */
function monthsOf({ unit, period }: AttemptsAsk): { firstMs: number; lastMs: number } | undefined {
  const [, year, part] =
    (unit === 'month' ? /^(\d{4})-(0[1-9]|1[0-2])$/ : /^(\d{4})-Q([1-4])$/).exec(period) ?? [];
  if (year === undefined) return undefined;
  const first = unit === 'month' ? Number(part) - 1 : (Number(part) - 1) * 3;
  const last = unit === 'month' ? first : first + 2;
  return { firstMs: Date.UTC(Number(year), first), lastMs: Date.UTC(Number(year), last) };
}

const attemptSums = (rows: readonly SumRow[]): readonly SumRow['sums'][] =>
  rows.filter(({ series }) => series === 'attempts').map(({ sums }) => sums);

const NOBODY: LostCallers = {
  failedCalls: 0,
  failedCallers: 0,
  notReachedCallers: 0,
  withoutNumber: 0,
  openCallers: 0,
};

/** Hotlines of one zone have the same months: each is looked through once. */
function callersBySpan(
  database: DatabaseSync,
): (fromMs: number, untilMs: number, hotline: string) => LostCallers {
  const spans = new Map<string, ReadonlyMap<string, LostCallers>>();
  return (fromMs, untilMs, hotline) => {
    const key = `${fromMs}-${untilMs}`;
    let span = spans.get(key);
    if (span === undefined) {
      const found = lostCallersIn(database, fromMs, untilMs).map(
        ({ pbx, hotline: name, ...callers }) => [JSON.stringify([pbx, name]), callers] as const,
      );
      span = new Map(found);
      spans.set(key, span);
    }
    return span.get(hotline) ?? NOBODY;
  };
}
