import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { BlindTime, Fact } from '../../src/calls/facts.ts';
import { periodOf } from '../../src/hotlines/hours.ts';
import { JournalFile } from '../../src/store/sqlite-journal.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { usualDaysIn } from '../../src/store/sqlite-usual-days.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import { toWire } from '../../src/store/wire.ts';
import { someHotline, someHours, someWatch } from '../support/definitions.ts';
import { opened, scored } from '../support/facts.ts';
import { someFolder, someReader } from './journals.ts';

const DAY_MS = 86_400_000;
const hours = someHours({ zone: 'Europe/Berlin' });
const definition = someWatch({ hotlines: [someHotline({ hours })] });
/** Tuesday noon in Berlin. */
const NOW_MS = Date.parse('2026-10-27T11:00:00Z');
const weeksAgo = (weeks: number): number => NOW_MS - weeks * 7 * DAY_MS;

let calls = 0;
/** So many calls reached the hotline at that instant: all picked up, `hits` of them answered. */
function callsAt(atMs: number, hits: number, misses: number): readonly Fact[] {
  return Array.from({ length: hits + misses }, (_, index) => {
    const uniqueid = `1.${++calls}`;
    const of = { uniqueid, atMs, reachedAtMs: atMs };
    const score = (target: 'auto' | 'transfer', result: 'hit' | 'miss') =>
      scored({ ...of, id: `north/${uniqueid}/scored/${target}`, target, result });
    return [
      opened({ ...of, id: `north/${uniqueid}/opened` }),
      score('auto', 'hit'),
      score('transfer', index < hits ? 'hit' : 'miss'),
    ];
  }).flat();
}

/** A journal that began so many weeks ago and saw the exchange until now. */
function journalOf(weeks: number, facts: readonly Fact[]) {
  const file = join(someFolder(), 'journal.db');
  const database = openJournalFile({ file });
  onTestFinished(() => database.close());
  const openedAtMs = weeksAgo(weeks) - DAY_MS;
  const sharesFor = () => new SumShares(definition);
  const journal = new JournalFile(database, { definition, openedAtMs, sharesFor, vault: undefined });
  const write = (told: readonly Fact[], atMs: number): void =>
    void journal.write({
      facts: told.map((fact) => toWire({ fact, source: 'seen' })),
      openCalls: [],
      seen: new Map([['north', atMs]]),
      audits: [],
      atMs,
    });
  write([], openedAtMs);
  write(facts, NOW_MS);
  return { file, database };
}

const ASK = {
  nowMs: NOW_MS,
  hotlines: [{ pbx: 'north', name: 'gas', hours, targets: ['auto', 'transfer'] as const }],
};
const row = (target: 'auto' | 'transfer', mean: number) => ({
  pbx: 'north',
  hotline: 'gas',
  target,
  calls: mean,
  untilMs: Date.parse('2026-10-27T23:00:00Z'),
});
/** Ten calls on the first Tuesday back, eleven on the one before … */
const weeksOf = (count: number, but: readonly number[] = []): readonly Fact[] =>
  Array.from({ length: count }, (_, index) =>
    but.includes(index + 1) ? [] : callsAt(weeksAgo(index + 1), 9 + index, 1),
  ).flat();

it('a usual day is the mean of the last eight of its weekday', async () => {
  const wednesdays = callsAt(weeksAgo(1) + DAY_MS, 500, 0);
  const today = callsAt(NOW_MS - 1000, 300, 0);
  const { file, database } = journalOf(10, [...weeksOf(10), ...wednesdays, ...today]);
  const expected = [row('auto', 13.5), row('transfer', 13.5)];
  expect(usualDaysIn(database, ASK)).toEqual(expected);
  expect(await someReader(file).usualDays(ASK)).toEqual(expected);
});

it('nothing is usual after seven days', () => {
  expect(usualDaysIn(journalOf(7, weeksOf(7)).database, ASK)).toEqual([]);
});

it('days in which calls became unknown, and days of which nothing is kept, are not among them', () => {
  const blind: BlindTime = {
    type: 'blind',
    id: 'north/blind/1',
    pbx: 'north',
    atMs: weeksAgo(2) + 60_000,
    fromMs: weeksAgo(2),
    untilMs: weeksAgo(2) + 60_000,
    openCalls: 3,
    endedUnknown: 1,
    takenUp: 2,
    rebooted: false,
    missedCalls: 0,
  };
  const { database } = journalOf(10, [...weeksOf(10, [4]), blind]);
  // 10, 12, 14, 15, 16, 17, 18, 19
  expect(usualDaysIn(database, ASK)).toEqual([row('auto', 15.125), row('transfer', 15.125)]);
});

it('a day of which nothing but what was once told is left is not among them', () => {
  const { database } = journalOf(10, weeksOf(10, [1]));
  const [usual] = usualDaysIn(database, ASK);
  const { fromMs, untilMs } = periodOf(hours, 'day', weeksAgo(1));
  database
    .prepare(
      `INSERT INTO sums VALUES ('day', ?, 'north', 'hotline', 'gas', 'told-auto', ?, '{"hit":1}', NULL)`,
    )
    .run(fromMs, untilMs);
  // 11 to 18
  expect(usual).toEqual(row('auto', 14.5));
  expect(usualDaysIn(database, ASK)[0]).toEqual(usual);
});
