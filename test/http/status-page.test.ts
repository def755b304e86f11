import { describe, expect, it } from 'vitest';
import { LIVE_SCRIPT } from '../../src/http/live-script.ts';
import { readinessOf } from '../../src/http/readiness.ts';
import type { ReportsStatus } from '../../src/http/reports-line.ts';
import { statusPage } from '../../src/http/status-page.ts';
import { SERVER_ZONE } from '../../src/http/wording.ts';
import type { Fact } from '../../src/calls/facts.ts';
import type { Picture } from '../../src/rates/build-report.ts';
import type { JournalStatus } from '../../src/store/ports.ts';
import { someHotline, someHours, someWatch } from '../support/definitions.ts';
import { interval, scored } from '../support/facts.ts';
import { someCalls, someLink, someSeat } from '../support/picture.ts';
import { REPORT_AT_MS, someReport } from '../support/report.ts';
import { someStatus } from './some-server.ts';

/** The page as one line of text, and as it is. */
function page(
  facts: readonly Fact[] = [],
  picture: Partial<Picture> = {},
  definition = someWatch(),
  journal?: JournalStatus,
  reports?: ReportsStatus,
  seesAll = true,
) {
  const links = picture.links ?? [someLink({ sinceMs: REPORT_AT_MS - 2 * 86_400_000 })];
  const source = statusPage(someReport(facts, { ...picture, links }, definition), {
    readiness: readinessOf(links),
    version: '0.1.0',
    journal,
    reports,
    seesAll,
  });
  return { source, text: source.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ') };
}
const many = (count: number, changes: Parameters<typeof scored>[0] = {}) =>
  Array.from({ length: count }, () => scored({ atMs: REPORT_AT_MS, waitMs: 1_000, ...changes }));

describe('the plain page', () => {
  it('says no calls, and never a ratio, where there were none', () => {
    const { text } = page([], { seats: [] });
    expect(text).toContain('A person answers those passed on no calls target 85.0 %');
    expect(text).not.toMatch(/(?<!target )100\.0 %|\b0\.0 %/);
  });

  it('gives a rate with both counts, what is beside them, its verdict in words and its formula', () => {
    const { text } = page([...many(45), ...many(5, { result: 'miss' }), ...many(2, { result: 'set_aside' })]);
    expect(text).toContain('A person answers those passed on 90.0 % ● on track target 85.0 %');
    expect(text).toContain('95 % interval 78.6 % to 95.6 %');
    expect(text).toContain('day 90.0 % 45 of 50 ● on track 0 2 0');
    expect(text).toContain('answered by a person / asked for a person in open hours');
  });

  it('never rounds a rate up to its target', () => {
    const { text } = page([...many(16_999), ...many(3_001, { result: 'miss' })]);
    expect(text).toContain('84.9 % ◆ at risk');
  });

  it('says since when it knows where a window is not whole', () => {
    const sinceMs = REPORT_AT_MS - 3_600_000;
    const { text } = page(many(10), { links: [someLink({ sinceMs })] });
    expect(text).toMatch(/100\.0 % … no verdict yet target 85\.0 % watched since \d\d:\d\d/);
  });

  it("says so in the hotline's own zone, and names it where the server is in another", () => {
    const links = [someLink({ sinceMs: Date.parse('2026-03-03T09:05:00Z') })];
    const told = (zone: string) =>
      page(many(10), { links }, someWatch({ hotlines: [someHotline({ hours: someHours({ zone }) })] })).text;
    const named = (zone: string) => (zone === SERVER_ZONE ? '' : ` ${zone}`);
    for (const [zone, time] of [
      ['Asia/Shanghai', '17:05'],
      ['Asia/Kathmandu', '14:50'],
    ] as const) {
      expect(told(zone)).toContain(`watched since ${time}${named(zone)} 95 % interval`);
    }
    expect(told(SERVER_ZONE)).toMatch(/watched since \d\d:\d\d 95 % interval/);
  });

  it('shows who waits, and for how long, in the tab too', () => {
    const gas = { calls: 4, waiting: 2, talking: 1, longestSinceMs: REPORT_AT_MS - 75_000 };
    const callers = [{ uniqueid: '1700000000.7', sinceMs: REPORT_AT_MS - 61_000 }];
    const calls = [someCalls({ hotlines: { gas }, callers: { support: callers } })];
    const { text, source } = page([], { calls, seats: [] });
    expect(text).toContain('calls 4 waiting 2 longest wait 1 min 15 s talking 1');
    expect(text).toContain('support 1 1 min 01 s 0 0 ▼ nobody');
    expect(source).toContain('<title>2 waiting – Ringside</title>');
    expect(source).not.toContain('1700000000');
  });

  it('shows how busy the seats of a queue lately were', () => {
    const talk = { state: 'talking', fromMs: REPORT_AT_MS - 600_000, atMs: REPORT_AT_MS - 300_000 } as const;
    const seats = [someSeat({ sinceMs: REPORT_AT_MS - 300_000 })];
    expect(page([interval(talk)], { seats }).text).toContain(
      'occupancy, 30 min support 0 – 0 1 1 0 0 – of 0 50.0 %',
    );
  });

  it('shows each seat with its state in words', () => {
    const seats = [
      someSeat(),
      someSeat({ interface: 'PJSIP/102', agent: 'Bob', state: 'talking', busyWith: 'queue', on: 'support' }),
      someSeat({ interface: 'PJSIP/103', agent: 'Cem', state: 'paused', paused: true, pausedReason: 'meal' }),
    ];
    const { text } = page([], { seats });
    expect(text).toContain('○ 1 idle ● 1 talking ▮ 1 paused');
    expect(text).toContain('Bob ● talking · support');
    expect(text).toContain('Cem ▮ paused · meal');
  });

  it('is loud about an exchange that is not seen, says why, and shows nothing stale of it', () => {
    const failure = { code: 'login-refused', message: 'login of user watch refused', atMs: 7 } as const;
    const links = [someLink({ state: 'waiting-to-retry', sinceMs: REPORT_AT_MS, failure })];
    const calls = [someCalls({ hotlines: { gas: { calls: 777, waiting: 777 } } })];
    const { text, source } = page(many(40), { links, calls });
    expect(text).toMatch(
      /BLIND: north is not seen since \d\d:\d\d \(waiting to try again\)\. login of user watch refused/,
    );
    expect(source).toContain('role="alert"');
    expect(source).toContain('<title>✕ BLIND – Ringside</title>');
    expect(text).toContain('✕ not seen now');
    expect(text).toContain('100.0 % ◌ blind');
    expect(text).not.toContain('777');
    expect(text).not.toContain('Seats');
  });

  it('says in one line whether what is seen is kept', () => {
    const told = (status: Partial<JournalStatus>) => page([], {}, someWatch(), someStatus(status));
    expect(page().text).not.toContain('ournal');
    expect(told({}).text).toContain('● Journal writing, nothing to write yet, 0 facts pending');
    expect(told({ lastCommitAtMs: REPORT_AT_MS, pendingFacts: 1 }).text).toMatch(
      /● Journal writing, last commit \d\d:\d\d, 1 fact pending/,
    );
    const failing = { state: 'failing', fault: 'the disk is full <1>', pendingFacts: 812 } as const;
    const { text, source } = told({ ...failing, lastCommitAtMs: REPORT_AT_MS, droppedFacts: 3 });
    expect(text).toMatch(
      /✕ The journal has not written since \d\d:\d\d: the disk is full &lt;1&gt;\. 812 facts kept in memory\. ◆ 3 facts lost/,
    );
    expect(source).toContain('<p class="alarm" role="alert">');
    expect(told(failing).text).toContain('✕ The journal has not written yet: the disk is full');
    expect(told({ state: 'closed' }).text).toContain('○ Journal closed');
  });

  it('is loud about reports that cannot be written, where they are', () => {
    const told = (reports: Partial<ReportsStatus>) =>
      page([], {}, someWatch(), someStatus({}), {
        fault: '',
        waiting: 0,
        lastWrittenAtMs: undefined,
        ...reports,
      });
    expect(page([], {}, someWatch(), someStatus({})).text).not.toContain('Reports');
    expect(told({}).text).toContain('● Reports none due since the start');
    expect(told({ lastWrittenAtMs: REPORT_AT_MS }).text).toMatch(/● Reports last written \d\d:\d\d/);
    expect(told({ fault: 'the disk is full <1>', waiting: 2 }).text).toContain(
      '✕ Reports cannot be written into their folder: the disk is full &lt;1&gt;. 2 reports are waiting.',
    );
    expect(told({ fault: 'gone' }).source).toMatch(/<p class="alarm" role="alert">\s*✕ Reports/);
  });

  it('tells who sees a part that something is wrong, not where and how much', () => {
    const link = someLink({
      state: 'waiting-to-retry',
      failure: { code: 'login-refused', message: 'user ringside of 10.0.0.7 was refused', atMs: 0 },
      warnings: ['the clock of pbx.internal is ahead'],
    });
    const told = (changes: Partial<JournalStatus>, fault: string) =>
      page(
        [],
        { links: [link] },
        someWatch(),
        someStatus({ pendingFacts: 71, droppedFacts: 72, ...changes }),
        { fault, waiting: 73, lastWrittenAtMs: REPORT_AT_MS },
        false,
      ).text;
    const failing = told({ state: 'failing', fault: '/srv/j.db is full', lastCommitAtMs: 0 }, '/srv/reports');
    expect(failing).toMatch(/✕ The journal has not written since \d\d:\d\d\./);
    expect(failing).toContain('✕ Reports cannot be written into their folder.');
    const well = told({ lastCommitAtMs: 0 }, '');
    expect(well).toContain('● Journal writing');
    expect(well).toContain('● Reports');
    for (const text of [failing, well]) {
      expect(text).toContain('BLIND: north');
      expect(text).not.toMatch(/7[123]|srv|10\.0|internal|ahead|last (commit|written)/);
    }
  });

  it('counts breaches in words', () => {
    const breach: Fact = {
      id: 'x',
      pbx: 'north',
      atMs: REPORT_AT_MS,
      type: 'breach',
      uniqueid: '1700000000.1',
      hotline: 'gas',
      breach: 'unanswered',
      reachedAtMs: 0,
    };
    expect(page([breach]).text).toContain('▼ 1 call: nobody answered');
    expect(page([breach, breach]).text).toContain('▼ 2 calls: nobody answered');
  });

  it('counts calls that match no hotline', () => {
    const stray = (id: string): Fact => {
      return { id, pbx: 'north', atMs: REPORT_AT_MS, type: 'unattributed', trunk: 'carrier' };
    };
    expect(page().text).not.toContain('no hotline');
    expect(page([stray('a')]).text).toContain('◆ 1 call for no hotline');
    expect(page([stray('a'), stray('b')]).text).toContain('◆ 2 calls for no hotline');
  });

  it('takes names for text, whatever they hold', () => {
    const title = '<script>alert("x")</script> & Co';
    const { source } = page([], {}, someWatch({ hotlines: [someHotline({ title })] }));
    expect(source).not.toContain('<script>alert');
    expect(source).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; Co');
  });

  it('holds nothing a strict policy would refuse, and nothing from elsewhere', () => {
    const { source } = page(many(3));
    expect(source).not.toMatch(/ style=| on\w+=|<style|https?:/);
    expect(source.match(/<script[^>]*>[^<]/)).toBeNull();
    for (const link of ['metrics', 'readyz', 'api/report', 'api/report/schema']) {
      expect(source).toContain(`href="${link}"`);
    }
  });

  it('has a script that parses, and reloads by itself without one', () => {
    expect(() => new Function(LIVE_SCRIPT)).not.toThrow();
    expect(page().source).toContain('<noscript><meta http-equiv="refresh" content="5" /></noscript>');
  });
});
