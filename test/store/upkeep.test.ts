import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalOptions } from '../../src/store/journal.ts';
import { sqliteModule } from '../../src/store/sqlite-module.ts';
import { Upkeep, type Upkept } from '../../src/store/upkeep.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { someFolder, someJournal } from './journals.ts';
import { keyLine, NUMBERS, putKeys } from './keys.ts';
import { batchOf, calledBy, openKept, vaultOf } from './sealed-callers.ts';

const DAY_MS = 86_400_000;
const RETENTION = { numbersDays: 90, callsMonths: 25 };
const NOTHING: Upkept = {
  numbers: 0,
  calls: 0,
  others: 0,
  resealed: 0,
  unreadable: new Map(),
  idleKeys: [],
  isLogCut: true,
};

function someUpkeep() {
  const [clock, log, asked] = [new VirtualClock(), new MemoryLog(), [] as number[]];
  const ask = (): void => void asked.push(clock.nowMs());
  const upkeep = new Upkeep({ retention: RETENTION, clock, log, ask });
  return { clock, log, asked, upkeep, startMs: clock.nowMs() };
}

describe('the upkeep', () => {
  it('is asked for at the start and daily, whatever became of the one before', () => {
    const { clock, asked, upkeep, startMs } = someUpkeep();
    upkeep.run();
    clock.advance(2.5 * DAY_MS);
    expect(asked.map((atMs) => (atMs - startMs) / DAY_MS)).toEqual([0, 1, 2]);
    upkeep.stop();
    clock.advance(9 * DAY_MS);
    expect(asked).toHaveLength(3);
    expect(clock.pending).toBe(0);
  });

  it('is asked for again after a minute where the log was held or it failed, which is said once', () => {
    const { clock, log, asked, upkeep, startMs } = someUpkeep();
    upkeep.run();
    upkeep.hear({ ...NOTHING, isLogCut: false });
    clock.advance(60_000);
    for (let i = 0; i < 3; i++) {
      upkeep.fail('the disk is full');
      clock.advance(60_000);
    }
    upkeep.hear(NOTHING);
    clock.advance(DAY_MS / 2);
    expect(asked.map((atMs) => (atMs - startMs) / 60_000)).toEqual([0, 1, 2, 3, 4]);
    expect(log.lines).toEqual([
      {
        level: 'error',
        facts: { fault: 'the disk is full' },
        line: 'what is past its retention could not be destroyed',
      },
    ]);
  });

  it('says what it did, and nothing where there was nothing to do', () => {
    const { log, upkeep } = someUpkeep();
    upkeep.hear(NOTHING);
    expect(log.lines).toEqual([]);
    upkeep.hear({
      ...NOTHING,
      numbers: 7,
      resealed: 3,
      unreadable: new Map([['k0', 2]]),
      idleKeys: ['k1'],
    });
    expect(log.lines.map(({ level, facts }) => [level, facts])).toEqual([
      ['info', { numbers: 7, calls: 0, others: 0 }],
      ['info', { numbers: 3 }],
      ['error', { key: 'k0', numbers: 2 }],
      ['info', { key: 'k1' }],
    ]);
  });
});

describe('a journal with keys and a retention', () => {
  const NOW_MS = Date.UTC(2026, 10, 21, 6);

  function someFiles(...keys: readonly string[]) {
    const folder = someFolder();
    const [journal, keyFile] = [join(folder, 'journal.db'), join(folder, 'numbers.keys')];
    if (keys.length > 0) putKeys(keyFile, ...keys);
    const module = new URL('../../src/store/number-vault.ts', import.meta.url).href;
    const options: Partial<JournalOptions> = {
      vault: { module, options: { keyFile, numbers: NUMBERS } },
      retention: RETENTION,
      clock: new VirtualClock(NOW_MS),
    };
    return { journal, keyFile, options };
  }
  const untilSaid = async (log: MemoryLog, line: RegExp): Promise<object> => {
    for (;;) {
      const said = log.lines.find((one) => line.test(one.line));
      if (said !== undefined) return said.facts;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('is tidied by its writer at the start and a day later, and its numbers go to the new key', async () => {
    const { journal: file, options } = someFiles(keyLine('k2', 2), keyLine('k1', 1));
    const { database, journal: kept } = openKept(file, vaultOf(keyLine('k1', 1)));
    const ages = [89.5, 91, 30, 800];
    kept.write(batchOf(ages.flatMap((days, i) => calledBy(i + 1, NOW_MS - days * DAY_MS))));
    database.close();
    const { log } = await someJournal(file, options);
    expect(await untilSaid(log, /past its retention was destroyed/)).toMatchObject({ numbers: 2, calls: 1 });
    expect(await untilSaid(log, /sealed anew/)).toEqual({ numbers: 2 });
    expect(await untilSaid(log, /no number is left under this key/)).toEqual({ key: 'k1' });
    log.lines.length = 0;
    (options.clock as VirtualClock).advance(DAY_MS);
    expect(await untilSaid(log, /past its retention was destroyed/)).toMatchObject({ numbers: 1, calls: 0 });
    const { DatabaseSync } = sqliteModule();
    const after = new DatabaseSync(file, { readOnly: true });
    expect(after.prepare('SELECT uniqueid, key_id FROM caller').all()).toEqual([
      { uniqueid: '1.3', key_id: 'k2' },
    ]);
    after.close();
  });

  it('has its key file made where there is none, and says so', async () => {
    const { journal: file, keyFile, options } = someFiles();
    const { log } = await someJournal(file, options);
    await untilSaid(log, /was not there and was made with a new key, k1/);
    const [, key = '-'] = readFileSync(keyFile, 'utf8').split(':');
    expect(JSON.stringify(log.lines)).not.toContain(key.trim());
  });

  it('is refused with the wrong keys, and written no further', async () => {
    const { journal: file, options } = someFiles(keyLine('k1', 9));
    const { database, journal: kept } = openKept(file, vaultOf(keyLine('k1', 1)));
    kept.write(batchOf(calledBy(1, NOW_MS)));
    database.close();
    await expect(someJournal(file, options)).rejects.toThrow(
      /^a number kept under key "k1" cannot be read: .*\. Put the key file back that the journal was kept with$/,
    );
  });

  it('is refused with a key file that has a mistake in it', async () => {
    const { journal: file, options } = someFiles(keyLine('k1', 1), 'nonsense\n');
    await expect(someJournal(file, options)).rejects.toThrow(/numbers\.keys: line 2 is no key/);
  });
});
