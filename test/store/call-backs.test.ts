import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AttemptCall } from '../../src/attempts/attempt-call.ts';
import type { ClosingReason } from '../../src/attempts/call-back-closing.ts';
import type { CallBackFilter } from '../../src/store/call-back-reads.ts';
import { attemptsOf, callBacksPage, standingAt } from '../../src/store/sqlite-call-back-queries.ts';
import { reseal } from '../../src/store/sqlite-callers.ts';
import { purge } from '../../src/store/sqlite-purge.ts';
import { auditBetween } from '../../src/store/sqlite-queries.ts';
import type { KeyedVault } from '../../src/store/vault.ts';
import { at, call, DAY_MS, HOUR_MS, MINUTE_MS, outbound } from '../attempts/calls.ts';
import { someFolder, someJournal, someReader } from './journals.ts';
import { keyLine, NUMBERS, putKeys } from './keys.ts';
import { finish, vaultOf } from './sealed-callers.ts';
import { batchOf, callersFile, factOfTry, factsOfCall, hotlines } from './told-callers.ts';
import { someWatch } from '../support/definitions.ts';

const T = at('2026-10-20T09:00:00+08:00');
const ANN = '13800000001';
const BEN = '13800000002';
const VAULT = vaultOf(keyLine('k1', 1));

function someKept(vault: KeyedVault = VAULT) {
  const { database, file } = callersFile(someFolder(), { vault }).open();
  onTestFinished(() => database.close());
  const tell = (calls: readonly AttemptCall[], nowMs = T): void =>
    file.write(batchOf(calls.flatMap(factsOfCall), nowMs));
  const page = (filter: Partial<CallBackFilter> = {}, nowMs = T) =>
    callBacksPage(database, { state: 'open', limit: 100, ...filter }, { nowMs, vault });
  const close = (reason: ClosingReason, atMs: number, note = '', id = page().callBacks[0]?.id ?? '') =>
    file.closeCallBack({ id, who: 'Lea', reason, note, atMs });
  return { database, file, tell, page, close };
}
const by = (caller: string, reachedAtMs: number, over: Partial<AttemptCall> = {}): AttemptCall =>
  call(reachedAtMs, 'abandoned', { caller, ...over });

describe('the list of those who are to be called back', () => {
  it('has a caller once, masked, with what was lost and tried, and says nothing of the number', () => {
    const { file, tell, page } = someKept();
    const calls = [by(ANN, T), by(`0${ANN}`, T + HOUR_MS), by('', T)];
    tell(calls);
    file.write(batchOf([factOfTry(outbound(T + 2 * HOUR_MS, 0, { caller: `+86 ${ANN}` }))]));
    file.write(batchOf([factOfTry(outbound(T + 3 * HOUR_MS, 0, { caller: ANN }))]));
    const { callBacks, next } = page({}, T + 4 * HOUR_MS);
    expect(next).toBeNull();
    expect(callBacks).toMatchObject([
      {
        pbx: 'hq',
        hotline: 'gas',
        number: '138****0001',
        ageMs: 4 * HOUR_MS - 30_000,
        overdue: false,
        emergency: false,
        lostCalls: 2,
        lastOutcome: 'abandoned',
        tries: 2,
        lastTry: { atMs: T + 3 * HOUR_MS, agent: 'Bea', answered: false },
        end: null,
      },
    ]);
    expect(callBacks[0]?.calls.map(({ uniqueid }) => uniqueid)).toEqual([
      calls[1]?.uniqueid,
      calls[0]?.uniqueid,
    ]);
    expect(JSON.stringify(callBacks)).not.toMatch(/\d{11}(?!\d)"/);
    expect(page({}, T + 80 * HOUR_MS).callBacks).toMatchObject([{ overdue: true }]);
  });

  it('shows emergencies before those who are due later, page by page, and the closed ones by themselves', () => {
    const { file, tell, page } = someKept();
    const callers = [1, 2, 3, 4, 5].map((n) => `1390000000${n}`);
    tell(callers.map((caller, n) => by(caller, T + n * MINUTE_MS, { emergency: n === 3 })));
    file.write(batchOf([factOfTry(outbound(T + HOUR_MS, 60_000, { caller: callers[1] ?? '' }))]));
    const order: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 9; pages++) {
      const { callBacks, next } = page({ limit: 2, ...(after !== undefined && { after }) });
      order.push(...callBacks.map(({ number }) => number));
      if (next === null) break;
      after = next;
    }
    expect(order).toEqual(['139****0004', '139****0001', '139****0003', '139****0005']);
    expect(page({ state: 'closed' }).callBacks).toMatchObject([
      { number: '139****0002', end: { how: 'outbound', by: 'Bea' } },
    ]);
    expect(page({ state: 'all' }).callBacks).toHaveLength(5);
    expect(page({ hotline: 'bills' }).callBacks).toEqual([]);
    expect(page({ after: 'nonsense' }).callBacks).toEqual([]);
  });

  it('counts all that are asked for, however few are shown, and only those', () => {
    const { tell, page } = someKept();
    const callers = [1, 2, 3, 4, 5].map((n) => `1390000000${n}`);
    tell(
      callers.map((caller, n) =>
        by(caller, T + n * MINUTE_MS, { hotline: n < 3 ? 'gas' : 'bills', emergency: n === 4 }),
      ),
    );
    const nowMs = T + HOUR_MS;
    const of = (filter: Partial<CallBackFilter>) => {
      const { callBacks, count, overdue } = page(filter, nowMs);
      return [callBacks.map(({ number }) => number.at(-1)), count, overdue];
    };
    expect(of({ limit: 1 })).toEqual([['5'], 5, 1]);
    expect(of({ limit: 1, hotlines: ['gas'] })).toEqual([['1'], 3, 0]);
    expect(of({ limit: 9, hotlines: ['gas', 'bills'], hotline: 'bills' })).toEqual([['5', '4'], 2, 1]);
    expect(of({ hotlines: ['gas'], hotline: 'bills' })).toEqual([[], 0, 0]);
    expect(of({ hotlines: [] })).toEqual([[], 0, 0]);
    expect(of({ overdue: true })).toEqual([['5'], 1, 1]);
    expect(of({ overdue: false, limit: 2 })).toEqual([['1', '2'], 4, 0]);
    // What was counted does not hang on the page either.
    const { next } = page({ limit: 2 }, nowMs);
    expect(of({ limit: 2, after: next ?? '' })).toEqual([['2', '3'], 5, 1]);
  });

  it('is closed by a person with a reason, and the audit says so', () => {
    const { database, tell, page, close } = someKept();
    tell([by(ANN, T)]);
    const id = page().callBacks[0]?.id ?? '';
    expect(close('other', T + HOUR_MS)).toMatchObject({
      closed: false,
      words: 'Say in words why it is closed.',
    });
    expect(close('not-wanted', T + HOUR_MS, '', '999')).toMatchObject({ closed: false });
    expect(close('not-wanted', T + HOUR_MS, '', '1; DROP')).toMatchObject({ closed: false });
    expect(auditBetween(database, 0, Infinity)).toEqual([]);
    expect(close('not-wanted', T + HOUR_MS, 'moved away')).toEqual({ closed: true });
    expect(page().callBacks).toEqual([]);
    expect(page({ state: 'closed' }).callBacks).toMatchObject([
      { end: { how: 'person', atMs: T + HOUR_MS, by: 'Lea', reason: 'not-wanted', note: 'moved away' } },
    ]);
    expect(auditBetween(database, 0, Infinity)).toMatchObject([
      { who: 'Lea', what: 'call-back-closed', about: `call-back ${id}`, detail: 'not-wanted: moved away' },
    ]);
    expect(close('not-wanted', T + HOUR_MS, '', id)).toMatchObject({ words: 'It is closed already.' });
  });

  it('nobody is given up before tries on two days', () => {
    const { file, tell, page, close } = someKept();
    tell([by(ANN, T)]);
    file.write(batchOf([factOfTry(outbound(T + HOUR_MS, 0, { caller: ANN }))]));
    expect(close('could-not-be-reached', T + 30 * HOUR_MS)).toMatchObject({
      closed: false,
      words: expect.stringContaining('two different days'),
    });
    file.write(batchOf([factOfTry(outbound(T + 25 * HOUR_MS, 0, { caller: ANN }))]));
    expect(close('could-not-be-reached', T + 30 * HOUR_MS)).toEqual({ closed: true });
    expect(page({ state: 'closed' }).callBacks).toMatchObject([{ tries: 2, daysTried: 2 }]);
  });
});

describe('how callers got through', () => {
  it('is told by hotline, month and quarter, callers beside calls', () => {
    const { database, tell } = someKept();
    const july = at('2026-07-01T00:00:00+08:00');
    tell([
      by(ANN, july),
      by(ANN, july + 10 * MINUTE_MS),
      by(ANN, july + HOUR_MS, { outcome: 'answered' }),
      by(BEN, july + 40 * DAY_MS),
      by(BEN, july + 40 * DAY_MS + HOUR_MS),
      by(BEN, july + 92 * DAY_MS, { outcome: 'self-served' }),
    ]);
    tell([], july + 100 * DAY_MS);
    // Sums of the hotline's other series say that it was called; here there are only those of attempts.
    expect(attemptsOf(database, { unit: 'quarter', period: '2026-Q3' })).toEqual([
      {
        pbx: 'hq',
        hotline: 'gas',
        fromMs: july,
        untilMs: at('2026-09-01T00:00:00+08:00'),
        attempts1: 0,
        attempts2: 0,
        attempts3: 1,
        attempts4plus: 0,
        never: 1,
        chains: 2,
        meanScore: 8,
        unknown: 0,
        callers: { failedCalls: 4, failedCallers: 2, notReachedCallers: 1, withoutNumber: 0, openCallers: 0 },
      },
    ]);
    expect(attemptsOf(database, { unit: 'month', period: '2026-10' })).toMatchObject([
      { attempts1: 1, meanScore: 20 },
    ]);
    expect(attemptsOf(database, { unit: 'month', period: '2026-13' })).toEqual([]);
  });

  it('stands for the metrics: who is owed, and the running month', () => {
    const { database, tell } = someKept();
    tell([
      by(ANN, T),
      by(BEN, T, { outcome: 'answered' }),
      by('13800000003', T, { emergency: true, hotline: 'bills' }),
    ]);
    const standing = standingAt(database, T + 73 * HOUR_MS);
    expect(standing.callBacks).toMatchObject([
      { hotline: 'bills', open: 1, overdue: 1, emergencies: 1 },
      { hotline: 'gas', open: 1, overdue: 1, emergencies: 0, oldestOpenedAtMs: T + 30_000 },
    ]);
    expect(standing.attempts).toMatchObject([
      { pbx: 'hq', hotline: 'gas', attempts1: 1, chains: 1, meanScore: 20 },
    ]);
  });
});

describe('a person', () => {
  it('stays one when keys are changed, before and after all is sealed anew', () => {
    const folder = someFolder();
    const told = [by(ANN, T), by(ANN, T + HOUR_MS), by(ANN, T + 2 * HOUR_MS)];
    const first = callersFile(folder, { vault: VAULT }).open();
    first.file.write(batchOf(factsOfCall(told[0] as AttemptCall)));
    first.database.close();
    const vault = vaultOf(keyLine('k2', 2), keyLine('k1', 1));
    const { database, file } = callersFile(folder, { vault }).open();
    onTestFinished(() => database.close());
    file.write(batchOf(factsOfCall(told[1] as AttemptCall)));
    finish(reseal(database, vault));
    file.write(batchOf(factsOfCall(told[2] as AttemptCall)));
    const { callBacks } = callBacksPage(database, { state: 'open', limit: 9 }, { nowMs: T, vault });
    expect(callBacks).toMatchObject([{ lostCalls: 3, number: '138****0001' }]);
  });

  it('whose number is destroyed leaves the figures and the entry, and is somebody else afterwards', () => {
    const { database, file, tell, page, close } = someKept();
    tell([by(ANN, T), by(BEN, T, { outcome: 'answered' })], T + 2 * DAY_MS);
    const before = [standingAt(database, T), attemptsOf(database, { unit: 'month', period: '2026-10' })];
    finish(purge(database, { numbersBeforeMs: T + DAY_MS, callsBeforeMs: 0 }));
    expect(database.prepare('SELECT count(*) AS kept FROM caller').get()).toEqual({ kept: 0 });
    expect([standingAt(database, T), attemptsOf(database, { unit: 'month', period: '2026-10' })]).toEqual(
      before,
    );
    file.rebuildSums();
    expect([standingAt(database, T), attemptsOf(database, { unit: 'month', period: '2026-10' })]).toEqual(
      before,
    );
    expect(page().callBacks).toMatchObject([{ number: '', lostCalls: 1 }]);
    tell([by(ANN, T + 3 * DAY_MS)], T + 3 * DAY_MS);
    expect(page().callBacks).toMatchObject([
      { number: '', lostCalls: 1 },
      { number: '138****0001', lostCalls: 1 },
    ]);
    expect(close('other', T + 4 * DAY_MS, 'nobody knows whom')).toEqual({ closed: true });
  });

  it('is destroyed with the calls: nothing of them is left', () => {
    const { database, file, tell, close } = someKept();
    tell([by(ANN, T)]);
    file.write(batchOf([factOfTry(outbound(T + HOUR_MS, 0, { caller: ANN }))]));
    close('not-wanted', T + 2 * HOUR_MS);
    finish(purge(database, { numbersBeforeMs: T + DAY_MS, callsBeforeMs: T + DAY_MS }));
    for (const table of ['attempt_call', 'outbound_try', 'call_back_closing', 'chain', 'call_back']) {
      expect([table, database.prepare(`SELECT count(*) AS kept FROM ${table}`).get()]).toEqual([
        table,
        { kept: 0 },
      ]);
    }
  });

  it('cannot be told where no numbers are kept: no figure is better than a wrong one', () => {
    const { database, file } = callersFile(someFolder(), { vault: undefined }).open();
    onTestFinished(() => database.close());
    file.write(batchOf([by(ANN, T), by(ANN, T + HOUR_MS)].flatMap(factsOfCall), T + 3 * DAY_MS));
    expect(standingAt(database, T)).toEqual({ callBacks: [], attempts: [] });
    expect(attemptsOf(database, { unit: 'month', period: '2026-10' })).toEqual([]);
  });
});

describe('through the threads', () => {
  it('a call-back is listed with its mask, closed, and its hotline’s month is there after a restart', async () => {
    const folder = someFolder();
    const [file, keyFile] = [join(folder, 'j.db'), join(folder, 'keys')];
    putKeys(keyFile, keyLine('k1', 1));
    const module = new URL('../../src/store/number-vault.ts', import.meta.url).href;
    const vault = { module, options: { keyFile, numbers: NUMBERS } };
    const definition = someWatch({ hotlines });
    const { journal } = await someJournal(file, { vault, definition });
    for (const { fact } of factsOfCall(by(ANN, T))) journal.append(fact);
    await journal.flush();
    const reader = someReader(file, vault);
    const { callBacks } = await reader.callBacks({ state: 'open', limit: 9 }, T);
    expect(callBacks).toMatchObject([{ number: '138****0001', hotline: 'gas' }]);
    const order = { id: callBacks[0]?.id ?? '', who: 'Lea', note: '', atMs: T + HOUR_MS };
    expect(await journal.closeCallBack({ ...order, reason: 'could-not-be-reached' })).toMatchObject({
      closed: false,
    });
    expect(await journal.closeCallBack({ ...order, reason: 'reached-otherwise' })).toEqual({ closed: true });
    expect((await reader.standing(T)).callBacks).toEqual([]);
    journal.settle();
    await journal.stop();
    await expect(journal.closeCallBack({ ...order, reason: 'not-wanted' })).rejects.toThrow(
      'the journal is not open',
    );
    const again = await someJournal(file, { vault, definition });
    const { sums } = await again.journal.restore(T + 2 * DAY_MS);
    const attempts = sums.find(({ unit, series }) => unit === 'month' && series === 'attempts');
    expect(attempts?.sums).toEqual({ never: 1, chains: 1, scoreSum: 16 });
  });
});
