import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { BlindTime, Breach, Fact, Scored, SeatInterval } from '../../src/calls/facts.ts';
import type { FactSource } from '../../src/store/ports.ts';
import { someFolder, someJournal, someReader } from './journals.ts';
import { closedCall, openedCall } from './stories.ts';

const AT_MS = 1_780_000_000_000;

async function journalWith(told: readonly (readonly [Fact, FactSource])[]) {
  const file = join(someFolder(), 'j.db');
  const { journal } = await someJournal(file);
  for (const [fact, source] of told) journal.append(fact, source);
  await journal.flush();
  return { journal, reader: someReader(file) };
}

const seen = (facts: readonly Fact[]) => facts.map((fact) => [fact, 'seen'] as const);

function scoredCall(uniqueid: string, reachedAtMs: number, changes: Partial<Scored>): Scored {
  const target = changes.target ?? 'transfer';
  return {
    type: 'scored',
    id: `north/${uniqueid}/scored/${target}`,
    pbx: 'north',
    uniqueid,
    hotline: 'gas',
    atMs: reachedAtMs + 1000,
    target,
    result: 'hit',
    reachedAtMs,
    waitMs: undefined,
    ...changes,
  };
}

it('calls that breached are listed in the order they came, once for each breach', async () => {
  const breach = (uniqueid: string, reachedAtMs: number, what: Breach): Fact => ({
    type: 'breach',
    id: `north/${uniqueid}/breach/${what}`,
    pbx: 'north',
    uniqueid,
    hotline: 'gas',
    atMs: reachedAtMs + 30_000,
    breach: what,
    reachedAtMs,
  });
  const told = [3, 2, 1, 0].flatMap((i): Fact[] => {
    const [uniqueid, atMs] = [`1.${i}`, AT_MS + i * 1000];
    const closed = closedCall(uniqueid, atMs, { outcome: 'unanswered' });
    const breaches =
      i === 1 ? (['emergency-not-answered', 'unanswered'] as const) : (['unanswered'] as const);
    return [
      openedCall(uniqueid, atMs),
      closed,
      ...(i === 2 ? [] : breaches.map((what) => breach(uniqueid, atMs, what))),
    ];
  });
  const { reader } = await journalWith(seen(told));
  const listed = await reader.breachedCalls(AT_MS, AT_MS + 3000);
  expect(listed.map(({ call, breach: what }) => [call.uniqueid, what])).toEqual([
    ['1.0', 'unanswered'],
    ['1.1', 'unanswered'],
    ['1.1', 'emergency-not-answered'],
  ]);
  expect(listed[0]?.call).toEqual((await reader.call('north', '1.0'))?.row);
});

it('what was not seen is counted by hotline and by how it became known, as far as it was not', async () => {
  const call = (uniqueid: string, source: FactSource, outcome: 'answered' | 'unknown' = 'answered') => [
    [openedCall(uniqueid, AT_MS), source] as const,
    [closedCall(uniqueid, AT_MS, { outcome }), source] as const,
  ];
  const { journal, reader } = await journalWith([
    // Seen, but for the end; then the log tells the end.
    ...call('1.1', 'seen', 'unknown'),
    [scoredCall('1.1', AT_MS, { target: 'auto' }), 'seen'],
    [scoredCall('1.1', AT_MS, { result: 'unknown' }), 'seen'],
    ...call('1.2', 'backfilled'),
    [scoredCall('1.2', AT_MS, { result: 'miss' }), 'backfilled'],
    ...call('1.3', 'imported'),
    [scoredCall('1.3', AT_MS, { result: 'set_aside' }), 'imported'],
    ...call('1.4', 'imported'),
    ...call('1.5', 'seen'),
    [scoredCall('1.5', AT_MS, {}), 'seen'],
  ]);
  const imported = {
    pbx: 'north',
    hotline: 'gas',
    certainty: 'imported',
    calls: 2,
    scored: [{ target: 'transfer', hits: 0, misses: 0, setAside: 1 }],
  };
  const backfilled = { pbx: 'north', hotline: 'gas', certainty: 'backfilled' };
  expect(await reader.backfills(AT_MS, AT_MS + 1)).toEqual([
    { ...backfilled, calls: 1, scored: [{ target: 'transfer', hits: 0, misses: 1, setAside: 0 }] },
    imported,
  ]);
  journal.append(closedCall('1.1', AT_MS, { outcome: 'answered' }), 'backfilled');
  journal.append(scoredCall('1.1', AT_MS, { result: 'hit' }), 'backfilled');
  await journal.flush();
  expect(await reader.backfills(AT_MS, AT_MS + 1)).toEqual([
    { ...backfilled, calls: 2, scored: [{ target: 'transfer', hits: 1, misses: 1, setAside: 0 }] },
    imported,
  ]);
  expect(await reader.backfills(AT_MS + 1, Infinity)).toEqual([]);
});

it('intervals of every seat are those that overlap, however long ago one began', async () => {
  const interval = (seat: string, fromMs: number, untilMs: number): SeatInterval => ({
    type: 'seat-interval',
    id: `north/${seat}/${fromMs}`,
    pbx: 'north',
    atMs: untilMs,
    seat,
    agent: '',
    state: 'idle',
    busyWith: undefined,
    reason: '',
    fromMs,
    queues: ['support'],
    pausedIn: [],
  });
  const long = interval('PJSIP/1', 0, AT_MS + 5);
  const own = [interval('PJSIP/2', AT_MS - 20, AT_MS), interval('PJSIP/2', AT_MS, AT_MS + 10)];
  const later = [interval('PJSIP/1', AT_MS + 5, AT_MS + 10), interval('PJSIP/3', AT_MS + 10, AT_MS + 20)];
  const { reader } = await journalWith(seen([long, ...own, ...later]));
  expect(await reader.seatIntervals(AT_MS, AT_MS + 10)).toEqual([long, later[0], own[1]]);
  expect(await reader.seatIntervals(AT_MS + 20, Infinity)).toEqual([]);
});

it('blind times are those that overlap', async () => {
  const blind = (fromMs: number, untilMs: number): BlindTime => ({
    type: 'blind',
    id: `north/blind/${fromMs}`,
    pbx: 'north',
    atMs: untilMs,
    fromMs,
    untilMs,
    openCalls: 0,
    endedUnknown: 0,
    takenUp: 0,
    rebooted: false,
    missedCalls: undefined,
  });
  const told = [blind(AT_MS, AT_MS + 10), blind(AT_MS + 20, AT_MS + 40), blind(AT_MS + 50, AT_MS + 60)];
  const { reader } = await journalWith(seen(told));
  expect(await reader.blindTimesIn(AT_MS + 10, AT_MS + 50)).toEqual([told[1]]);
  expect(await reader.blindTimesIn(AT_MS + 30, AT_MS + 31)).toEqual([told[1]]);
});

it('sums may be asked for some series alone', async () => {
  const { reader } = await journalWith(
    seen([openedCall('1.1', AT_MS), closedCall('1.1', AT_MS, { outcome: 'answered' })]),
  );
  const ask = { unit: 'day', fromMs: 0, untilMs: Infinity } as const;
  const all = await reader.sums(ask);
  const some = await reader.sums({ ...ask, series: ['volume', 'none'] });
  expect(some).toEqual(all.filter(({ series }) => series === 'volume'));
  expect(some.length).toBeGreaterThan(0);
  expect(all.length).toBeGreaterThan(some.length);
  expect(await reader.sums({ ...ask, series: [] })).toEqual([]);
});
