import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { damageOf } from '../../src/store/sqlite-check.ts';
import { CHECKED_AT_START_BYTES, openJournalFile } from '../../src/store/sqlite-open.ts';
import { someFolder } from './journals.ts';

const PAGE_BYTES = 4096;

/** A journal too large to be looked over before a start, most of it one entry. */
function largeFile(): string {
  const file = join(someFolder(), 'journal.db');
  const database = openJournalFile({ file });
  database
    .prepare(`INSERT INTO audit(at_ms, who, what, about, detail) VALUES (1, 'a', 'b', 'c', ?)`)
    .run('d'.repeat(CHECKED_AT_START_BYTES));
  database.close();
  return file;
}

it('finds nothing in a large file that is whole', async () => {
  expect(await damageOf(largeFile())).toBeUndefined();
});

it('finds what is wrong deep in a large file', async () => {
  const file = largeFile();
  const descriptor = openSync(file, 'r+');
  const middle = Math.floor(statSync(file).size / PAGE_BYTES / 2) * PAGE_BYTES;
  writeSync(descriptor, Buffer.alloc(PAGE_BYTES, 0xff), 0, PAGE_BYTES, middle);
  closeSync(descriptor);
  expect(await damageOf(file)).toMatch(/page/i);
});
