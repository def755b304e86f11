import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { KeyedVault } from '../../src/store/vault.ts';
import { otherDigits, WEEK_MS } from './journal-days.ts';
import { MovingTexts } from './journal-texts.ts';

/** What is copied, and by how much each copy's rows come after those they are of. */
export interface Move {
  readonly byMs: number;
  readonly calls: number;
  readonly facts: number;
  readonly audits: number;
  readonly persons: number;
}

/** Lengths of time: not moved, as every other column in ms is. */
const LENGTHS = new Set(['wait_ms', 'talk_ms', 'longest_ms']);
/** Columns that say which row; by table where the same name is something else in another. */
const ROWS: Readonly<Record<string, string>> = {
  'call.id': ':calls',
  'attempt_call.call': ':calls',
  'chain.first_call': ':calls',
  'call_back.first_call': ':calls',
  'fact.seq': ':facts',
  'outbound_try.fact': ':facts',
  'audit.seq': ':audits',
  'call_back_closing.audit': ':audits',
};
/** Texts that tell instants. A seat's interval is by far the most frequent row: it is cut into columns. */
const TEXTS = new Set(['call.body', 'fact.id', 'fact.body', 'call_back.body']);
const TABLES: Readonly<Record<string, string>> = {
  call: 'id',
  attempt_call: 'call',
  chain: 'first_call',
  call_back: 'first_call',
  fact: 'seq',
  outbound_try: 'fact',
  audit: 'seq',
  call_back_closing: 'audit',
  seat_interval: 'until_ms',
};
const INTERVAL_BODY = /^(.*?(?<![\d.]))(\d{13})(?!\d)(?:(.*?(?<![\d.]))(\d{13})(?!\d))?(.*)$/;

/** Copies all that a journal holds but sums and numbers, by SQL: in the order in which it came, each row later by whole weeks. */
export class JournalCopies {
  readonly #database: DatabaseSync;
  readonly #texts = new MovingTexts();
  readonly #statements: readonly StatementSync[];

  /** Takes into memory what is there now. */
  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`ATTACH ':memory:' AS block`);
    database.function('kept_text', { deterministic: false }, (body) => this.#texts.keep(textOf(body)));
    database.function('moved_text', (place, byMs) => this.#texts.moved(Number(place), Number(byMs)));
    // Long bodies are deflated (`sqlite-body.ts`): told of another time they are as long.
    database.function('moved_long', (place, byMs) =>
      deflateRawSync(this.#texts.moved(Number(place), Number(byMs))),
    );
    database.function(
      'interval_part',
      (body, part) => INTERVAL_BODY.exec(String(body))?.[Number(part)] ?? '',
    );
    this.#statements = Object.entries(TABLES).map(([table, order]) => this.#take(table, order));
  }

  copy(move: Move): void {
    // Whole numbers: as floating ones they would be written with a point.
    const whole = Object.fromEntries(Object.entries(move).map(([name, value]) => [name, BigInt(value)]));
    for (const statement of this.#statements) statement.run(whole);
  }

  /** Numbers are sealed for each copy anew, of other callers: nothing else of a caller is copied. */
  copyCallers({ byMs, persons }: Move, vault: KeyedVault): void {
    const put = this.#database.prepare(
      `INSERT OR IGNORE INTO caller(pbx, uniqueid, at_ms, hash, cipher, key_id, person) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const row of this.#database.prepare('SELECT * FROM block.caller').iterate()) {
      const number = vault.open({ cipher: row['cipher'] as Uint8Array, keyId: String(row['key_id']) });
      const sealed = vault.seal(otherDigits(number, byMs / WEEK_MS));
      if (sealed === undefined) throw new Error('a number that was kept is none');
      const { hash, cipher, keyId } = sealed;
      const { pbx, uniqueid, at_ms: atMs, person } = row;
      const [seconds, rest] = [String(uniqueid).slice(0, 10), String(uniqueid).slice(10)];
      const moved = `${Number(seconds) + byMs / 1_000}${rest}`;
      put.run(String(pbx), moved, Number(atMs) + byMs, hash, cipher, keyId, Number(person) + persons);
    }
  }

  close(): void {
    this.#database.exec('DETACH block');
  }

  #take(table: string, order: string): StatementSync {
    const database = this.#database;
    if (table === 'call')
      database.exec('CREATE TABLE block.caller AS SELECT * FROM main.caller ORDER BY rowid');
    const columns = database
      .prepare(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map((row) => String(row['name']));
    const taken = columns.map((column) => takenOf(table, column)).join(', ');
    database.exec(`CREATE TABLE block.${table} AS SELECT ${taken} FROM main.${table} ORDER BY ${order}`);
    const moved = columns.map((column) => movedOf(table, column)).join(', ');
    const copy = database.prepare(
      `INSERT INTO main.${table}(${columns.join(', ')}) SELECT ${moved} FROM block.${table} ORDER BY rowid`,
    );
    copy.setAllowUnknownNamedParameters(true);
    return copy;
  }
}

function takenOf(table: string, column: string): string {
  if (table === 'seat_interval' && column === 'body') {
    const part = (place: number): string => `interval_part(body, ${place})`;
    const instant = (place: number): string => `CAST(nullif(${part(place)}, '') AS INTEGER)`;
    return `${part(1)} AS head, ${instant(2)} AS first, ${part(3)} AS middle, ${instant(4)} AS second, ${part(5)} AS tail`;
  }
  if (!TEXTS.has(`${table}.${column}`)) return column;
  return `kept_text(${column}) AS ${column}, typeof(${column}) = 'blob' AS ${column}_is_long`;
}

function movedOf(table: string, column: string): string {
  const name = `${table}.${column}`;
  if (name === 'seat_interval.body') {
    return `head || ifnull(first + :byMs, '') || middle || ifnull(second + :byMs, '') || tail`;
  }
  if (TEXTS.has(name))
    return `iif(${column}_is_long, moved_long(${column}, :byMs), moved_text(${column}, :byMs))`;
  if (name in ROWS) return `${column} + ${ROWS[name] ?? ''}`;
  if (name === 'audit.about') {
    return `iif(about GLOB 'call-back *', 'call-back ' || (substr(about, 11) + :calls), about)`;
  }
  if (column === 'person') return 'iif(person > 0, person + :persons, person)';
  if (column === 'uniqueid') {
    return `iif(uniqueid = '', '', (substr(uniqueid, 1, 10) + :byMs / 1000) || substr(uniqueid, 11))`;
  }
  return column.endsWith('_ms') && !LENGTHS.has(column) ? `${column} + :byMs` : column;
}

const textOf = (body: unknown): string =>
  body instanceof Uint8Array ? inflateRawSync(body).toString() : String(body);
