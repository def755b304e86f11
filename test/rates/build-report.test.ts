import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { ReportBuilder, type Picture } from '../../src/rates/build-report.ts';
import { reportSchema, WINDOWS, type Report } from '../../src/rates/report.ts';
import { Tally } from '../../src/rates/tally.ts';
import { someHotline, someHours, somePbx, someWatch } from '../support/definitions.ts';
import { ended, entered, opened, scored } from '../support/facts.ts';
import { someCalls, someLink, someSeat } from '../support/picture.ts';

const NOON_MS = Date.parse('2026-03-03T12:00:00Z');
const MINUTE_MS = 60_000;

/** A watch of its own for each test, ready since the day before. */
function watching(definition: WatchDefinition = someWatch()) {
  const tally = new Tally(definition);
  const builder = new ReportBuilder(tally, NOON_MS - 100_000_000);
  return {
    tally,
    tell: (...facts: readonly Fact[]) => facts.forEach((fact) => tally.apply(fact)),
    look: (changes: Partial<Picture> = {}): Report =>
      builder.build({
        nowMs: NOON_MS,
        calls: [someCalls()],
        seats: [],
        links: [someLink({ sinceMs: NOON_MS - 100_000_000 })],
        ...changes,
      }),
  };
}
const rateOf = (report: Report, target: string, window: string) =>
  report.hotlines[0]?.targets
    .find((row) => row.target === target)
    ?.rates.find((rate) => rate.window === window);

function everyObjectOf(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(everyObjectOf)];
}

describe('the Report', () => {
  it('is what its published schema says, and frozen to the last row', () => {
    const { tell, look } = watching();
    tell(opened({}), scored({ atMs: NOON_MS, waitMs: 1_000 }), entered({}), ended({ atMs: NOON_MS }));
    const report = look({ seats: [someSeat()] });
    expect(reportSchema.parse(report)).toEqual(report);
    expect(everyObjectOf(report).filter((row) => !Object.isFrozen(row))).toEqual([]);
  });

  it('says no data where there is none: no ratio, no bound, no k', () => {
    const rate = rateOf(watching().look(), 'transfer', '5m');
    expect(rate).toMatchObject({
      ratio: null,
      wilsonLow: null,
      wilsonHigh: null,
      guardK: null,
      verdict: 'no-data',
    });
    const figures = watching().look().hotlines[0]?.figures[0];
    expect(figures).toMatchObject({
      serviceLevel: null,
      speedOfAnswerMs: null,
      handleTimeMs: null,
      abandonRate: null,
      longestWaitMs: null,
    });
  });

  it('gives every rate its counts, its bounds, its guard and its verdict', () => {
    const { tell, look } = watching();
    for (let call = 0; call < 45; call++) tell(scored({ atMs: NOON_MS, waitMs: 1_000 }));
    for (let call = 0; call < 5; call++) tell(scored({ atMs: NOON_MS, result: 'miss' }));
    tell(scored({ atMs: NOON_MS, result: 'set_aside' }), scored({ atMs: NOON_MS, result: 'unknown' }));
    const rate = rateOf(look(), 'transfer', '1h');
    expect(rate).toMatchObject({ hits: 45, misses: 5, setAside: 1, unknown: 1, ratio: 0.9, guardK: 13 });
    expect(rate?.wilsonLow).toBeCloseTo(0.7864, 4);
    expect(rate?.verdict).toBe('on-track');
  });

  it('has the rates of its kind, in every window, with the formula in force', () => {
    const definition = someWatch({
      hotlines: [
        someHotline(),
        someHotline({ name: 'water', kind: 'people', setAsideShort: false }),
        someHotline({ name: 'leak', kind: 'people', emergency: true, shortAbandonS: 3 }),
      ],
    });
    const { hotlines } = watching(definition).look();
    expect(hotlines.map(({ targets }) => targets.map(({ target }) => target))).toEqual([
      ['auto', 'transfer', 'after-hours'],
      ['direct', 'after-hours'],
      ['direct'],
    ]);
    expect(hotlines[0]?.targets[0]?.rates.map(({ window }) => window)).toEqual(WINDOWS);
    expect(hotlines.map(({ targets }) => targets.at(0)?.targetRatio)).toEqual([0.98, 0.9, 0.9]);
    expect(hotlines[0]?.targets[1]?.formula).toBe(
      'answered by a person / asked for a person in open hours; callers who left in less than 5 s are set aside',
    );
    expect(hotlines[1]?.targets[0]?.formula).toBe(
      'answered by a person / all calls that reached the hotline in open hours; callers who left at once count as missed',
    );
    expect(hotlines[2]?.targets[0]?.formula).toContain('at all hours; callers who left in less than 3 s');
  });

  it('shows what is pending beside the rate: all of it in rolling windows, in a period what reached it there', () => {
    const midnightMs = NOON_MS - 12 * 60 * MINUTE_MS;
    const pending = { auto: 0, transfer: 2, direct: 0, 'after-hours': 0 };
    const calls = someCalls({
      hotlines: { gas: { pending } },
      pendingReachedMs: [midnightMs - 1, midnightMs],
    });
    const report = watching().look({ calls: [calls] });
    expect(['5m', 'day', 'month'].map((window) => rateOf(report, 'transfer', window)?.pending)).toEqual([
      2, 1, 2,
    ]);
    expect(rateOf(report, 'auto', '5m')?.pending).toBe(0);
  });

  it('shows who waits, who talks and for how long', () => {
    const callers = [{ uniqueid: '1700000000.7', sinceMs: NOON_MS - 30_000 }];
    const gas = { calls: 3, waiting: 1, talking: 1, longestSinceMs: NOON_MS - 31_000 };
    const calls = someCalls({ hotlines: { gas }, callers: { support: callers }, connected: 1 });
    const report = watching().look({ calls: [calls] });
    expect(report.hotlines[0]?.live).toEqual({ calls: 3, waiting: 1, longestWaitMs: 31_000, talking: 1 });
    expect(report.queues[0]).toMatchObject({ waiting: 1, longestWaitMs: 30_000, callers, connected: 1 });
  });

  it('says whether the hotline is open now; one for emergencies always is', () => {
    const never = someHours({ week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } });
    const definition = someWatch({
      hotlines: [someHotline({ hours: never }), someHotline({ name: 'leak', hours: never, emergency: true })],
    });
    expect(
      watching(definition)
        .look()
        .hotlines.map(({ open }) => open),
    ).toEqual([false, true]);
  });

  it('counts a seat once, and in every queue it is a member of', () => {
    const both = new Map([
      ['support', { status: 1, paused: false }],
      ['billing', { status: 1, paused: true }],
      ['not-watched', { status: 1, paused: false }],
    ]);
    const definition = someWatch({ hotlines: [someHotline({ queues: ['support', 'billing'] })] });
    const seats = [
      someSeat({ memberships: both }),
      someSeat({
        interface: 'PJSIP/102',
        state: 'offline',
        memberships: new Map([['support', { status: 5, paused: false }]]),
      }),
      someSeat({
        interface: 'PJSIP/103',
        state: 'talking',
        memberships: new Map([['support', { status: 3, paused: false }]]),
      }),
    ];
    const report = watching(definition).look({ seats });
    expect(report.seats.map(({ seat }) => seat)).toEqual(['PJSIP/101', 'PJSIP/102', 'PJSIP/103']);
    const [support, billing] = report.queues;
    expect(support).toMatchObject({ membersPaused: 0, staffed: 2 });
    expect(support?.members).toMatchObject({ not_in_use: 1, unavailable: 1, busy: 1 });
    expect(support?.seats).toMatchObject({ idle: 1, offline: 1, talking: 1 });
    expect(billing).toMatchObject({ membersPaused: 1, staffed: 0 });
  });

  it('masks what may be a number in the names of seats and agents', () => {
    const seat = someSeat({
      interface: 'Local/13800000001@out/n',
      agent: '13800000001',
      why: 'dialled 1234567',
    });
    const [row] = watching().look({ seats: [seat] }).seats;
    expect(row).toMatchObject({
      seat: 'Local/138****0001@out/n',
      agent: '138****0001',
      why: 'dialled *****67',
    });
  });

  it('shows the lines of a trunk and the most that were in use', () => {
    const [pbx] = watching().look({ calls: [someCalls({ linesInUse: 4, peak: 9 })] }).pbxs;
    expect(pbx?.trunks).toEqual([{ trunk: 'carrier', linesInUse: 4, lines: 30, peakLinesInUse: 9 }]);
  });
});

describe('while an exchange is not seen', () => {
  const lost = someLink({ state: 'waiting-to-retry', sinceMs: NOON_MS - 2_000 });

  it('every verdict is blind, and the time since it was last heard runs', () => {
    const { tell, look } = watching();
    for (let call = 0; call < 100; call++) tell(scored({ atMs: NOON_MS }));
    look();
    const report = look({ links: [lost], blindSince: new Map([['north', NOON_MS - 12_000]]) });
    expect(rateOf(report, 'transfer', '5m')?.verdict).toBe('blind');
    expect(report.pbxs[0]).toMatchObject({
      link: 'waiting-to-retry',
      blindSinceMs: NOON_MS - 12_000,
      blindMs: 12_000,
    });
  });

  it('stays blind until the picture is read anew, though the link says it is ready', () => {
    const { look } = watching();
    look();
    const report = look({ blindSince: new Map([['north', NOON_MS - 3_000]]) });
    expect(report.pbxs[0]?.blindSinceMs).toBe(NOON_MS - 3_000);
    expect(rateOf(report, 'auto', '5m')?.verdict).toBe('blind');
  });

  it('goes by the first sign of it where nobody knows better', () => {
    const { look } = watching();
    look();
    look({ links: [lost] });
    const retrying = someLink({ state: 'connecting', sinceMs: NOON_MS - 1_000 });
    expect(look({ links: [retrying] }).pbxs[0]?.blindSinceMs).toBe(NOON_MS - 2_000);
  });

  it('is seen again with the first snapshot, and keeps knowing since the first of all', () => {
    const { tell, look } = watching();
    look();
    look({ links: [lost] });
    for (let call = 0; call < 100; call++) tell(scored({ atMs: NOON_MS }));
    const report = look({ links: [someLink({ sinceMs: NOON_MS - 1_000 })] });
    expect(report.pbxs[0]?.blindSinceMs).toBeNull();
    expect(rateOf(report, 'transfer', '1h')?.verdict).toBe('meeting');
    expect(report.sinceMs).toBe(NOON_MS - 100_000_000);
  });

  it('was never seen at all: blind, not since some instant', () => {
    const report = watching().look({ links: [someLink({ state: 'connecting' })] });
    expect(rateOf(report, 'auto', '5m')).toMatchObject({ verdict: 'blind', sinceMs: null });
    expect(report.pbxs[0]).toMatchObject({ blindSinceMs: NOON_MS - 100_000_000, blindMs: 0 });
    expect(reportSchema.safeParse(report).success).toBe(true);
  });
});

describe('a window that began before the daemon could know', () => {
  it('says since when, and has its verdict as soon as it is whole', () => {
    const { tell, look } = watching();
    const sinceMs = NOON_MS - 7 * MINUTE_MS;
    const links = [someLink({ sinceMs })];
    for (let call = 0; call < 100; call++) tell(scored({ atMs: NOON_MS }));
    const before = look({ links });
    const told = (report: Report, window: string) => {
      const rate = rateOf(report, 'transfer', window);
      return [rate?.verdict, rate?.sinceMs];
    };
    expect(told(before, '5m')).toEqual(['meeting', null]);
    expect(told(before, '10m')).toEqual(['since', sinceMs]);
    expect(told(before, 'day')).toEqual(['since', sinceMs]);
    expect(told(look({ links, nowMs: sinceMs + 10 * MINUTE_MS - 1 }), '10m')).toEqual(['since', sinceMs]);
    expect(told(look({ links, nowMs: sinceMs + 10 * MINUTE_MS }), '10m')).toEqual(['meeting', null]);
  });
});

describe('what did not change', () => {
  const definition = someWatch({
    pbxs: [somePbx()],
    hotlines: [someHotline(), someHotline({ name: 'water', queues: ['pipes'] })],
  });

  it('keeps its number and its identity when only time passes', () => {
    const { look } = watching(definition);
    const seats = [someSeat()];
    const before = look({ seats });
    const after = look({ seats, nowMs: NOON_MS + 250 });
    expect(after.seq).toBe(before.seq);
    expect(after.atMs).toBe(NOON_MS + 250);
    for (const rows of ['pbxs', 'hotlines', 'queues', 'seats'] as const)
      expect(after[rows]).toBe(before[rows]);
  });

  it('keeps its identity beside what did', () => {
    const { tell, look } = watching(definition);
    const seats = [someSeat(), someSeat({ interface: 'PJSIP/102' })];
    const before = look({ seats });
    tell(scored({ atMs: NOON_MS }));
    const after = look({ seats: [someSeat({ state: 'ringing' }), someSeat({ interface: 'PJSIP/102' })] });
    expect(after.seq).toBe(before.seq + 1);
    expect(after.hotlines[0]).not.toBe(before.hotlines[0]);
    expect(after.hotlines[0]?.targets[0]).toBe(before.hotlines[0]?.targets[0]);
    expect(after.hotlines[1]).toBe(before.hotlines[1]);
    expect(after.seats[0]).not.toBe(before.seats[0]);
    expect(after.seats[1]).toBe(before.seats[1]);
    expect(after.seats[1]?.queues).toBe(before.seats[1]?.queues);
    // Not its calls, its seats: one rings now.
    expect(after.queues.map((row, index) => row === before.queues[index])).toEqual([false, true]);
    expect(after.queues[0]?.figures).toBe(before.queues[0]?.figures);
  });

  it('changes when time alone takes a call out of a window', () => {
    const { tell, look } = watching(definition);
    tell(scored({ atMs: NOON_MS }));
    const before = look();
    const after = look({ nowMs: NOON_MS + 5 * MINUTE_MS });
    expect(after.seq).toBe(before.seq + 1);
    expect(rateOf(after, 'transfer', '5m')?.hits).toBe(0);
    expect(rateOf(after, 'transfer', '10m')).toBe(rateOf(before, 'transfer', '10m'));
  });

  it('is right again when the clock is put back', () => {
    const { tell, look } = watching(definition);
    tell(scored({ atMs: NOON_MS }));
    expect(rateOf(look({ nowMs: NOON_MS + 6 * MINUTE_MS }), 'transfer', '5m')?.hits).toBe(0);
    expect(rateOf(look({ nowMs: NOON_MS + 4 * MINUTE_MS }), 'transfer', '5m')?.hits).toBe(1);
  });

  it('follows a reload: new rows, and the link is known on', () => {
    const { tally, look } = watching();
    look();
    tally.redefine({ ...definition, hash: 'ba9876543210' }, NOON_MS);
    const after = look({ links: [someLink({ sinceMs: NOON_MS })] });
    expect(after.definitionHash).toBe('ba9876543210');
    expect(after.hotlines.map(({ hotline }) => hotline)).toEqual(['gas', 'water']);
    expect(after.sinceMs).toBe(NOON_MS - 100_000_000);
  });

  it('gives no verdict on a window that began before a reload brought the hotline', () => {
    const { tally, tell, look } = watching(definition);
    const [first, ...others] = definition.hotlines;
    if (first === undefined) throw new Error('there is a hotline');
    look();
    tally.redefine({ ...definition, hotlines: others, hash: 'without' }, NOON_MS);
    // Brought back before anybody looked: the calls in between are missing all the same.
    tally.redefine({ ...definition, hash: 'with' }, NOON_MS);
    look();
    const later = NOON_MS + 6 * MINUTE_MS;
    const names = { pbx: first.pbx, hotline: first.name };
    for (let count = 0; count < 10; count += 1) tell(scored({ ...names, atMs: later, reachedAtMs: later }));
    // A later reload that lets it be changes nothing of that.
    tally.redefine({ ...definition, hash: 'with more' }, later);
    const rows = look({ nowMs: later }).hotlines;
    const ratesOf = (name: string, window: string) =>
      rows
        .filter(({ hotline }) => hotline === name)
        .flatMap(({ targets }) =>
          targets.flatMap(({ rates }) => rates.filter((rate) => rate.window === window)),
        );
    expect(ratesOf(first.name, '10m').map(({ verdict, sinceMs }) => [verdict, sinceMs])).toEqual(
      ratesOf(first.name, '10m').map(() => ['since', NOON_MS]),
    );
    expect(ratesOf(first.name, '5m').map(({ sinceMs }) => sinceMs)).toContain(null);
    expect(ratesOf(first.name, '5m').map(({ verdict }) => verdict)).not.toContain('since');
    const untouched = others.flatMap(({ name }) => ratesOf(name, '10m'));
    expect(untouched.map(({ verdict }) => verdict)).not.toContain('since');
  });
});
