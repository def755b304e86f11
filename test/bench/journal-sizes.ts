import { DatabaseSync } from 'node:sqlite';
import type { Filled } from './journal-fill.ts';
import { grouped, printTable, printVerdict } from './table.ts';

const MOST_BODY_BYTES = 1_024;
/** Tables that are of no weight stand together. */
const LEAST_SHARE = 0.005;

/** What a call takes: of the file, table by table with their indexes, and in its body. Reads all of the file. */
export function sizesOf({ file, calls, bytes }: Filled): void {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database
    .prepare(
      `SELECT tbl_name AS name, sum(pgsize) AS bytes FROM dbstat('main', 1) JOIN sqlite_schema USING (name)
        GROUP BY tbl_name ORDER BY bytes DESC`,
    )
    .all()
    .map((row) => ({ name: String(row['name']), bytes: Number(row['bytes']) }));
  const large = tables.filter((table) => table.bytes >= bytes * LEAST_SHARE);
  const others = bytes - large.reduce((sum, table) => sum + table.bytes, 0);
  printTable(
    `journal of ${grouped(calls)} calls: ${(bytes / 1e9).toFixed(2)} GB`,
    ['table with its indexes', 'bytes a call', '%'],
    [...large, { name: 'all others', bytes: others }, { name: 'together', bytes }].map((table) => [
      table.name,
      grouped(table.bytes / calls),
      ((table.bytes * 100) / bytes).toFixed(1),
    ]),
  );
  const body = database
    .prepare('SELECT avg(octet_length(body)) AS mean, max(octet_length(body)) AS longest FROM call')
    .get();
  database.close();
  const longest = Number(body?.['longest']);
  printTable(
    'what explains a call (the body of its row), bytes',
    ['', 'mean', 'longest'],
    [['all calls', grouped(Number(body?.['mean'])), grouped(longest)]],
  );
  printVerdict('at most 1 KB a call', longest <= MOST_BODY_BYTES);
}
