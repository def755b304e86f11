import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBackup } from '../../src/store/backup-command.ts';
import { runRestore } from '../../src/store/restore-command.ts';
import { sqliteModule } from '../../src/store/sqlite-module.ts';
import { callsPage } from '../../src/store/sqlite-queries.ts';
import { sumsBetween } from '../../src/store/sqlite-sums.ts';
import { SUM_UNITS } from '../../src/store/sums.ts';
import { batchOf, calledBy, openKept, secretsOf, type Kept } from './sealed-callers.ts';
import { ran, RUN_AT_MS } from './command-run.ts';
import { someFolder, someJournal } from './journals.ts';

const backupTo = (journal: string, out: string) => ran((ports) => runBackup({ journal, out }, ports));
const restoreTo = (backup: string, journal: string, force = false) =>
  ran((ports) => runRestore({ backup, journal, force }, ports));

const figuresOf = (database: Kept['database']) => ({
  sums: SUM_UNITS.flatMap((unit) => sumsBetween(database, { unit, fromMs: 0, untilMs: Infinity })),
  calls: callsPage(database, { limit: 500 }).calls,
});

/** A journal with so many calls in a folder of its own. */
function someFile(calls = 30) {
  const folder = someFolder();
  const path = join(folder, 'journal.db');
  const kept = openKept(path);
  const numbers = Array.from({ length: calls }, (_, i) => i + 1);
  const seen = new Map([['north', RUN_AT_MS]]);
  kept.journal.write(
    batchOf(
      numbers.flatMap((n) => calledBy(n, RUN_AT_MS - n * 3_600_000)),
      { seen },
    ),
  );
  return { folder, path, out: join(folder, 'monday.backup'), ...kept };
}

describe('ringside backup', () => {
  it('makes one file for its owner alone, and restored it gives the same figures', async () => {
    const { folder, path, out, database } = someFile();
    const [figures, secrets] = [figuresOf(database), secretsOf(database)];
    const run = await backupTo(path, out);
    expect(run).toMatchObject({ code: 0, complained: '' });
    expect(run.said).toMatch(/monday\.backup: \d+\.\d MB\. The keys are not in it/);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith('monday'))).toEqual(['monday.backup']);
    const target = join(someFolder(), 'journal.db');
    const restored = await restoreTo(out, target);
    expect(restored).toMatchObject({ code: 0, complained: '' });
    expect(restored.said).toContain('as it was up to 2026-11-21T06:00:00.000Z');
    expect(statSync(target).mode & 0o777).toBe(0o600);
    const { database: again } = openKept(target);
    expect(figuresOf(again)).toEqual(figures);
    expect(secretsOf(again)).toEqual(secrets);
  });

  it('is of one instant while a daemon writes at speed', async () => {
    const { path, out, database } = someFile(1);
    database.close();
    const { journal } = await someJournal(path);
    let told = 1;
    const writing = async (until: Promise<unknown>): Promise<void> => {
      const is = { over: false };
      void until.then(() => (is.over = true));
      while (!is.over) {
        for (let i = 0; i < 200; i++) for (const fact of calledBy(++told, RUN_AT_MS)) journal.append(fact);
        await journal.flush();
      }
    };
    await writing(new Promise((resolve) => setImmediate(resolve)));
    const atLeast = told;
    const copying = backupTo(path, out);
    await writing(copying);
    expect(await copying).toMatchObject({ code: 0, complained: '' });
    expect(told).toBeGreaterThan(atLeast);
    const { database: copy, journal: file } = openKept(out);
    const calls = Number(copy.prepare('SELECT count(*) AS n FROM call').get()?.['n']);
    expect(calls).toBeGreaterThanOrEqual(atLeast);
    expect(calls).toBeLessThanOrEqual(told);
    // Facts and sums are of the same commit: made anew of its facts, they are what it holds.
    const { sums } = figuresOf(copy);
    file.rebuildSums();
    expect(figuresOf(copy).sums).toEqual(sums);
  });

  it('never overwrites, and leaves nothing where it fails', async () => {
    const { folder, path, out } = someFile();
    writeFileSync(out, 'something else');
    expect(await backupTo(path, out)).toMatchObject({
      code: 1,
      complained: expect.stringMatching(/^no backup was made: .*monday\.backup is there already/) as string,
    });
    expect(readFileSync(out, 'utf8')).toBe('something else');
    expect((await backupTo(join(folder, 'none.db'), `${out}2`)).complained).toMatch(/none\.db is not there/);
    expect((await backupTo(path, join(folder, 'no', 'folder'))).complained).toMatch(/or its folder is gone/);
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
  });
});

describe('ringside restore', () => {
  it('refuses while a daemon uses the journal, whatever is forced', async () => {
    const { path, out, database } = someFile();
    await backupTo(path, out);
    database.close();
    const { journal } = await someJournal(path);
    expect(await restoreTo(out, path, true)).toMatchObject({
      code: 1,
      complained: expect.stringMatching(/^nothing was restored: .* is in use by another ringside/) as string,
    });
    await journal.stop();
    expect(await restoreTo(out, path, true)).toMatchObject({ code: 0 });
  });

  it('replaces a journal that is there only by force, its log with it', async () => {
    const { path, out, journal, database } = someFile(2);
    const figures = figuresOf(database);
    await backupTo(path, out);
    journal.write(batchOf(calledBy(3, RUN_AT_MS)));
    // As a daemon leaves it that was killed: with a log beside it.
    const left = readFileSync(`${path}-wal`);
    database.close();
    writeFileSync(`${path}-wal`, left);
    expect(await restoreTo(out, path)).toMatchObject({
      code: 1,
      complained: expect.stringMatching(/is there already: --force replaces it/) as string,
    });
    expect(await restoreTo(out, path, true)).toMatchObject({ code: 0 });
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(figuresOf(openKept(path).database)).toEqual(figures);
  });

  it('replaces a journal that is damaged', async () => {
    const { path, out, database } = someFile(2);
    const figures = figuresOf(database);
    await backupTo(path, out);
    database.close();
    writeFileSync(path, 'not a database at all');
    expect(await restoreTo(out, path, true)).toMatchObject({ code: 0 });
    expect(figuresOf(openKept(path).database)).toEqual(figures);
  });

  it('looks a backup over before it touches anything', async () => {
    const { folder, path, out, database } = someFile(400);
    await backupTo(path, out);
    database.close();
    const before = readFileSync(path);
    const refused = async (backup: string, why: RegExp): Promise<void> => {
      const run = await restoreTo(backup, path, true);
      expect(run.code).toBe(1);
      expect(run.complained).toMatch(why);
      expect(readFileSync(path).equals(before)).toBe(true);
    };
    await refused(join(folder, 'none'), /none is not there/);
    const whole = readFileSync(out);
    const broken = join(folder, 'broken');
    writeFileSync(broken, whole);
    truncateSync(broken, Math.floor(whole.length / 8192) * 4096);
    await refused(broken, /damaged|cannot be read/);
    writeFileSync(broken, Buffer.from(whole).fill(7, whole.length / 2, whole.length / 2 + 9_000));
    await refused(broken, /damaged|cannot be read/);
    writeFileSync(broken, 'x'.repeat(9_000));
    await refused(broken, /damaged or no journal/);
    writeFileSync(broken, '');
    await refused(broken, /is empty/);
    const { DatabaseSync } = sqliteModule();
    const other = new DatabaseSync(join(folder, 'other'));
    other.exec('CREATE TABLE t(a)');
    other.close();
    await refused(join(folder, 'other'), /another program/);
    const newer = openKept(join(folder, 'newer')).database;
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    await refused(join(folder, 'newer'), /newer ringside/);
    expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
  });
});
