import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { decodeBody, encodeBody, type StoredFact } from './compact.ts';
import { merge, type Change, type SourcedFact } from './merge.ts';
import type { FactHome } from './fact-home.ts';

type Told = SourcedFact<StoredFact>;
interface Table {
  find(fact: StoredFact): string | undefined;
  put(fact: StoredFact, body: string): void;
}
interface Statements {
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
          `INSERT INTO fact(id, pbx, uniqueid, at_ms, type, body) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT(id) DO UPDATE SET at_ms = excluded.at_ms, body = excluded.body`,
        ),
      ),
      seat_interval: seatTable(
        prepare(
          database,
          'SELECT body FROM seat_interval WHERE pbx = ? AND seat = ? AND from_ms = ?',
          `INSERT INTO seat_interval(pbx, seat, from_ms, until_ms, body) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET until_ms = excluded.until_ms, body = excluded.body`,
        ),
      ),
      blind: blindTable(
        prepare(
          database,
          'SELECT body FROM blind WHERE pbx = ? AND from_ms = ?',
          `INSERT INTO blind(pbx, from_ms, until_ms, body) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET until_ms = excluded.until_ms, body = excluded.body`,
        ),
      ),
    };
  }

  /** Writes a fact at once; undefined where it says nothing new. */
  put(where: Exclude<FactHome, { uniqueid: string }>['table'], told: Told): Change | undefined {
    const table = this.#tables[where];
    const owner = ownerOf(told.fact);
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

const prepare = (database: DatabaseSync, find: string, put: string): Statements => ({
  find: database.prepare(find),
  put: database.prepare(put),
});
const bodyOf = (row: Record<string, unknown> | undefined): string | undefined =>
  row === undefined ? undefined : String(row['body']);

const factTable = ({ find, put }: Statements): Table => ({
  find: ({ id }) => bodyOf(find.get(id)),
  put: (fact, body) => {
    put.run(fact.id, fact.pbx, ownerOf(fact).uniqueid, fact.atMs, fact.type, body);
  },
});
const seatTable = ({ find, put }: Statements): Table => ({
  find: (fact) =>
    fact.type === 'seat-interval' ? bodyOf(find.get(fact.pbx, fact.seat, fact.fromMs)) : undefined,
  put: (fact, body) => {
    if (fact.type === 'seat-interval') put.run(fact.pbx, fact.seat, fact.fromMs, fact.atMs, body);
  },
});
const blindTable = ({ find, put }: Statements): Table => ({
  find: (fact) => (fact.type === 'blind' ? bodyOf(find.get(fact.pbx, fact.fromMs)) : undefined),
  put: (fact, body) => {
    if (fact.type === 'blind') put.run(fact.pbx, fact.fromMs, fact.untilMs, body);
  },
});
