import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { sumsAt, SumTable } from '../../src/store/sqlite-sums.ts';
import { SumBook } from '../../src/store/sum-book.ts';
import { someFolder } from './journals.ts';

const AT_MS = 1_795_284_000_000;
const HOURS = {
  zone: 'UTC',
  week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
  exceptions: new Map(),
  shifts: [],
};

function someTable(): { readonly table: SumTable; readonly database: DatabaseSync; readonly file: string } {
  const file = join(someFolder(), 'journal.db');
  const database = openJournalFile({ file });
  onTestFinished(() => database.close());
  return { table: new SumTable(database), database, file };
}

function bookOf(answered: number): SumBook {
  const book = new SumBook(() => HOURS);
  const key = { pbx: 'north', subject: 'hotline', name: 'service', series: 'outcomes-open' } as const;
  book.add({ ...key, atMs: AT_MS, add: { answered } });
  return book;
}

/** As the journal writes a batch. */
function add(table: SumTable, answered: number, failing = false): void {
  table.recall();
  table.apply(bookOf(answered));
  if (failing) table.forget();
  else table.keep();
}

const answeredIn = (database: DatabaseSync): ReadonlySet<unknown> =>
  new Set(sumsAt(database, AT_MS).map(({ sums }) => sums['answered']));

it('goes on from what it wrote', () => {
  const { table, database } = someTable();
  for (const answered of [1, 2, 4]) add(table, answered);
  expect(answeredIn(database)).toEqual(new Set([7]));
});

it('goes on from what is there where a transaction between failed', () => {
  const { table, database } = someTable();
  add(table, 1);
  database.exec('BEGIN');
  add(table, 2, true);
  database.exec('ROLLBACK');
  add(table, 4);
  expect(answeredIn(database)).toEqual(new Set([5]));
});

it('goes on from what others made of it, on the same connection or another', () => {
  const { table, database, file } = someTable();
  add(table, 1);
  database.exec(`UPDATE sums SET sums = '{"answered":10}'`);
  add(table, 1);
  expect(answeredIn(database)).toEqual(new Set([11]));
  const other = openJournalFile({ file });
  other.exec(`UPDATE sums SET sums = '{"answered":20}'`);
  other.close();
  add(table, 1);
  expect(answeredIn(database)).toEqual(new Set([21]));
  table.apply(bookOf(100));
  database.exec('DELETE FROM sums');
  table.apply(bookOf(1));
  expect(answeredIn(database)).toEqual(new Set([1]));
});
