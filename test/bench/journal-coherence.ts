import { isDeepStrictEqual } from 'node:util';
import type { DatabaseSync } from 'node:sqlite';
import { DatabaseSync as Database } from 'node:sqlite';
import { callRowOf } from '../../src/store/call-row.ts';
import { unpackBody } from '../../src/store/sqlite-body.ts';
import { CALL_COLUMNS, callRowFrom } from '../../src/store/sqlite-queries.ts';

const MONTHS = 3;
const SAMPLES = 2_000;

/** Throws where a journal's parts do not say the same: sums and calls, a call's row and its facts, chains and their calls. */
export function checkFilled(file: string, { calls }: { readonly calls: number }): void {
  const database = new Database(file, { readOnly: true });
  try {
    checkMonths(database);
    checkBodies(database, calls);
    checkAll(database);
  } finally {
    database.close();
  }
}

/** Outcomes of some whole months, as summed and counted call by call. */
function checkMonths(database: DatabaseSync): void {
  const months = database
    .prepare(
      `SELECT DISTINCT from_ms, until_ms FROM sums WHERE unit = 'month' AND subject = 'hotline'
        AND from_ms >= (SELECT value FROM meta WHERE key = 'since_ms')
        AND until_ms <= (SELECT max(until_ms) FROM seen) ORDER BY from_ms`,
    )
    .all();
  const some = Array.from({ length: MONTHS }, (_, place) =>
    months.at(Math.round((place * (months.length - 1)) / (MONTHS - 1))),
  );
  for (const month of some) {
    if (month === undefined) continue;
    const [fromMs, untilMs] = [Number(month['from_ms']), Number(month['until_ms'])];
    const summed = new Map<string, number>();
    for (const row of database
      .prepare(
        `SELECT pbx, name, series, sums FROM sums WHERE unit = 'month' AND from_ms = ? AND subject = 'hotline'
          AND series IN ('outcomes-open', 'outcomes-closed')`,
      )
      .all(fromMs)) {
      for (const [outcome, count] of Object.entries(
        JSON.parse(String(row['sums'])) as Record<string, number>,
      )) {
        summed.set(`${String(row['pbx'])} ${String(row['name'])} ${String(row['series'])} ${outcome}`, count);
      }
    }
    const counted = database
      .prepare(
        `SELECT pbx || ' ' || hotline || ' outcomes-' || hours || ' ' || outcome AS what, count(*) AS calls
          FROM call WHERE reached_ms >= ? AND reached_ms < ? AND closed_ms NOT NULL AND NOT test GROUP BY 1`,
      )
      .all(fromMs, untilMs)
      .map((row) => [String(row['what']), Number(row['calls'])] as const);
    if (
      counted.length === 0 ||
      !isDeepStrictEqual(new Map(counted.toSorted()), new Map([...summed].toSorted()))
    ) {
      throw new Error(`calls of ${new Date(fromMs).toISOString()} are not what their sums say`);
    }
  }
}

/** Rows of calls here and there, and what their facts make of them. */
function checkBodies(database: DatabaseSync, calls: number): void {
  const find = database.prepare(`SELECT ${CALL_COLUMNS}, body FROM call WHERE id >= ? ORDER BY id LIMIT 1`);
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const row = find.get(Math.floor((sample * calls) / SAMPLES));
    if (row === undefined) throw new Error('a call is missing');
    const said = callRowFrom(row);
    const { pbx, uniqueid } = said;
    if (!isDeepStrictEqual(callRowOf({ pbx, uniqueid }, unpackBody({ pbx, uniqueid }, row['body'])), said)) {
      throw new Error(`the facts of call ${Number(row['id'])} make another call than its row says`);
    }
  }
}

/** Every row of attempts has its call, at its instant; every chain begins with one. */
function checkAll(database: DatabaseSync): void {
  const count = (sql: string): number => Number(database.prepare(sql).get()?.['rows']);
  const strays =
    count(`SELECT count(*) AS rows FROM attempt_call a LEFT JOIN call c ON c.id = a.call
      WHERE c.reached_ms IS NOT a.reached_ms`) +
    count(`SELECT count(*) AS rows FROM chain LEFT JOIN attempt_call a ON a.call = first_call
      WHERE a.person IS NOT chain.person`) +
    count(`SELECT count(*) AS rows FROM call_back LEFT JOIN attempt_call a ON a.call = first_call
      WHERE a.person IS NOT call_back.person`);
  if (strays > 0) throw new Error(`${strays} attempts, chains and call-backs are of no call`);
}
