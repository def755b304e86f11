import type { DatabaseSync } from 'node:sqlite';
import type { ExportLine } from './export-line.ts';
import { blindLineOf, headLineOf, linesOfCall, seatLineOf } from './export-lines.ts';
import { CERTAINTIES } from './ports.ts';
import { unpackBody } from './sqlite-body.ts';
import { blobOf } from './sqlite-callers.ts';

/** Calls by the instant they reached their hotline, seats' and blind times by their end, in [fromMs, untilMs). */
export interface ExportSpan {
  readonly fromMs: number;
  readonly untilMs: number;
}
/** What is kept of a caller. */
export interface KeptCaller {
  readonly hash: Uint8Array;
  readonly cipher: Uint8Array;
  readonly keyId: string;
}

/** Every line of an export, in one transaction of the caller's: of one instant, however long it takes. */
export function* exportLines(
  database: DatabaseSync,
  span: ExportSpan,
  { madeAtMs, nameOf }: { readonly madeAtMs: number; readonly nameOf: (caller: KeptCaller) => string },
): Generator<ExportLine> {
  yield headLineOf(madeAtMs, span);
  const calls = database.prepare(
    `SELECT call.pbx, call.uniqueid, certainty, body, hash, cipher, key_id FROM call
      LEFT JOIN caller ON caller.pbx = call.pbx AND caller.uniqueid = call.uniqueid
      WHERE reached_ms >= :fromMs AND reached_ms < :untilMs AND closed_ms IS NOT NULL ORDER BY reached_ms, id`,
  );
  for (const row of calls.iterate({ ...span })) {
    const owner = { pbx: String(row['pbx']), uniqueid: String(row['uniqueid']) };
    const facts = unpackBody(owner, row['body']).map(({ fact }) => fact);
    const kept = { hash: blobOf(row['hash']), cipher: blobOf(row['cipher']), keyId: String(row['key_id']) };
    const caller = row['hash'] === null ? null : nameOf(kept);
    const certainty = CERTAINTIES.find((word) => word === row['certainty']) ?? 'unknown';
    yield* linesOfCall(facts, { caller, certainty });
  }
  for (const table of ['seat_interval', 'blind']) {
    const rows = database.prepare(
      `SELECT pbx, body FROM ${table} WHERE until_ms >= :fromMs AND until_ms < :untilMs ORDER BY until_ms`,
    );
    for (const row of rows.iterate({ ...span })) {
      for (const { fact } of unpackBody({ pbx: String(row['pbx']), uniqueid: '' }, row['body'])) {
        if (fact.type === 'seat-interval') yield seatLineOf(fact);
        else if (fact.type === 'blind') yield blindLineOf(fact);
      }
    }
  }
}
