import { describe, expect, it } from 'vitest';
import type { Fact, StageEnd } from '../../src/calls/facts.ts';
import { unbalancedBooks } from '../../src/rates/books.ts';
import { Tally } from '../../src/rates/tally.ts';
import { someHotline, someWatch } from '../support/definitions.ts';
import { closed, ended, entered, interval, opened, scored, talked, transferredIn } from '../support/facts.ts';
import { someCalls, someSeat } from '../support/picture.ts';

const NOON_MS = Date.parse('2026-03-03T12:00:00Z');
const MINUTE_MS = 60_000;

function tallied(facts: readonly Fact[], nowMs = NOON_MS, watch = someWatch()): Tally {
  const tally = new Tally(watch);
  for (const fact of facts) tally.apply(fact);
  tally.advance(nowMs);
  return tally;
}
const gas = (tally: Tally) => {
  const hotline = tally.hotline('north', 'gas');
  if (hotline === undefined) throw new Error('the hotline of the test is configured');
  return hotline;
};
const support = (tally: Tally) => {
  const queue = tally.queue('north', 'support');
  if (queue === undefined) throw new Error('the queue of the test is configured');
  return queue;
};

describe('calls of a hotline', () => {
  it('are counted by how they came and what became of them, test callers apart', () => {
    const tally = tallied([
      opened({}),
      opened({}),
      opened({ takenUp: true }),
      opened({ test: true }),
      transferredIn(NOON_MS),
      closed({ outcome: 'answered', lostAfterAnswer: true, closedAtMs: NOON_MS }),
      closed({ outcome: 'abandoned', closedAtMs: NOON_MS }),
      closed({ outcome: 'answered', test: true, closedAtMs: NOON_MS }),
    ]);
    const { reached, takenUp, testCalls, transferredIn: passedOn, lostAfterAnswer, outcomes } = gas(tally);
    expect({ reached, takenUp, testCalls, passedOn, lostAfterAnswer }).toEqual({
      reached: 2,
      takenUp: 1,
      testCalls: 1,
      passedOn: 1,
      lostAfterAnswer: 1,
    });
    expect(outcomes).toMatchObject({ answered: 1, abandoned: 1, blocked: 0 });
  });

  it('of a hotline that is not watched are left alone', () => {
    const tally = tallied([opened({ hotline: 'fax' }), scored({ hotline: 'fax', atMs: NOON_MS })]);
    expect(gas(tally).reached).toBe(0);
    expect(tally.hotline('north', 'fax')).toBeUndefined();
  });
});

describe('scored calls', () => {
  it('enter rolling windows by the scoring instant and the day by the instant of reaching', () => {
    const reachedAtMs = Date.parse('2026-03-02T23:59:00Z');
    const atMs = Date.parse('2026-03-03T00:01:00Z');
    const tally = tallied([scored({ reachedAtMs, atMs })], atMs);
    const series = gas(tally).scored.get('transfer');
    expect([series?.sum('5m', 'hit'), series?.sum('day', 'hit'), series?.sum('month', 'hit')]).toEqual([
      1, 0, 1,
    ]);
  });

  it('leave a window at its exact end', () => {
    const atMs = NOON_MS - 5 * MINUTE_MS;
    const tally = tallied([scored({ atMs, result: 'miss' })], NOON_MS - 1);
    const series = gas(tally).scored.get('transfer');
    expect(series?.sum('5m', 'miss')).toBe(1);
    tally.advance(NOON_MS);
    expect([series?.sum('5m', 'miss'), series?.sum('10m', 'miss')]).toEqual([0, 1]);
  });
});

describe("the field's figures of a hotline", () => {
  const people = [
    scored({ atMs: NOON_MS, waitMs: 10_000 }),
    scored({ atMs: NOON_MS, waitMs: 20_000 }),
    scored({ atMs: NOON_MS, waitMs: 45_000.4 }),
    scored({ atMs: NOON_MS, result: 'miss' }),
    scored({ atMs: NOON_MS, result: 'set_aside' }),
    scored({ atMs: NOON_MS, result: 'unknown' }),
  ];

  it('are made of the calls that asked for a person, unknown ones in none of them', () => {
    const { figures } = gas(tallied([...people, scored({ target: 'auto', atMs: NOON_MS })]));
    const sums = (['asked', 'answered', 'timed', 'within', 'waitMs', 'setAside'] as const).map((column) =>
      figures.sum('5m', column),
    );
    expect(sums).toEqual([5, 3, 3, 2, 75_000, 1]);
    expect(figures.longestMs('day')).toBe(45_000);
  });

  it('take the direct rate on a hotline of people, with its own service level', () => {
    const watch = someWatch({ hotlines: [someHotline({ kind: 'people', serviceLevelS: 5 })] });
    const facts = [scored({ target: 'direct', atMs: NOON_MS, waitMs: 5_000 }), ...people];
    const { figures } = gas(tallied(facts, NOON_MS, watch));
    expect([figures.sum('5m', 'asked'), figures.sum('5m', 'within')]).toEqual([1, 1]);
  });

  it('count who abandoned, short ones apart while they are set aside', () => {
    const asked = { askedAtMs: NOON_MS, closedAtMs: NOON_MS, outcome: 'abandoned' } as const;
    const facts = [
      closed(asked),
      closed({ ...asked, short: true }),
      closed({ ...asked, askedAtMs: undefined }),
      closed({ ...asked, test: true }),
      closed({ ...asked, hours: 'closed' }),
      closed({ ...asked, outcome: 'voicemail' }),
    ];
    const abandoned = (setAsideShort: boolean) => {
      const watch = someWatch({ hotlines: [someHotline({ setAsideShort })] });
      const { figures } = gas(tallied(facts, NOON_MS, watch));
      return [figures.sum('5m', 'abandoned'), figures.sum('5m', 'short')];
    };
    expect(abandoned(true)).toEqual([1, 1]);
    expect(abandoned(false)).toEqual([2, 1]);
  });

  it('measure the wait of who was never answered until the last try was over, not the voicemail after it', () => {
    const askedAtMs = NOON_MS - 90_000;
    const stages = [{ queue: 'support', startedAtMs: askedAtMs, waitMs: 30_000, end: 'timeout' as const }];
    const call = { outcome: 'voicemail', askedAtMs, stages, closedAtMs: NOON_MS } as const;
    expect(gas(tallied([closed(call)])).figures.longestMs('day')).toBe(30_000);
  });

  it('add the wrap-up of a talk to its handle time, and no other time of a seat', () => {
    const wrapsUp = { hotline: 'gas', queue: 'support' };
    const facts = [
      interval({ atMs: NOON_MS - 9, fromMs: NOON_MS - 5_009 }),
      talked({ atMs: NOON_MS - 8, talkMs: 60_000 }),
      interval({ atMs: NOON_MS, fromMs: NOON_MS - 15_000, wrapsUp }),
      interval({ atMs: NOON_MS, fromMs: NOON_MS - 99_000, state: 'idle' }),
      interval({ atMs: NOON_MS, fromMs: NOON_MS - 15_000, seat: 'PJSIP/102' }),
    ];
    const tally = tallied(facts);
    for (const { figures } of [gas(tally), support(tally)]) {
      expect([figures.sum('1h', 'talks'), figures.sum('1h', 'handleMs')]).toEqual([1, 75_000]);
    }
  });
});

describe('a queue', () => {
  const came: readonly (readonly [StageEnd, boolean])[] = [
    ['answered', false],
    ['timeout', false],
    ['hang-up', true],
    ['hang-up', false],
    ['full', false],
    ['unknown', false],
  ];
  const facts = came.flatMap(([end, short]) => {
    const refused = end === 'full';
    return [
      entered({ atMs: NOON_MS, refused }),
      ended({ atMs: NOON_MS, end, short, refused, waitMs: refused ? 0 : 7_000 }),
    ];
  });

  it('closes: who came in is in line, or left somehow', () => {
    const tally = tallied([...facts, entered({ atMs: NOON_MS }), entered({ atMs: NOON_MS, takenUp: true })]);
    const { joined, refused, takenUp, left, unsettled } = support(tally);
    expect({ joined, refused, takenUp, unsettled }).toEqual({
      joined: 6,
      refused: 1,
      takenUp: 1,
      unsettled: 2,
    });
    expect(left).toMatchObject({
      answered: 1,
      timeout: 1,
      'hang-up': 2,
      full: 1,
      unknown: 1,
    });
  });

  it('has answered 1 of (joined + refused - short), overflow being a miss and the unknown in neither', () => {
    const { figures } = support(tallied(facts));
    const sums = (['answered', 'asked', 'setAside', 'abandoned', 'short'] as const).map((column) =>
      figures.sum('5m', column),
    );
    expect(sums).toEqual([1, 5, 1, 1, 1]);
    expect(figures.longestMs('5m')).toBe(7_000);
  });

  it('that is not watched is left alone', () => {
    expect(tallied([entered({ queue: 'other' })]).queue('north', 'other')).toBeUndefined();
  });
});

describe('the exchange', () => {
  it('adds up what no hotline answers for, and the time it was not seen', () => {
    const base = { id: 'x', pbx: 'north', atMs: NOON_MS };
    const blind = { openCalls: 0, endedUnknown: 0, takenUp: 0, rebooted: false, missedCalls: undefined };
    const tally = tallied([
      { ...base, type: 'unattributed', trunk: 'PJSIP/carrier' },
      { ...base, ...blind, type: 'blind', fromMs: NOON_MS - 5_000, untilMs: NOON_MS },
    ]);
    expect(tally.pbx('north')).toMatchObject({ unattributed: 1, blindMs: 5_000 });
  });

  it('tells when books do not close', () => {
    const tally = tallied([opened({}), opened({ test: true }), entered({})]);
    const caller = { uniqueid: '1700000000.1', sinceMs: 0 };
    const right = someCalls({ hotlines: { gas: { calls: 2 } }, callers: { support: [caller] } });
    expect(unbalancedBooks(tally, right)).toBe(0);
    expect(unbalancedBooks(tally, someCalls({ hotlines: { gas: { calls: 2 } } }))).toBe(1);
    expect(unbalancedBooks(tally, someCalls())).toBe(2);
  });
});

describe('the time of seats', () => {
  const two = someWatch({
    hotlines: [
      someHotline({ queues: ['support', 'billing'] }),
      someHotline({ name: 'water', queues: ['pipes'] }),
    ],
  });
  const posts = { queues: ['support', 'billing', 'not-watched'], pausedIn: ['billing'] };
  const fromMs = NOON_MS - 10_000;
  const over = (tally: Tally) =>
    [gas(tally), tally.hotline('north', 'water'), support(tally), tally.queue('north', 'billing')].map(
      (tallied) => Object.values(tallied?.seatTime.over('5m') ?? {}).map((ms) => ms / 1000),
    );

  it('counts in each queue of the seat, once in a hotline over them, and idle only where it is not paused', () => {
    const talk = interval({ state: 'talking', fromMs, atMs: NOON_MS - 6_000, ...posts });
    const rest = interval({ state: 'idle', fromMs: NOON_MS - 6_000, atMs: NOON_MS - 1_000, ...posts });
    const gone = interval({ state: 'offline', fromMs: NOON_MS - 1_000, atMs: NOON_MS, ...posts });
    expect(over(tallied([talk, rest, gone], NOON_MS, two))).toEqual([
      [4, 9],
      [0, 0],
      [4, 9],
      [4, 4],
    ]);
  });

  it('of what runs is as long as it has run, and goes on with the next look', () => {
    const tally = tallied([], NOON_MS, two);
    const seat = someSeat({
      state: 'talking',
      sinceMs: fromMs,
      memberships: new Map([
        ['support', { status: 2, paused: false }],
        ['billing', { status: 2, paused: true }],
      ]),
    });
    tally.lookAt([seat], NOON_MS);
    expect(over(tally)[0]).toEqual([10, 10]);
    tally.advance(NOON_MS + 5_000);
    tally.lookAt([seat, { ...seat, pbx: 'south' }], NOON_MS + 5_000);
    expect(over(tally)).toEqual([
      [15, 15],
      [0, 0],
      [15, 15],
      [15, 15],
    ]);
    tally.lookAt([], NOON_MS + 5_000);
    expect(over(tally)[0]).toEqual([0, 0]);
  });
});

describe('a reload', () => {
  it('keeps what is still watched as it was scored, begins what is new, forgets the rest', () => {
    const tally = tallied([opened({}), scored({ atMs: NOON_MS, waitMs: 10_000 })]);
    const water = someHotline({ name: 'water', queues: ['pipes'] });
    tally.redefine(someWatch({ hotlines: [someHotline({ serviceLevelS: 5 }), water] }), NOON_MS);
    tally.apply(scored({ atMs: NOON_MS, waitMs: 10_000 }));
    tally.advance(NOON_MS);
    const { reached, figures } = gas(tally);
    expect([reached, figures.sum('5m', 'answered'), figures.sum('5m', 'within')]).toEqual([1, 2, 1]);
    expect(tally.hotline('north', 'water')?.reached).toBe(0);
    expect(tally.queue('north', 'pipes')?.joined).toBe(0);
    tally.redefine(someWatch({ hotlines: [water] }), NOON_MS);
    expect(tally.hotline('north', 'gas')).toBeUndefined();
  });

  it('closes the books of what it brings back, whoever came and went in between', () => {
    const tally = tallied([opened({}), opened({}), entered({}), entered({})]);
    tally.redefine(someWatch({ pbxs: [], hotlines: [] }), NOON_MS);
    // One of each that were there is over, and another caller is in the queue.
    for (const fact of [closed({ closedAtMs: NOON_MS }), ended({ atMs: NOON_MS }), entered({})])
      tally.apply(fact);
    tally.redefine(someWatch(), NOON_MS);
    const callers = [1, 2].map((caller) => ({ uniqueid: `1.${caller}`, sinceMs: NOON_MS }));
    const live = (calls: number) =>
      someCalls({ hotlines: { gas: { calls } }, callers: { support: callers } });
    expect([unbalancedBooks(tally, live(1)), unbalancedBooks(tally, live(2))]).toEqual([0, 1]);
    expect([gas(tally).outcomes.answered, support(tally).joined]).toEqual([0, 2]);
  });

  it('gives what it brings back the counts that it had, and none of what came in between', () => {
    const lost = { id: 'u', pbx: 'north', atMs: NOON_MS, type: 'unattributed', trunk: '' } as const;
    const tally = tallied([opened({}), scored({ atMs: NOON_MS }), entered({}), lost]);
    const exchange = tally.pbx('north');
    if (exchange !== undefined) exchange.knownSinceMs = NOON_MS - MINUTE_MS;
    const counts = () => [
      tally.hotline('north', 'gas')?.reached,
      tally.hotline('north', 'gas')?.scored.get('transfer')?.sum('day', 'hit'),
      tally.queue('north', 'support')?.joined,
      tally.pbx('north')?.unattributed,
    ];
    expect(counts()).toEqual([1, 1, 1, 1]);
    tally.redefine(someWatch({ pbxs: [], hotlines: [] }), NOON_MS);
    for (const fact of [opened({}), scored({ atMs: NOON_MS }), entered({}), lost]) tally.apply(fact);
    expect(counts()).toEqual([undefined, undefined, undefined, undefined]);
    tally.redefine(someWatch(), NOON_MS + MINUTE_MS);
    tally.advance(NOON_MS + MINUTE_MS);
    expect(counts()).toEqual([1, 1, 1, 1]);
    expect(gas(tally).countsSinceMs).toBe(NOON_MS + MINUTE_MS);
    // Of what went on there in between nobody knows: it is known since it is seen again.
    expect(tally.pbx('north')?.knownSinceMs).toBeUndefined();
  });
});
