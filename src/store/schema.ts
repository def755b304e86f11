/** "Ring" in ASCII: what marks a SQLite file as ours (`PRAGMA application_id`). */
export const APPLICATION_ID = 0x52_69_6e_67;
/** Before this one a write-ahead log could be damaged by a checkpoint at the wrong instant (SQLite 3.51.3, release notes). */
export const LEAST_SQLITE = '3.51.3';

/**
 * One list of statements a version, the first leads from an empty file to version 1. What is written here stays as it
 * is: a change is another version.
 *
 * `call.body` is of `compact.ts`, packed by `sqlite-body.ts`. Numbers are in `caller` alone, so that they are
 * destroyed without a call being touched (norm.md section 7). Instants are unix ms. `sums.until_ms` is null for ever.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE TABLE definition(at_ms REAL NOT NULL PRIMARY KEY, hash TEXT NOT NULL, settings TEXT NOT NULL) STRICT`,
    `CREATE TABLE call(
      id INTEGER PRIMARY KEY, pbx TEXT NOT NULL, uniqueid TEXT NOT NULL, hotline TEXT NOT NULL, hours TEXT NOT NULL,
      emergency INTEGER NOT NULL, test INTEGER NOT NULL, reached_ms REAL NOT NULL, closed_ms REAL,
      outcome TEXT, certainty TEXT NOT NULL, queue TEXT NOT NULL, agent TEXT NOT NULL, seat TEXT NOT NULL,
      wait_ms REAL, talk_ms REAL NOT NULL, body ANY NOT NULL) STRICT`,
    `CREATE UNIQUE INDEX call_identity ON call(pbx, uniqueid)`,
    `CREATE INDEX call_reached ON call(reached_ms)`,
    `CREATE INDEX call_hotline ON call(hotline, reached_ms, outcome)`,
    `CREATE INDEX call_outcome ON call(outcome, reached_ms)`,
    `CREATE INDEX call_agent ON call(agent, reached_ms, outcome, hotline) WHERE agent <> ''`,
    `CREATE INDEX call_closed ON call(closed_ms)`,
    `CREATE TABLE caller(
      pbx TEXT NOT NULL, uniqueid TEXT NOT NULL, at_ms REAL NOT NULL, hash BLOB NOT NULL, cipher BLOB NOT NULL,
      key_id TEXT NOT NULL, PRIMARY KEY(pbx, uniqueid)) STRICT`,
    `CREATE INDEX caller_hash ON caller(hash, at_ms)`,
    `CREATE INDEX caller_at ON caller(at_ms)`,
    `CREATE TABLE open_call(
      pbx TEXT NOT NULL, uniqueid TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY(pbx, uniqueid)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE fact(
      seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, pbx TEXT NOT NULL, uniqueid TEXT NOT NULL, at_ms REAL NOT NULL,
      type TEXT NOT NULL, body TEXT NOT NULL) STRICT`,
    `CREATE INDEX fact_at ON fact(at_ms)`,
    `CREATE TABLE seat_interval(
      pbx TEXT NOT NULL, seat TEXT NOT NULL, from_ms REAL NOT NULL, until_ms REAL NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY(pbx, seat, from_ms)) STRICT, WITHOUT ROWID`,
    `CREATE INDEX seat_interval_until ON seat_interval(until_ms)`,
    `CREATE TABLE blind(
      pbx TEXT NOT NULL, from_ms REAL NOT NULL, until_ms REAL NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY(pbx, from_ms)) STRICT, WITHOUT ROWID`,
    `CREATE INDEX blind_until ON blind(until_ms)`,
    `CREATE TABLE seen(pbx TEXT PRIMARY KEY, until_ms REAL NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE TABLE sums(
      unit TEXT NOT NULL, from_ms REAL NOT NULL, pbx TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL,
      series TEXT NOT NULL, until_ms REAL, sums TEXT NOT NULL, longest_ms REAL,
      PRIMARY KEY(unit, from_ms, pbx, subject, name, series)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE audit(
      seq INTEGER PRIMARY KEY, at_ms REAL NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL,
      detail TEXT NOT NULL) STRICT`,
    `CREATE INDEX audit_at ON audit(at_ms)`,
  ],
  // Attempts and call-backs. A person is a number that says nothing: it stays when the caller's own is destroyed.
  [
    `ALTER TABLE caller ADD COLUMN person INTEGER`,
    `CREATE INDEX caller_person ON caller(person, at_ms)`,
    `CREATE TABLE attempt_call(
      call INTEGER PRIMARY KEY, person INTEGER NOT NULL, hotline TEXT NOT NULL, reached_ms REAL NOT NULL,
      closed_ms REAL NOT NULL, outcome TEXT NOT NULL, closed_hours INTEGER NOT NULL, emergency INTEGER NOT NULL,
      asked INTEGER NOT NULL, short INTEGER NOT NULL) STRICT`,
    `CREATE INDEX attempt_call_person ON attempt_call(person, closed_ms, reached_ms) WHERE person > 0`,
    `CREATE TABLE outbound_try(
      fact INTEGER PRIMARY KEY, person INTEGER NOT NULL, pbx TEXT NOT NULL, uniqueid TEXT NOT NULL, agent TEXT NOT NULL,
      started_ms REAL NOT NULL, ended_ms REAL NOT NULL, answered INTEGER NOT NULL, talk_ms REAL NOT NULL) STRICT`,
    `CREATE INDEX outbound_try_person ON outbound_try(person, ended_ms)`,
    `CREATE TABLE call_back_closing(
      audit INTEGER PRIMARY KEY, person INTEGER NOT NULL, at_ms REAL NOT NULL, who TEXT NOT NULL, reason TEXT NOT NULL,
      note TEXT NOT NULL) STRICT`,
    `CREATE INDEX call_back_closing_person ON call_back_closing(person, at_ms)`,
    `CREATE TABLE chain(
      first_call INTEGER PRIMARY KEY, person INTEGER NOT NULL, pbx TEXT NOT NULL, hotline TEXT NOT NULL,
      state TEXT NOT NULL, reached_ms REAL NOT NULL, last_ms REAL NOT NULL, ends_ms REAL NOT NULL,
      attempts INTEGER NOT NULL, failed INTEGER NOT NULL, certain INTEGER NOT NULL, failed_calls INTEGER NOT NULL,
      failed_last INTEGER NOT NULL, attempt_ms REAL NOT NULL) STRICT`,
    `CREATE INDEX chain_person ON chain(person, last_ms) WHERE person > 0`,
    `CREATE INDEX chain_ends ON chain(ends_ms) WHERE state <> 'through'`,
    `CREATE INDEX chain_lost ON chain(reached_ms) WHERE failed_calls > 0`,
    `CREATE TABLE call_back(
      first_call INTEGER PRIMARY KEY, person INTEGER NOT NULL, pbx TEXT NOT NULL, hotline TEXT NOT NULL,
      reached_ms REAL NOT NULL, opened_ms REAL NOT NULL, due_ms REAL NOT NULL, emergency INTEGER NOT NULL,
      ended_ms REAL, bucket TEXT, body TEXT NOT NULL) STRICT`,
    `CREATE INDEX call_back_person ON call_back(person, opened_ms)`,
    `CREATE INDEX call_back_opened ON call_back(opened_ms)`,
    `CREATE INDEX call_back_open ON call_back(opened_ms) WHERE ended_ms IS NULL`,
    // What is made of calls, facts and audit is destroyed with them (norm.md section 7).
    `CREATE TRIGGER call_destroyed AFTER DELETE ON call BEGIN
      DELETE FROM attempt_call WHERE call = old.id;
      DELETE FROM chain WHERE first_call = old.id;
      DELETE FROM call_back WHERE first_call = old.id;
    END`,
    `CREATE TRIGGER fact_destroyed AFTER DELETE ON fact WHEN old.type = 'outbound-ended' BEGIN
      DELETE FROM outbound_try WHERE fact = old.seq;
    END`,
    `CREATE TRIGGER audit_destroyed AFTER DELETE ON audit BEGIN
      DELETE FROM call_back_closing WHERE audit = old.seq;
    END`,
  ],
  // What reports list of all calls, of `call-marks.ts`.
  [
    `ALTER TABLE call ADD COLUMN breaches TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE call ADD COLUMN brought_in TEXT NOT NULL DEFAULT ''`,
    `CREATE INDEX call_breaches ON call(reached_ms) WHERE breaches <> ''`,
    `CREATE INDEX call_brought_in ON call(reached_ms, pbx, hotline, brought_in) WHERE brought_in <> ''`,
  ],
  // Since when each exchange is seen; of those before this version it is only known since when anything is.
  [
    `ALTER TABLE seen ADD COLUMN since_ms REAL`,
    `UPDATE seen SET since_ms = (SELECT value FROM meta WHERE key = 'since_ms')`,
  ],
  // An outcome that a hotline seldom has: among its millions of others a page of them was read in seconds.
  [`CREATE INDEX call_hotline_outcome ON call(hotline, outcome, reached_ms)`],
];
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Why a file is not ours to write to, in a sentence; undefined where it is. `applicationId` and `version` as SQLite tells them. */
export function refusalOf(
  file: string,
  told: { readonly applicationId: number; readonly version: number; readonly isEmpty: boolean },
): string | undefined {
  if (told.isEmpty) return undefined;
  if (told.applicationId !== APPLICATION_ID) {
    return `${file} is a database of another program; name another file for the journal`;
  }
  if (told.version > SCHEMA_VERSION) {
    return (
      `${file} was written by a newer ringside (schema ${told.version}; this one knows ${SCHEMA_VERSION}): ` +
      `start that version again, or name another file for the journal`
    );
  }
  return undefined;
}

/** Whether an SQLite of version `told` (`3.53.4`) can be trusted with the journal. */
export function isTrustedSqlite(told: string): boolean {
  const [wanted, has] = [LEAST_SQLITE, told].map((version) => version.split('.').map(Number)) as [
    number[],
    number[],
  ];
  for (const [place, part] of wanted.entries()) {
    if ((has[place] ?? 0) !== part) return (has[place] ?? 0) > part;
  }
  return true;
}
