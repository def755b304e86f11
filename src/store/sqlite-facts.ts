import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { decodeBody, encodeBody, type StoredFact } from './compact.ts';
import { merge, type Change, type SourcedFact } from './merge.ts';
import type { FactHome } from './fact-home.ts';

type Told = SourcedFact<StoredFact>;
interface Table {
  /** False where something is kept under its id already. */
  add(fact: StoredFact, body: string): boolean;
  find(fact: StoredFact): string | undefined;
  put(fact: StoredFact, body: string): void;
}
interface Statements {
  readonly add: StatementSync;
  readonly find: StatementSync;
  readonly put: StatementSync;
}

/** Facts that belong to no hotline call, each under its id (or what its id is made of), in the tables they are asked for by. */
export class FactTables {
  readonly #tables: Readonly<Record<'fact' | 'seat_interval' | 'blind', Table>>;

  constructor(database: DatabaseSync) {
    this.#tables = {
      fact: factTable(
        prepare(
          database,
          'SELECT body FROM fact WHERE id = ?',
          'INSERT INTO fact(id, pbx, uniqueid, at_ms, type, body) VALUES (?, ?, ?, ?, ?, ?)',
          'ON CONFLICT(id) DO UPDATE SET at_ms = excluded.at_ms, body = excluded.body',
        ),
      ),
      seat_interval: seatTable(
        prepare(
          database,
          'SELECT body FROM seat_interval WHERE pbx = ? AND seat = ? AND from_ms = ?',
          'INSERT INTO seat_interval(pbx, seat, from_ms, until_ms, body) VALUES (?, ?, ?, ?, ?)',
          'ON CONFLICT DO UPDATE SET until_ms = excluded.until_ms, body = excluded.body',
        ),
      ),
      blind: blindTable(
        prepare(
          database,
          'SELECT body FROM blind WHERE pbx = ? AND from_ms = ?',
          'INSERT INTO blind(pbx, from_ms, until_ms, body) VALUES (?, ?, ?, ?)',
          'ON CONFLICT DO UPDATE SET until_ms = excluded.until_ms, body = excluded.body',
        ),
      ),
    };
  }

  /** Writes a fact at once; undefined where it says nothing new. */
  put(where: Exclude<FactHome, { uniqueid: string }>['table'], told: Told): Change | undefined {
    const table = this.#tables[where];
    const owner = ownerOf(told.fact);
    // Nearly every one is new: it is not looked for before it is written.
    if (table.add(told.fact, encodeBody(owner, [told]))) return { before: undefined, after: told.fact };
    const body = table.find(told.fact);
    const known = body === undefined ? undefined : decodeBody(owner, body)[0];
    const stands = known === undefined ? told : merge(known, told);
    if (stands === known) return undefined;
    table.put(stands.fact, encodeBody(owner, [stands]));
    return { before: known?.fact, after: stands.fact };
  }
}

/** Whose words a body of one fact leaves out: they stand in the columns beside it. */
export function ownerOf(fact: StoredFact): { readonly pbx: string; readonly uniqueid: string } {
  return { pbx: fact.pbx, uniqueid: 'uniqueid' in fact ? fact.uniqueid : '' };
}

const prepare = (database: DatabaseSync, find: string, insert: string, replace: string): Statements => ({
  add: database.prepare(`${insert} ON CONFLICT DO NOTHING`),
  find: database.prepare(find),
  put: database.prepare(`${insert} ${replace}`),
});
const bodyOf = (row: Record<string, unknown> | undefined): string | undefined =>
  row === undefined ? undefined : String(row['body']);

/** @param run binds a fact of the table; whether a row was written */
function tableOf(
  { add, find, put }: Statements,
  keyOf: (fact: StoredFact) => readonly SQLInputValue[] | undefined,
  run: (statement: StatementSync, fact: StoredFact, body: string) => boolean,
): Table {
  return {
    add: (fact, body) => run(add, fact, body),
    find: (fact) => {
      const key = keyOf(fact);
      return key && bodyOf(find.get(...key));
    },
    put: (fact, body) => void run(put, fact, body),
  };
}

const factTable = (statements: Statements): Table =>
  tableOf(
    statements,
    ({ id }) => [id],
    (statement, fact, body) => {
      const { id, pbx, atMs, type } = fact;
      return statement.run(id, pbx, ownerOf(fact).uniqueid, atMs, type, body).changes === 1;
    },
  );
const seatTable = (statements: Statements): Table =>
  tableOf(
    statements,
    (fact) => (fact.type === 'seat-interval' ? [fact.pbx, fact.seat, fact.fromMs] : undefined),
    (statement, fact, body) =>
      fact.type === 'seat-interval' &&
      statement.run(fact.pbx, fact.seat, fact.fromMs, fact.atMs, body).changes === 1,
  );
const blindTable = (statements: Statements): Table =>
  tableOf(
    statements,
    (fact) => (fact.type === 'blind' ? [fact.pbx, fact.fromMs] : undefined),
    (statement, fact, body) =>
      fact.type === 'blind' && statement.run(fact.pbx, fact.fromMs, fact.untilMs, body).changes === 1,
  );
