import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { unbalancedBooks } from '../../src/rates/books.ts';
import { ReportBuilder } from '../../src/rates/build-report.ts';
import type { KeptRow, Seed } from '../../src/rates/kept-sums.ts';
import { Tally } from '../../src/rates/tally.ts';
import { someHotline, someWatch } from '../support/definitions.ts';
import { closed, interval, opened, scored } from '../support/facts.ts';
import { someCalls, someLink } from '../support/picture.ts';

const NOON_MS = Date.parse('2026-03-03T12:00:00Z');
const DAY = { unit: 'day', fromMs: Date.parse('2026-03-03'), untilMs: Date.parse('2026-03-04') } as const;
const EVER = { unit: 'ever', fromMs: 0, untilMs: Infinity } as const;

const row = (changes: Partial<KeptRow>): KeptRow => ({
  pbx: 'north',
  subject: 'hotline',
  name: 'gas',
  series: 'transfer',
  ...DAY,
  sums: {},
  longestMs: null,
  ...changes,
});

function seeded(
  sums: readonly KeptRow[],
  recentFacts: readonly Fact[] = [],
  more: Partial<Seed> = {},
): Tally {
  const tally = new Tally(someWatch());
  tally.seed({
    sums,
    recentFacts,
    sinceMs: undefined,
    seenUntilMs: new Map(),
    sinceByPbx: new Map(),
    hotlinesSince: [],
    ...more,
  });
  tally.advance(NOON_MS);
  return tally;
}
const transfersOf = (tally: Tally) => tally.hotline('north', 'gas')?.scored.get('transfer');

describe('a tally that goes on after a restart', () => {
  it('has the kept sums of a period in the place of what the recent facts gave, and these in its rolling windows', () => {
    const recent = [scored({ atMs: NOON_MS - 60_000 })];
    const transfers = transfersOf(seeded([row({ sums: { hit: 7, miss: 2 } })], recent));
    expect([transfers?.sum('day', 'hit'), transfers?.sum('day', 'miss')]).toEqual([7, 2]);
    expect(transfers?.sum('5m', 'hit')).toBe(1);
  });

  it('leaves a period alone that has other bounds by now: its shift is not that shift', () => {
    const shift = { unit: 'shift', fromMs: DAY.fromMs + 3_600_000, untilMs: DAY.untilMs } as const;
    const transfers = transfersOf(seeded([row({ ...shift, sums: { hit: 7 } })]));
    expect(transfers?.sum('shift', 'hit')).toBe(0);
  });

  it('adds what goes on', () => {
    const tally = seeded([row({ sums: { hit: 7 } })]);
    tally.apply(scored({ atMs: NOON_MS }));
    tally.advance(NOON_MS);
    expect(transfersOf(tally)?.sum('day', 'hit')).toBe(8);
  });

  it('keeps the longest wait of a period, and not that of another', () => {
    const figures = row({ series: 'figures', sums: { asked: 3 }, longestMs: 95_000 });
    const tally = seeded([figures]);
    const series = tally.hotline('north', 'gas')?.figures;
    expect([series?.longestMs('day'), series?.longestMs('month')]).toEqual([95_000, undefined]);
  });

  it('has the time of seats that were over before its recent facts, and the rest once', () => {
    const idle = interval({ state: 'idle', fromMs: NOON_MS - 7_200_000, atMs: NOON_MS - 3_600_000 });
    const kept = row({ series: 'seat-time', sums: { busyMs: 1_800_000, observedMs: 7_200_000 } });
    const tally = seeded([kept], [idle]);
    const time = tally.hotline('north', 'gas')?.seatTime;
    expect(time?.over('day')).toEqual({ busyMs: 1_800_000, observedMs: 7_200_000 });
    expect(time?.over('2h')).toEqual({ busyMs: 0, observedMs: 3_600_000 });
    tally.apply(interval({ state: 'talking', fromMs: NOON_MS - 3_600_000, atMs: NOON_MS }));
    expect(time?.over('day')).toEqual({ busyMs: 5_400_000, observedMs: 10_800_000 });
  });

  it('closes its books with the calls that are open: opened = closed + open, test callers too', () => {
    const tally = seeded([
      row({
        ...EVER,
        series: 'volume',
        sums: { 'reached-open': 5, 'reached-closed': 2, takenUp: 1, test: 3, testClosed: 2 },
      }),
      row({ ...EVER, series: 'outcomes-open', sums: { answered: 3, abandoned: 1 } }),
      row({ ...EVER, series: 'outcomes-closed', sums: { voicemail: 2 } }),
      row({ ...EVER, subject: 'queue', name: 'support', series: 'volume', sums: { joined: 4, takenUp: 1 } }),
      row({
        ...EVER,
        subject: 'queue',
        name: 'support',
        series: 'left',
        sums: { answered: 3, 'hang-up': 1 },
      }),
    ]);
    const callers = [{ uniqueid: '1.1', sinceMs: NOON_MS }];
    const open = (calls: number) =>
      someCalls({ hotlines: { gas: { calls } }, callers: { support: callers } });
    expect([unbalancedBooks(tally, open(3)), unbalancedBooks(tally, open(2))]).toEqual([0, 1]);
    tally.apply(opened({ atMs: NOON_MS }));
    tally.apply(closed({ closedAtMs: NOON_MS }));
    expect(unbalancedBooks(tally, open(3))).toBe(0);
  });

  it('knows an exchange since the journal does, where it was ever seen', () => {
    const sinceMs = NOON_MS - 40 * 86_400_000;
    const verdicts = (
      seenUntilMs: ReadonlyMap<string, number>,
      sinceByPbx: ReadonlyMap<string, number> = new Map(),
    ) => {
      const tally = seeded([row({ sums: { hit: 50 } })], [], { sinceMs, seenUntilMs, sinceByPbx });
      const links = [someLink({ sinceMs: NOON_MS - 1000 })];
      const builder = new ReportBuilder(tally, NOON_MS - 2000);
      const report = builder.build({ nowMs: NOON_MS, calls: [], seats: [], links });
      const rates = report.hotlines[0]?.targets.find(({ target }) => target === 'transfer')?.rates;
      return rates?.find(({ window }) => window === 'day')?.verdict;
    };
    const seen = new Map([['north', NOON_MS - 5000]]);
    expect([verdicts(seen), verdicts(new Map())]).toEqual(['meeting', 'since']);
    // One that was added an hour ago is not known for the whole day.
    expect(verdicts(seen, new Map([['north', NOON_MS - 3_600_000]]))).toBe('since');
  });

  it('gives a hotline and a queue that a reload brings what was kept of them', () => {
    const tally = seeded([
      row({ name: 'water', sums: { hit: 7 } }),
      row({ ...EVER, name: 'water', series: 'volume', sums: { 'reached-open': 9 } }),
      row({ ...EVER, subject: 'queue', name: 'pipes', series: 'volume', sums: { joined: 4 } }),
    ]);
    const water = someHotline({ name: 'water', queues: ['pipes'] });
    const both = someWatch({ hotlines: [someHotline(), water] });
    tally.redefine(both, NOON_MS);
    tally.apply(opened({ hotline: 'water', atMs: NOON_MS }));
    tally.redefine(someWatch(), NOON_MS);
    tally.redefine(both, NOON_MS);
    tally.advance(NOON_MS);
    const hits = tally.hotline('north', 'water')?.scored.get('transfer')?.sum('day', 'hit');
    expect([tally.hotline('north', 'water')?.reached, hits]).toEqual([10, 7]);
    expect(tally.queue('north', 'pipes')?.joined).toBe(4);
    expect(tally.hotline('north', 'water')?.countsSinceMs).toBe(NOON_MS);
  });

  it('knows a hotline no longer than it is watched, however long its exchange is', () => {
    const tally = seeded([row({ sums: { hit: 50 } })], [], {
      sinceMs: NOON_MS - 40 * 86_400_000,
      seenUntilMs: new Map([['north', NOON_MS - 5000]]),
      hotlinesSince: [
        { pbx: 'north', name: 'gas', sinceMs: NOON_MS - 3_600_000 },
        { pbx: 'north', name: 'gone', sinceMs: NOON_MS },
      ],
    });
    const links = [someLink({ sinceMs: NOON_MS - 1000 })];
    const report = new ReportBuilder(tally, NOON_MS - 2000).build({
      nowMs: NOON_MS,
      calls: [],
      seats: [],
      links,
    });
    const rates = report.hotlines[0]?.targets.find(({ target }) => target === 'transfer')?.rates;
    const judged = (of: string) => {
      const rate = rates?.find(({ window }) => window === of);
      return [rate?.verdict, rate?.sinceMs];
    };
    expect([judged('day'), judged('2h')]).toEqual([
      ['since', NOON_MS - 3_600_000],
      ['since', NOON_MS - 3_600_000],
    ]);
    expect(judged('1h')).toEqual(['no-data', null]);
  });
});
