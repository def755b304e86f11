import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BlindTime } from '../../src/calls/facts.ts';
import type { CallFilter } from '../../src/store/ports.ts';
import { someFolder, someJournal, someReader } from './journals.ts';
import { answeredCall, closedCall, openedCall } from './stories.ts';

const AT_MS = 1_780_000_000_000;

/** 20 calls a second apart, every second one answered by Ann, the others abandoned; two at one instant. */
async function someCalls() {
  const file = join(someFolder(), 'j.db');
  const { journal } = await someJournal(file);
  for (let i = 0; i < 20; i++) {
    const reachedAtMs = AT_MS + Math.min(i, 18) * 1000;
    const told =
      i % 2 === 0
        ? answeredCall(`1.${i}`, reachedAtMs)
        : [openedCall(`1.${i}`, reachedAtMs), closedCall(`1.${i}`, reachedAtMs, { outcome: 'abandoned' })];
    for (const fact of told) journal.append(fact);
  }
  await journal.flush();
  return { journal, reader: someReader(file) };
}

describe('pages of calls', () => {
  it('one after the other hold each call once, the newest first', async () => {
    const { reader } = await someCalls();
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await reader.calls({ limit: 3, ...(after !== undefined && { after }) });
      seen.push(...page.calls.map(({ uniqueid }) => uniqueid));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => `1.${19 - i}`));
  });

  it('go on where they were though calls came in between', async () => {
    const { journal, reader } = await someCalls();
    const first = await reader.calls({ limit: 10 });
    journal.append(openedCall('2.1', AT_MS + 60_000));
    await journal.flush();
    const second = await reader.calls({ limit: 10, after: first.next ?? '' });
    expect(second.calls[0]?.uniqueid).toBe('1.9');
    expect(second.next).toBeNull();
  });

  it.each<[string, Partial<CallFilter>, number]>([
    ['a hotline', { hotline: 'gas' }, 20],
    ['another hotline', { hotline: 'water' }, 0],
    ['an exchange', { pbx: 'north' }, 20],
    ['an outcome', { outcome: 'abandoned' }, 10],
    ['an outcome of a hotline', { hotline: 'gas', outcome: 'answered' }, 10],
    ['an agent', { agent: 'Ann Other' }, 10],
    ['nobody', { agent: '' }, 10],
    ['an agent with an outcome', { agent: 'Ann Other', outcome: 'abandoned' }, 0],
    ['a time', { fromMs: AT_MS + 5_000, untilMs: AT_MS + 8_000 }, 3],
    ['a hotline and a time', { hotline: 'gas', fromMs: AT_MS + 18_000 }, 2],
    ['a page that never was', { after: 'no page' }, 0],
  ])('by %s', async (_what, filter, calls) => {
    const { reader } = await someCalls();
    expect((await reader.calls({ limit: 500, ...filter })).calls).toHaveLength(calls);
  });
});

describe('the reader', () => {
  it('tells a call with its facts, and that there is none', async () => {
    const { reader } = await someCalls();
    expect((await reader.call('north', '1.4'))?.facts).toHaveLength(9);
    expect(await reader.call('north', '9.9')).toBeUndefined();
  });

  it('tells the sums of the periods that begin in a time', async () => {
    const { reader } = await someCalls();
    const sums = await reader.sums({ unit: 'month', fromMs: 0, untilMs: Infinity });
    expect(
      sums.find(({ series, subject }) => series === 'outcomes-open' && subject === 'hotline')?.sums,
    ).toEqual({
      answered: 10,
      abandoned: 10,
    });
    expect(await reader.sums({ unit: 'month', fromMs: 0, untilMs: 5 })).toEqual([]);
  });

  it('says that there is no journal', async () => {
    const reader = someReader(join(someFolder(), 'none.db'));
    await expect(reader.calls({ limit: 1 })).rejects.toThrow(
      'the journal cannot be read: the file cannot be opened',
    );
  });
});

it('tells of blind times by when they ended', async () => {
  const file = join(someFolder(), 'j.db');
  const { journal } = await someJournal(file);
  const blind = (fromMs: number, untilMs: number): BlindTime => ({
    type: 'blind',
    id: `north/blind/${fromMs}`,
    pbx: 'north',
    atMs: untilMs,
    fromMs,
    untilMs,
    openCalls: 3,
    endedUnknown: 2,
    takenUp: 1,
    rebooted: false,
    missedCalls: undefined,
  });
  const told = [blind(AT_MS, AT_MS + 10), blind(AT_MS + 20, AT_MS + 30), blind(AT_MS + 40, AT_MS + 50)];
  for (const fact of told) journal.append(fact);
  await journal.flush();
  expect(await someReader(file).blindTimes(AT_MS + 10, AT_MS + 30)).toEqual([told[1]]);
});
