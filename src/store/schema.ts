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
