import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CallerNumber } from '../../src/calls/caller-number.ts';
import { Journal, openJournal } from '../../src/store/journal.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { someWatch } from '../support/definitions.ts';
import { interval } from '../support/facts.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { hurriedClock, someFolder, someJournal, someReader, untilStatus } from './journals.ts';
import { answeredCall, closedCall, openedCall } from './stories.ts';

const AT_MS = Date.now() - 600_000;

describe('the journal', () => {
  it('commits what was told a quarter of a second ago, and 2,000 facts at once', async () => {
    const clock = new VirtualClock();
    const { journal } = await someJournal(join(someFolder(), 'j.db'), { clock });
    journal.append(openedCall('1.1', AT_MS));
    clock.advance(249);
    expect(journal.status()).toMatchObject({ committedFacts: 0, pendingFacts: 1 });
    clock.advance(1);
    await untilStatus(journal, ({ committedFacts }) => committedFacts === 1);
    for (let i = 0; i < 2000; i++) journal.append(openedCall(`2.${i}`, AT_MS + i));
    expect(await untilStatus(journal, ({ pendingFacts }) => pendingFacts === 0)).toMatchObject({
      state: 'writing',
      fault: '',
      committedFacts: 2001,
      lastCommitAtMs: clock.nowMs(),
    });
  });

  it('goes on after a kill where it was: calls that are open, calls that are over, sums, until when it saw', async () => {
    const file = join(someFolder(), 'j.db');
    const script = fileURLToPath(new URL('killed-writer.ts', import.meta.url));
    expect(spawnSync(process.execPath, [script, file, String(AT_MS)]).signal).toBe('SIGKILL');
    const { journal } = await someJournal(file);
    const restored = await journal.restore(AT_MS + 300_000);
    expect(restored.openCalls).toEqual([{ pbx: 'north', uniqueid: '1.2', state: { asked: false } }]);
    expect(restored.seenUntilMs).toEqual(new Map([['north', AT_MS + 200_000]]));
    expect(restored.recentFacts).toHaveLength(10);
    const volume = restored.sums.find(({ unit, series }) => unit === 'ever' && series === 'volume');
    expect(volume?.sums).toEqual({ 'reached-open': 2 });
    for (const fact of answeredCall('1.1', AT_MS)) journal.append(fact);
    journal.append(closedCall('1.2', AT_MS + 1_000, { outcome: 'unknown' }));
    await journal.flush();
    const after = await journal.restore(AT_MS + 300_000);
    expect(after.openCalls).toEqual([]);
    expect(after.recentFacts).toHaveLength(11);
    expect(after.sums.find(({ unit, series }) => unit === 'ever' && series === 'volume')?.sums).toEqual({
      'reached-open': 2,
    });
  });

  it('answers in its turn, not while it writes, and at once where nobody is left to answer', async () => {
    const folder = someFolder();
    const gate = join(folder, 'gate');
    const module = new URL('stalling-vault.ts', import.meta.url).href;
    const { journal } = await someJournal(join(folder, 'j.db'), { vault: { module, options: gate } });
    await journal.answers();
    let hasAnswered = false;
    const heard = { type: 'caller-heard', id: 'n', pbx: 'north', uniqueid: '1.1', hotline: 'gas' } as const;
    journal.append({ ...heard, atMs: AT_MS, number: new CallerNumber('13800138000') });
    const flushed = journal.flush();
    const answered = journal.answers().then(() => (hasAnswered = true));
    await vi.waitUntil(() => existsSync(`${gate}.reached`));
    expect(hasAnswered).toBe(false);
    writeFileSync(gate, '');
    await Promise.all([flushed, answered]);
    await journal.stop();
    await journal.answers();
  });

  it('lets no second daemon in', async () => {
    const file = join(someFolder(), 'j.db');
    const { journal } = await someJournal(file);
    const second = openJournal({
      file,
      definition: someWatch(),
      clock: hurriedClock,
      log: new MemoryLog(),
    });
    await expect(second).rejects.toThrow(`${file} is in use by another ringside; stop that one first`);
    await journal.stop();
    const { journal: third } = await someJournal(file);
    expect(third.status().state).toBe('writing');
  });

  it('keeps facts while another program holds the file, and writes each once when it lets go', async () => {
    const file = join(someFolder(), 'j.db');
    const { journal, log } = await someJournal(file, { clock: hurriedClock });
    const other = openJournalFile({ file });
    onTestFinished(() => other.close());
    other.exec('BEGIN IMMEDIATE');
    for (const fact of answeredCall('1.1', AT_MS)) journal.append(fact);
    const failing = await untilStatus(journal, ({ state }) => state === 'failing');
    expect(failing).toMatchObject({ fault: 'locked by another program', pendingFacts: 9 });
    journal.append(openedCall('1.2', AT_MS));
    await journal.flush();
    other.exec('ROLLBACK');
    await untilStatus(journal, ({ pendingFacts }) => pendingFacts === 0);
    expect(journal.status()).toMatchObject({ state: 'writing', committedFacts: 10, droppedFacts: 0 });
    expect(log.lines.map(({ line }) => line)).toEqual([
      'the journal cannot be written; facts are kept in memory',
      'the journal is written again',
    ]);
    const page = await someReader(file).calls({ limit: 9 });
    expect(page.calls.map(({ uniqueid }) => uniqueid)).toEqual(['1.2', '1.1']);
  });

  it('says that its folder is gone, and writes what came meanwhile when it is back', async () => {
    const folder = join(someFolder(), 'data');
    mkdirSync(folder);
    const file = join(folder, 'j.db');
    const { journal } = await someJournal(file, { clock: hurriedClock });
    journal.append(openedCall('1.1', AT_MS));
    await journal.flush();
    renameSync(folder, `${folder}.away`);
    journal.append(openedCall('1.2', AT_MS));
    const failing = await untilStatus(journal, ({ state }) => state === 'failing');
    expect(failing.fault).toBe('the file or its folder is gone');
    renameSync(`${folder}.away`, folder);
    await untilStatus(journal, ({ pendingFacts }) => pendingFacts === 0);
    expect((await someReader(file).calls({ limit: 9 })).calls).toHaveLength(2);
  });

  it('starts its thread again when that ends, and writes the batch that was under way once', async () => {
    const folder = someFolder();
    const marker = join(folder, 'crash');
    writeFileSync(marker, '');
    const module = new URL('crashing-vault.ts', import.meta.url).href;
    const file = join(folder, 'j.db');
    const { journal, log } = await someJournal(file, {
      clock: hurriedClock,
      vault: { module, options: marker },
    });
    const heard = { type: 'caller-heard', id: 'n', pbx: 'north', uniqueid: '1.1', hotline: 'gas' } as const;
    journal.append(openedCall('1.1', AT_MS));
    journal.append({ ...heard, atMs: AT_MS, number: new CallerNumber('13800138000') });
    const failing = await untilStatus(journal, ({ state }) => state === 'failing');
    expect(failing).toMatchObject({ fault: 'its thread ended', pendingFacts: 2 });
    await untilStatus(journal, ({ pendingFacts }) => pendingFacts === 0);
    expect(journal.status()).toMatchObject({ state: 'writing', committedFacts: 2 });
    expect(JSON.stringify(log.lines)).not.toContain('13800138000');
    const page = await someReader(file).calls({ limit: 9 });
    expect(page.calls.map(({ uniqueid }) => uniqueid)).toEqual(['1.1']);
  });

  it('gives up, beyond its bound, seats’ times first and then the oldest facts, and counts them', async () => {
    const clock = new VirtualClock();
    const file = join(someFolder(), 'j.db');
    const journal = new Journal({
      file,
      definition: someWatch(),
      clock,
      log: new MemoryLog(),
      mostFacts: 100,
    });
    // Told before the file is open, all of it waits.
    for (let i = 0; i < 60; i++) journal.append(openedCall(`1.${i}`, AT_MS + i));
    journal.append(interval({ id: 'north/PJSIP/101/0', fromMs: 0, atMs: 1 }));
    for (let i = 60; i < 100; i++) journal.append(openedCall(`1.${i}`, AT_MS + i));
    expect(journal.status()).toMatchObject({ pendingFacts: 99, droppedFacts: 2 });
    onTestFinished(() => journal.stop());
    await journal.flush();
    const { calls } = await someReader(file).calls({ limit: 500 });
    expect(calls).toHaveLength(99);
    expect(calls.at(-1)?.uniqueid).toBe('1.1');
  });

  it('gives up the one fact that cannot be written, and keeps those around it', async () => {
    const file = join(someFolder(), 'j.db');
    const { journal, log } = await someJournal(file, { clock: hurriedClock });
    journal.append(openedCall('1.1', AT_MS));
    journal.append({ ...openedCall('1.2', AT_MS), reachedAtMs: Number.NaN } as never);
    journal.append(openedCall('1.3', AT_MS));
    await untilStatus(journal, ({ pendingFacts }) => pendingFacts === 0);
    expect(journal.status()).toMatchObject({ state: 'writing', droppedFacts: 1, committedFacts: 2 });
    expect(log.lines.map(({ line }) => line)).toContain('the journal gave up a fact');
    const { calls } = await someReader(file).calls({ limit: 9 });
    expect(calls.map(({ uniqueid }) => uniqueid)).toEqual(['1.3', '1.1']);
  });

  it('hands over at most so many facts in one batch, and the state of an open call never before its facts', async () => {
    const file = join(someFolder(), 'j.db');
    const { journal } = await someJournal(file, { clock: new VirtualClock() });
    for (let i = 0; i < 5000; i++) journal.append(openedCall(`1.${i}`, AT_MS + i));
    journal.keepOpen({ pbx: 'north', uniqueid: '1.4999', state: 'late' });
    journal.keepOpen({ pbx: 'north', uniqueid: '1.4999', state: 'latest' });
    await journal.flush();
    expect(journal.status()).toMatchObject({ pendingFacts: 0, committedFacts: 5000 });
    const { openCalls } = await journal.restore(AT_MS);
    expect(openCalls.filter(({ state }) => state !== null).map(({ state }) => state)).toEqual(['latest']);
  });

  it('records who did what, and says it again', async () => {
    const file = join(someFolder(), 'j.db');
    const { journal } = await someJournal(file, { clock: hurriedClock });
    const entry = { atMs: AT_MS, who: 'ann', what: 'looked at a number', about: 'north/1.1', detail: '' };
    await journal.record(entry);
    expect(await someReader(file).entries(AT_MS, AT_MS + 1)).toEqual([entry]);
  });
});
