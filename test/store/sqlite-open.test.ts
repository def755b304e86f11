import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTrustedSqlite, SCHEMA_VERSION } from '../../src/store/schema.ts';
import { sqliteModule } from '../../src/store/sqlite-module.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { someFolder, someJournal } from './journals.ts';
import { answeredCall } from './stories.ts';

/** A closed journal of some hundred calls. */
async function someWritten(): Promise<string> {
  const file = join(someFolder(), 'j.db');
  const { journal } = await someJournal(file);
  for (let i = 0; i < 300; i++) for (const fact of answeredCall(`1.${i}`, 1e12 + i)) journal.append(fact);
  await journal.flush();
  await journal.stop();
  return file;
}

describe('the file of the journal', () => {
  it('and all that stands beside it can be read by its owner alone', () => {
    const file = join(someFolder(), 'j.db');
    const database = openJournalFile({ file });
    for (const path of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(path).mode & 0o777).toBe(0o600);
    database.close();
  });

  it('survives whatever it is said to survive: a write-ahead log, each commit on the disk, no trace of what is deleted', () => {
    const database = openJournalFile({ file: join(someFolder(), 'j.db') });
    const told = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect([told('journal_mode'), told('synchronous'), told('secure_delete')]).toEqual(['wal', 2, 1]);
    expect(told('user_version')).toBe(SCHEMA_VERSION);
    database.close();
  });

  it.each([
    ['in its middle', (bytes: Buffer) => bytes.fill(0xa5, 8192, 40_960)],
    ['in its first page', (bytes: Buffer) => bytes.fill(0xa5, 100, 600)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 4096 * 3)],
    ['in its first bytes', (bytes: Buffer) => bytes.fill(0, 0, 64)],
  ])('that is damaged %s is refused with a clear error, and left as it is', async (_where, damage) => {
    const file = await someWritten();
    const damaged = Buffer.from(damage(readFileSync(file)));
    writeFileSync(file, damaged);
    const opening = someJournal(file);
    await expect(opening).rejects.toThrow(/j\.db is damaged .* left as it is/);
    expect(readFileSync(file).equals(damaged)).toBe(true);
  });

  it('of a newer version is refused, and left as it is', async () => {
    const file = await someWritten();
    const { DatabaseSync } = sqliteModule();
    const newer = new DatabaseSync(file);
    newer.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    newer.close();
    const before = readFileSync(file);
    await expect(someJournal(file)).rejects.toThrow(
      `${file} was written by a newer ringside (schema ${SCHEMA_VERSION + 1}; this one knows ${SCHEMA_VERSION})`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('that is another program’s is refused', () => {
    const file = join(someFolder(), 'other.db');
    const { DatabaseSync } = sqliteModule();
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE theirs(a)');
    other.close();
    expect(() => openJournalFile({ file })).toThrow('is a database of another program');
  });

  it('in a folder that does not exist, and one that is a folder, are refused', async () => {
    const folder = someFolder();
    const nowhere = join(folder, 'nowhere', 'j.db');
    await expect(someJournal(nowhere)).rejects.toThrow(/nowhere.j\.db/);
    const itself = join(folder, 'j.db');
    mkdirSync(itself);
    await expect(someJournal(itself)).rejects.toThrow(/j\.db/);
  });

  it('that was copied with its log while it was written is opened, as after a power cut', async () => {
    const file = join(someFolder(), 'j.db');
    const { journal } = await someJournal(file);
    for (const fact of answeredCall('1.1', 1e12)) journal.append(fact);
    await journal.flush();
    const copy = `${file}.copy`;
    copyFileSync(file, copy);
    copyFileSync(`${file}-wal`, `${copy}-wal`);
    const { journal: second } = await someJournal(copy);
    expect((await second.restore(1e12 + 60_000)).recentFacts).toHaveLength(9);
  });
});

describe('SQLite', () => {
  it.each([
    ['3.51.3', true],
    ['3.52.0', true],
    ['4.0.0', true],
    ['3.51.2', false],
    ['3.46.1', false],
    ['3.51', false],
  ])('%s: trusted %s', (version, isTrusted) => {
    expect(isTrustedSqlite(version)).toBe(isTrusted);
  });
});
