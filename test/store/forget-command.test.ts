import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runForget } from '../../src/store/forget-command.ts';
import { auditBetween } from '../../src/store/sqlite-queries.ts';
import { sqliteModule } from '../../src/store/sqlite-module.ts';
import { batchOf, calledBy, found, mobile, openKept, secretsOf, vaultOf } from './sealed-callers.ts';
import { ran, RUN_AT_MS, type Ran } from './command-run.ts';
import { someFolder, someJournal } from './journals.ts';
import { keyLine, NUMBERS, putKeys } from './keys.ts';

const K1 = keyLine('k1', 1);
const K2 = keyLine('k2', 2);

function someFiles(...keys: readonly string[]) {
  const folder = someFolder();
  const [journal, keyFile] = [join(folder, 'journal.db'), join(folder, 'numbers.keys')];
  putKeys(keyFile, ...keys);
  return { folder, journal, keyFile };
}
function forget(
  files: { readonly journal: string; readonly keyFile: string },
  ...chunks: readonly (string | Uint8Array)[]
): Promise<Ran> {
  async function* input(): AsyncGenerator<string | Uint8Array> {
    yield* chunks;
  }
  return ran((ports) => runForget({ ...files, numbers: NUMBERS }, { ...ports, input: input() }));
}

describe('ringside forget', () => {
  it('destroys what is kept of a number under every key; the calls stay', async () => {
    const files = someFiles(K2, K1);
    const { database, journal } = openKept(files.journal, vaultOf(K1));
    journal.write(batchOf([...calledBy(1, RUN_AT_MS), ...calledBy(2, RUN_AT_MS)]));
    const { database: second, journal: later } = openKept(files.journal, vaultOf(K2, K1));
    later.write(batchOf([...calledBy(1, RUN_AT_MS, '2.1'), ...calledBy(3, RUN_AT_MS, '2.3')]));
    const gone = secretsOf(second, `uniqueid IN ('1.1', '2.1')`);
    const kept = secretsOf(second, `uniqueid NOT IN ('1.1', '2.1')`);
    second.close();
    // Spelled otherwise than it was delivered, and cut where a pipe happens to cut.
    const bytes = Buffer.from(`+86 138-0000-0001\n\n${mobile(77)}\r\n`);
    const run = await forget(files, bytes.subarray(0, 7), bytes.subarray(7));
    expect(run).toEqual({
      code: 0,
      said: '2 numbers: 2 calls are without a caller now. Backups made before still hold what they held.\n',
      complained: '',
    });
    expect(found(files.journal, gone)).toBe(0);
    expect(found(files.journal, kept)).toBe(kept.length);
    expect(statSync(`${files.journal}-wal`).size).toBe(0);
    expect(database.prepare('SELECT count(*) AS n FROM call').get()).toEqual({ n: 4 });
    expect(auditBetween(database, RUN_AT_MS, RUN_AT_MS + 1)).toEqual([
      {
        atMs: RUN_AT_MS,
        who: 'ann',
        what: 'numbers forgotten',
        about: 'numbers',
        detail: '2 numbers asked for, 2 calls without a caller now',
      },
    ]);
  });

  it('works while the daemon writes, and no file ever holds a number in clear', async () => {
    const files = someFiles(K1);
    const module = new URL('../../src/store/number-vault.ts', import.meta.url).href;
    const vault = { module, options: { keyFile: files.keyFile, numbers: NUMBERS } };
    const { journal, log } = await someJournal(files.journal, { vault });
    let told = 0;
    const tell = (): void => {
      for (let i = 0; i < 20; i++) for (const fact of calledBy(++told, RUN_AT_MS)) journal.append(fact);
    };
    tell();
    await journal.flush();
    const forgetting = forget(files, [1, 2, 3].map((n) => `${mobile(n)}\n`).join(''));
    for (let round = 0; round < 20; round++) {
      tell();
      await journal.flush();
    }
    expect(await forgetting).toMatchObject({ code: 0, complained: '' });
    await journal.flush();
    expect(journal.status()).toMatchObject({ state: 'writing', pendingFacts: 0, droppedFacts: 0 });
    const { DatabaseSync } = sqliteModule();
    const database = new DatabaseSync(files.journal, { readOnly: true });
    expect(database.prepare('SELECT count(*) AS n FROM caller').get()).toEqual({ n: told - 3 });
    expect(auditBetween(database, RUN_AT_MS, RUN_AT_MS + 1)).toHaveLength(1);
    database.close();
    const names = readdirSync(files.folder);
    expect(names).toContain('journal.db-wal');
    for (const name of names) {
      const text = readFileSync(join(files.folder, name)).toString('latin1');
      for (let n = 1; n <= told; n++) expect(text.includes(mobile(n).slice(1))).toBe(false);
    }
    expect(JSON.stringify(log.lines)).not.toMatch(/1380000/);
  });

  it('says what it could not look at, and never a number', async () => {
    const files = someFiles(K2);
    const { database, journal } = openKept(files.journal, vaultOf(K1));
    journal.write(batchOf(calledBy(1, RUN_AT_MS)));
    database.close();
    const run = await forget(files, `${mobile(1)}\nanonymous\nnobody ${mobile(1)}\n`);
    expect(run.code).toBe(1);
    expect(run.said).toContain('1 number: 0 calls are without');
    expect(run.complained).toBe(
      'no number in line 2, 3 of the input\n' +
        '1 numbers are kept under key "k1", which is not in the key file: they could not be looked at\n',
    );
  });

  it('forgets none where one cannot be, and makes neither journal nor keys', async () => {
    const files = someFiles(K1);
    expect(await forget(files, mobile(1))).toMatchObject({
      code: 1,
      complained: expect.stringMatching(/^nothing was forgotten: .*journal\.db is not there\n$/) as string,
    });
    openKept(files.journal).database.close();
    const keyFile = join(files.folder, 'none.keys');
    expect(await forget({ ...files, keyFile }, mobile(1))).toMatchObject({
      code: 1,
      complained: expect.stringMatching(/^nothing was forgotten: .*none\.keys is not there\n$/) as string,
    });
    expect(readdirSync(files.folder).toSorted()).toEqual(['journal.db', 'numbers.keys']);
  });

  it('leaves a journal of another schema to its daemon', async () => {
    const files = someFiles(K1);
    const { database } = openKept(files.journal);
    database.exec('PRAGMA user_version = 0');
    expect((await forget(files, mobile(1))).complained).toMatch(/written by an older ringside/);
    database.exec('PRAGMA user_version = 99');
    expect((await forget(files, mobile(1))).complained).toMatch(/written by a newer ringside/);
  });
});
