import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callBackSchema } from '../../src/attempts/call-back-settings.ts';
import type { AttemptCall } from '../../src/attempts/attempt-call.ts';
import { runClose } from '../../src/store/close-command.ts';
import { JournalFile } from '../../src/store/sqlite-journal.ts';
import { sqliteModule } from '../../src/store/sqlite-module.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { auditBetween } from '../../src/store/sqlite-queries.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import { call, HOUR_MS, outbound } from '../attempts/calls.ts';
import { someWatch } from '../support/definitions.ts';
import { ran, RUN_AT_MS, type Ran } from './command-run.ts';
import { someFolder, someJournal, someReader } from './journals.ts';
import { keyLine, NUMBERS, putKeys } from './keys.ts';
import { vaultOf } from './sealed-callers.ts';
import { factOfTry, factsOfCall, hotlines } from './told-callers.ts';

const ANN = '13800000001';
const T = RUN_AT_MS - 10 * HOUR_MS;
const WATCH = someWatch({ hotlines });
const lost = (reachedAtMs: number, over: Partial<AttemptCall> = {}): AttemptCall =>
  call(reachedAtMs, 'abandoned', { caller: ANN, ...over });

/** A daemon's journal that Ann's lost call was told to. */
async function someOwed() {
  const folder = someFolder();
  const [file, keyFile] = [join(folder, 'journal.db'), join(folder, 'numbers.keys')];
  putKeys(keyFile, keyLine('k1', 1));
  const module = new URL('../../src/store/number-vault.ts', import.meta.url).href;
  const vault = { module, options: { keyFile, numbers: NUMBERS } };
  const { journal } = await someJournal(file, { definition: WATCH, vault });
  const tell = async (...facts: ReturnType<typeof factsOfCall>): Promise<void> => {
    for (const { fact } of facts) journal.append(fact);
    await journal.flush();
  };
  await tell(...factsOfCall(lost(T)));
  const reader = someReader(file, vault);
  const page = async (state: 'open' | 'closed' = 'open') =>
    (await reader.callBacks({ state, limit: 9 }, RUN_AT_MS)).callBacks;
  const id = (await page())[0]?.id ?? '';
  const close = (over: Partial<Parameters<typeof runClose>[0]> = {}): Promise<Ran> =>
    ran((ports) =>
      runClose(
        {
          journal: file,
          definition: WATCH,
          callBacks: callBackSchema.parse(undefined),
          id,
          reason: 'not-wanted: has gas again',
          by: 'Wang Fang',
          ...over,
        },
        ports,
      ),
    );
  return { file, journal, reader, tell, page, id, close };
}
const audited = (file: string) => {
  const database = new (sqliteModule().DatabaseSync)(file, { readOnly: true });
  const entries = auditBetween(database, 0, Infinity);
  database.close();
  return entries;
};

describe('ringside call-back close', () => {
  it('closes beside the daemon, who sees it at once; the audit says who, when, what and why', async () => {
    const { file, reader, page, id, close } = await someOwed();
    expect(await page()).toMatchObject([{ number: '138****0001', lostCalls: 1 }]);
    expect(await close()).toEqual({
      code: 0,
      said: `call-back ${id} is closed: not-wanted, has gas again\n`,
      complained: '',
    });
    expect(await page()).toEqual([]);
    expect((await reader.standing(RUN_AT_MS)).callBacks).toEqual([]);
    const by = 'Wang Fang (login ann)';
    expect(await page('closed')).toMatchObject([
      { end: { how: 'person', atMs: RUN_AT_MS, by, reason: 'not-wanted', note: 'has gas again' } },
    ]);
    expect(audited(file)).toEqual([
      {
        atMs: RUN_AT_MS,
        who: by,
        what: 'call-back-closed',
        about: `call-back ${id}`,
        detail: 'not-wanted: has gas again',
      },
    ]);
  });

  it('leaves the daemon sums that it goes on from: made anew they are the same', async () => {
    const { file, journal, tell, close } = await someOwed();
    expect((await close()).code).toBe(0);
    // The same caller, month and hotline: the same rows, of which the daemon's connection has written before.
    await tell(...factsOfCall(lost(RUN_AT_MS + HOUR_MS)));
    await tell(factOfTry(outbound(RUN_AT_MS + 2 * HOUR_MS, 60_000, { caller: ANN })));
    await journal.stop();
    const database = openJournalFile({ file });
    onTestFinished(() => database.close());
    const again = new JournalFile(database, {
      definition: WATCH,
      openedAtMs: RUN_AT_MS,
      sharesFor: (definition) => new SumShares(definition),
      vault: vaultOf(keyLine('k1', 1)),
    });
    const kept = (): unknown =>
      database.prepare(`SELECT * FROM sums WHERE series = 'call-backs' AND unit = 'month'`).all();
    const before = kept();
    expect(before).toMatchObject([{ sums: expect.stringContaining('"ended":2') }]);
    again.rebuildSums();
    expect(kept()).toEqual(before);
  });

  it('refuses what is closed, what is not there and what may not be said yet, and the audit knows of it', async () => {
    const { file, page, id, close } = await someOwed();
    const refused = async (over: Parameters<typeof close>[0], words: string): Promise<void> => {
      const { code, said, complained } = await close(over);
      expect({ code, said }).toEqual({ code: 1, said: '' });
      expect(complained).toBe(`nothing was closed: ${words}\n`);
    };
    await refused({ id: ANN }, 'There is no such call-back.');
    await refused(
      { reason: 'could not be reached, whatever I tried' },
      'The caller was tried on 0 days: "could not be reached" may be said after tries on two different days.',
    );
    expect(await page()).toHaveLength(1);
    await close();
    await refused({}, 'It is closed already.');
    expect(audited(file).map(({ what, about }) => [what, about])).toEqual([
      ['call-back-not-closed', 'call-back'],
      ['call-back-not-closed', `call-back ${id}`],
      ['call-back-closed', `call-back ${id}`],
      ['call-back-not-closed', `call-back ${id}`],
    ]);
    expect(JSON.stringify(audited(file))).not.toContain(ANN);
  });

  it('asks for a reason and a name', async () => {
    const { file, close } = await someOwed();
    expect(await close({ reason: ' ' })).toMatchObject({
      code: 2,
      complained: expect.stringContaining('a reason is needed'),
    });
    for (const by of ['', ' ', 'x'.repeat(101), 'a\nb', ANN]) {
      expect(await close({ by })).toMatchObject({
        code: 2,
        complained: 'nothing was closed: --by is the name of who closes it\n',
      });
    }
    expect(audited(file)).toEqual([]);
    expect(await close({ journal: `${file}-elsewhere` })).toMatchObject({
      code: 1,
      complained: expect.stringContaining('is not there'),
    });
  });
});
