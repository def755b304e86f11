import type { DatabaseSync } from 'node:sqlite';
import type { CallBackSummary } from '../attempts/call-back-summary.ts';
import { TARGETS, type BlindTime, type SeatInterval } from '../calls/facts.ts';
import { readBreaches, readBroughtIn, type BroughtIn } from './call-marks.ts';
import { FACTS_GIVEN_UP, lostFactsOf, type LostFacts } from './lost-facts.ts';
import type { Backfill, BreachedCall, HotlineLostCallers } from './report-reads.ts';
import { unpackBody } from './sqlite-body.ts';
import { callBackSummaryFrom } from './sqlite-chains.ts';
import { auditBetween, CALL_COLUMNS, callRowFrom } from './sqlite-queries.ts';

export function blindTimesIn(database: DatabaseSync, fromMs: number, untilMs: number): readonly BlindTime[] {
  return database
    .prepare('SELECT pbx, body FROM blind WHERE until_ms > ? AND from_ms < ? ORDER BY from_ms')
    .all(fromMs, untilMs)
    .flatMap((row) => unpackBody({ pbx: String(row['pbx']), uniqueid: '' }, row['body']))
    .flatMap(({ fact }) => (fact.type === 'blind' ? [fact] : []));
}

export function breachedCallsIn(
  database: DatabaseSync,
  fromMs: number,
  untilMs: number,
): readonly BreachedCall[] {
  return database
    .prepare(
      `SELECT ${CALL_COLUMNS}, breaches FROM call INDEXED BY call_breaches
        WHERE breaches <> '' AND reached_ms >= ? AND reached_ms < ? ORDER BY reached_ms, id`,
    )
    .all(fromMs, untilMs)
    .flatMap((row) => {
      const call = callRowFrom(row);
      return readBreaches(String(row['breaches'])).map((breach) => ({ call, breach }));
    });
}

/** An entry lies at the end of what it tells of: of a period that is long over all since then are looked through. */
export function lostFactsIn(database: DatabaseSync, fromMs: number, untilMs: number): readonly LostFacts[] {
  return auditBetween(database, fromMs, Infinity, FACTS_GIVEN_UP)
    .map(lostFactsOf)
    .filter((lost) => lost !== undefined)
    .filter((lost) => lost.fromMs < untilMs);
}

/** Counted where they lie: an import may have brought a whole month in. */
export function backfillsIn(database: DatabaseSync, fromMs: number, untilMs: number): readonly Backfill[] {
  const rows = database
    .prepare(
      `SELECT pbx, hotline, brought_in, count(*) AS calls FROM call INDEXED BY call_brought_in
        WHERE brought_in <> '' AND reached_ms >= ? AND reached_ms < ? GROUP BY pbx, hotline, brought_in`,
    )
    .all(fromMs, untilMs)
    .map((row) => ({
      pbx: String(row['pbx']),
      hotline: String(row['hotline']),
      calls: Number(row['calls']),
      ...readBroughtIn(String(row['brought_in'])),
    }));
  const groups = Map.groupBy(rows, ({ pbx, hotline, certainty }) =>
    JSON.stringify([pbx, hotline, certainty]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { pbx, hotline, certainty } = first;
    const calls = group.reduce((sum, one) => sum + one.calls, 0);
    return [{ pbx, hotline, certainty, calls, scored: scoredIn(group) }];
  });
}

function scoredIn(group: readonly (BroughtIn & { readonly calls: number })[]): Backfill['scored'] {
  return TARGETS.flatMap((target) => {
    const count = (wanted: BroughtIn['scores'][number]['result']): number =>
      group.reduce((sum, { calls, scores }) => {
        const told = scores.filter((score) => score.target === target && score.result === wanted);
        return sum + told.length * calls;
      }, 0);
    const [hits, misses, setAside] = [count('hit'), count('miss'), count('set_aside')];
    return hits + misses + setAside === 0 ? [] : [{ target, hits, misses, setAside }];
  });
}

/** A caller is the person of a number; who calls without one is a caller for each chain. */
const CALLER = 'iif(person > 0, person, -first_call)';

/** The figures of `attempts/not-reached.ts`, counted where the chains are: those without a failed call add nothing. */
export function lostCallersIn(
  database: DatabaseSync,
  fromMs: number,
  untilMs: number,
): readonly HotlineLostCallers[] {
  return database
    .prepare(
      `SELECT pbx, hotline, sum(failed_calls) AS failed_calls, count(DISTINCT ${CALLER}) AS failed_callers,
          count(DISTINCT iif(failed_last AND state = 'never', ${CALLER}, NULL)) AS not_reached,
          sum(failed_last AND state = 'never' AND person = 0) AS without_number,
          count(DISTINCT iif(failed_last AND state = 'open', ${CALLER}, NULL)) AS open_callers
        FROM chain INDEXED BY chain_lost WHERE failed_calls > 0 AND reached_ms >= ? AND reached_ms < ?
        GROUP BY pbx, hotline`,
    )
    .all(fromMs, untilMs)
    .map((row) => ({
      pbx: String(row['pbx']),
      hotline: String(row['hotline']),
      failedCalls: Number(row['failed_calls']),
      failedCallers: Number(row['failed_callers']),
      notReachedCallers: Number(row['not_reached']),
      withoutNumber: Number(row['without_number']),
      openCallers: Number(row['open_callers']),
    }));
}

export function openCallBacks(database: DatabaseSync): readonly CallBackSummary[] {
  return database
    .prepare('SELECT * FROM call_back WHERE ended_ms IS NULL ORDER BY opened_ms')
    .all()
    .map(callBackSummaryFrom);
}

/**
 * Seat by seat along the key, from the last interval that began before: an interval may last for weeks, so that no
 * instant says how far back to look, but those of one seat follow each other.
 */
export function seatIntervalsIn(
  database: DatabaseSync,
  fromMs: number,
  untilMs: number,
): readonly SeatInterval[] {
  const nextSeat = database.prepare(
    'SELECT pbx, seat FROM seat_interval WHERE (pbx, seat) > (?, ?) ORDER BY pbx, seat LIMIT 1',
  );
  const intervals = database.prepare(
    `SELECT body FROM seat_interval WHERE pbx = :pbx AND seat = :seat AND from_ms < :untilMs AND until_ms > :fromMs
      AND from_ms >= ifnull(
        (SELECT max(from_ms) FROM seat_interval WHERE pbx = :pbx AND seat = :seat AND from_ms <= :fromMs), :fromMs)
      ORDER BY from_ms`,
  );
  const found: SeatInterval[] = [];
  for (let at = nextSeat.get('', ''); at !== undefined;) {
    const [pbx, seat] = [String(at['pbx']), String(at['seat'])];
    for (const row of intervals.all({ pbx, seat, fromMs, untilMs })) {
      for (const { fact } of unpackBody({ pbx, uniqueid: '' }, row['body'])) {
        if (fact.type === 'seat-interval') found.push(fact);
      }
    }
    at = nextSeat.get(pbx, seat);
  }
  return found;
}
