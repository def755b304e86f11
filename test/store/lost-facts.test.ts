import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Backlog } from '../../src/store/backlog.ts';
import { LossBook, lostFactsOf } from '../../src/store/lost-facts.ts';
import { interval } from '../support/facts.ts';
import { batchOf, openKept } from './sealed-callers.ts';
import { hurriedClock, someFolder, someJournal, someReader, untilStatus } from './journals.ts';
import { openedCall } from './stories.ts';

const T = Date.UTC(2026, 10, 22, 7);
const sat = (fromMs: number) =>
  interval({ id: `north/PJSIP/101/${fromMs}`, fromMs: T + fromMs, atMs: T + fromMs + 1 });

describe('facts that were seen and could not be kept', () => {
  it('are told by exchange: how many, from when until when, and how many were of seats', () => {
    const losses = new LossBook();
    expect(losses.isEmpty).toBe(true);
    losses.note(openedCall('1.1', T + 500));
    losses.note(sat(-9));
    losses.note({ ...openedCall('1.2', T + 100), pbx: 'south' });
    const entries = losses.take();
    expect(losses.isEmpty).toBe(true);
    expect(entries.map(({ who, atMs }) => [who, atMs])).toEqual([
      ['ringside', T + 500],
      ['ringside', T + 100],
    ]);
    expect(entries.map(lostFactsOf)).toEqual([
      { pbx: 'north', fromMs: T - 8, untilMs: T + 500, facts: 2, seatTimes: 1 },
      { pbx: 'south', fromMs: T + 100, untilMs: T + 100, facts: 1, seatTimes: 0 },
    ]);
  });

  it('are no other entry of the audit, and no instant is too odd for them', () => {
    const entry = { atMs: T, who: 'ringside', what: 'facts given up', about: 'north', detail: 'nonsense' };
    expect(lostFactsOf(entry)).toBeUndefined();
    const losses = new LossBook();
    for (const atMs of [Number.NaN, Infinity, -1e300]) losses.note(openedCall('1.1', atMs));
    expect(losses.take().map(lostFactsOf)).toMatchObject([{ facts: 3 }]);
  });

  it('are written down with the first batch after them, once', () => {
    const backlog = new Backlog(100);
    for (let n = 0; n < 100; n++) backlog.append(openedCall(`1.${n}`, T + n), 'seen');
    expect(backlog.take(1).audits).toEqual([]);
    for (let n = 100; n < 103; n++) backlog.append(openedCall(`1.${n}`, T + n), 'seen');
    const load = backlog.take(1000);
    expect(backlog.dropped).toBeGreaterThan(0);
    expect(load.facts.length + backlog.dropped).toBe(102);
    expect(load.audits.map(lostFactsOf)).toEqual([
      { pbx: 'north', fromMs: T + 1, untilMs: T + backlog.dropped, facts: backlog.dropped, seatTimes: 0 },
    ]);
    expect(backlog.isEmpty).toBe(true);
  });

  it('a fact that cannot be written whatever was tried is told of, with who did what meanwhile', () => {
    const backlog = new Backlog(100);
    const entry = { atMs: T, who: 'ann', what: 'looked', about: 'call-back 1', detail: '' };
    void backlog.record(entry);
    backlog.append(openedCall('1.1', T), 'seen');
    backlog.giveUp(backlog.take(9));
    expect(backlog.isEmpty).toBe(false);
    const { audits } = backlog.take(9);
    expect(audits[0]).toEqual(entry);
    expect(audits.map(lostFactsOf)).toMatchObject([undefined, { facts: 1 }]);
  });

  it('are found by the report of each period that they lie in', async () => {
    const file = join(someFolder(), 'journal.db');
    const { journal } = openKept(file, undefined);
    const losses = new LossBook();
    losses.note(openedCall('1.1', T));
    losses.note(openedCall('1.2', T + 1000));
    const other = { atMs: T, who: 'ann', what: 'looked', about: 'call-back 1', detail: '' };
    journal.write(batchOf([], { audits: [other, ...losses.take()] }));
    const reader = someReader(file);
    const told = { pbx: 'north', fromMs: T, untilMs: T + 1000, facts: 2, seatTimes: 0 };
    expect(await reader.lostFacts(T - 1, T)).toEqual([]);
    expect(await reader.lostFacts(T, T + 1)).toEqual([told]);
    expect(await reader.lostFacts(T + 1000, T + 2000)).toEqual([told]);
    expect(await reader.lostFacts(T + 1001, T + 2000)).toEqual([]);
  });

  it('that the journal gave up beyond its bound, or because nothing could write them, are told when it writes', async () => {
    const file = join(someFolder(), 'journal.db');
    const { journal } = await someJournal(file, { clock: hurriedClock, mostFacts: 100 });
    // Told in one go: none of it is on its way before the last.
    journal.append(sat(-9), 'seen');
    for (let n = 0; n < 101; n++) journal.append(openedCall(`1.${n}`, T + n));
    const { droppedFacts } = journal.status();
    expect(droppedFacts).toBe(2);
    await journal.flush();
    journal.append({ ...openedCall('2.1', T + 5000), reachedAtMs: Number.NaN } as never);
    await untilStatus(journal, ({ droppedFacts: dropped }) => dropped === 3);
    await journal.flush();
    expect(await someReader(file).lostFacts(T - 1000, T + 10_000)).toEqual([
      { pbx: 'north', fromMs: T - 8, untilMs: T, facts: 2, seatTimes: 1 },
      { pbx: 'north', fromMs: T + 5000, untilMs: T + 5000, facts: 1, seatTimes: 0 },
    ]);
  });
});
