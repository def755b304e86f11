import { describe, expect, it } from 'vitest';
import { Metrics, type JournalPorts } from '../../src/metrics/metrics.ts';
import { ReportBuilder } from '../../src/rates/build-report.ts';
import { Tally } from '../../src/rates/tally.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';
import { ended, entered, opened, scored } from '../support/facts.ts';
import { someCalls, someLink, someSeat } from '../support/picture.ts';
import { A_MORNING, JOURNAL, NOON_MS, scene, valueOf, valuesOf } from './scene.ts';

/** Totals that the reader of the socket keeps, not facts. */
const OF_THE_READER = /^ringside_(events|bytes|blocks|ami)_/;

describe('the page for Prometheus', () => {
  it('names no caller, no channel and no number', async () => {
    const seats = [someSeat({ interface: 'Local/13800000001@out', agent: '13800000001' })];
    const page = await scene({ facts: A_MORNING, picture: { seats }, perSeat: true }).page();
    const labels = [...page.matchAll(/(\w+)="([^"]*)"/g)].filter(([, name]) => name !== 'hash');
    expect(labels.filter(([, , value]) => /\d{7,}/.test(value ?? ''))).toEqual([]);
    expect(valuesOf(page, 'ringside_unattributed_total')).toEqual([
      'ringside_unattributed_total{pbx="north",trunk="carrier"} 0',
      'ringside_unattributed_total{pbx="north",trunk="other"} 1',
    ]);
  });

  it('holds every counter of what is configured from the start, at 0', async () => {
    const page = await scene().page();
    expect(valuesOf(page, 'ringside_calls_total')).toHaveLength(2 * 8);
    expect(valuesOf(page, 'ringside_scored_total')).toHaveLength(3 * 4);
    expect(valuesOf(page, 'ringside_queue_left_total')).toHaveLength(11);
    const ofFacts = page
      .split('\n')
      .filter((line) => /^ringside_\w+_total\{/.test(line) && !OF_THE_READER.test(line));
    expect(ofFacts.filter((line) => !line.endsWith(' 0'))).toEqual([]);
  });

  it('says nothing where there is no data: no ratio, no bound, no verdict, no wait', async () => {
    const page = await scene().page();
    const absent = [
      'ringside_rate_ratio',
      'ringside_rate_verdict',
      'ringside_rate_guard_misses',
      'ringside_service_level_ratio',
      'ringside_speed_of_answer_seconds',
      'ringside_handle_time_seconds',
      'ringside_abandon_ratio',
      'ringside_longest_wait_seconds',
      'ringside_live_longest_wait_seconds',
      'ringside_queue_answered_ratio',
      'ringside_queue_service_level_ratio',
      'ringside_occupancy_ratio',
      'ringside_queue_occupancy_ratio',
    ];
    expect(absent.flatMap((name) => valuesOf(page, name))).toEqual([]);
    expect(valueOf(page, 'ringside_target_ratio{pbx="north",hotline="gas",target="transfer"}')).toBe('0.85');
    expect(
      valueOf(page, 'ringside_target_ratio{pbx="north",hotline="gas",target="after-hours"}'),
    ).toBeUndefined();
  });

  it('says of a queue how it goes now, and how it went today', async () => {
    const waited = (beforeMs: number, waitMs: number) => ended({ atMs: NOON_MS - beforeMs, waitMs });
    const page = await scene({ facts: [waited(3 * 3_600_000, 30_000), waited(20 * 60_000, 10_000)] }).page();
    const speed = 'ringside_queue_speed_of_answer_seconds{pbx="north",queue="support"';
    expect(valuesOf(page, 'ringside_queue_speed_of_answer_seconds')).toEqual([
      `${speed},window="30m"} 10`,
      `${speed},window="day"} 20`,
    ]);
  });

  it('falls silent again when the last call leaves the window', async () => {
    let nowMs = NOON_MS;
    const definition = someWatch();
    const tally = new Tally(definition);
    const builder = new ReportBuilder(tally, 0);
    const links = [someLink()];
    const metrics = new Metrics({
      definition,
      report: () => builder.build({ nowMs, calls: [someCalls()], seats: [], links }),
      seats: () => [],
      self: () => ({ pbxs: [], links, eventLoopLagMs: undefined }),
      build: { version: '0', node: '0' },
      perSeat: false,
    });
    const series = 'ringside_rate_ratio{pbx="north",hotline="gas",target="transfer",window="5m"}';
    tally.apply(scored({ atMs: NOON_MS }));
    expect(valueOf(String(await metrics.page()), series)).toBe('1');
    nowMs += 300_000;
    expect(valueOf(String(await metrics.page()), series)).toBeUndefined();
  });

  it('shows the verdict as its documented number', async () => {
    const facts = Array.from({ length: 40 }, () => scored({ atMs: NOON_MS, waitMs: 1_000 }));
    const series = 'ringside_rate_verdict{pbx="north",hotline="gas",target="transfer",window="5m"}';
    expect(valueOf(await scene({ facts }).page(), series)).toBe('5');
    const links = [someLink({ state: 'connecting', sinceMs: NOON_MS })];
    expect(valueOf(await scene({ facts, picture: { links } }).page(), series)).toBe('0');
    expect(valueOf(await scene({ picture: { links } }).page(), series)).toBeUndefined();
  });

  it('tells of an exchange that is not seen, and shows no stale picture of it', async () => {
    const failure = { code: 'login-refused', message: 'login of user watch refused', atMs: NOON_MS } as const;
    const links = [someLink({ state: 'waiting-to-retry', sinceMs: NOON_MS - 4_000, failure })];
    const calls = [someCalls({ hotlines: { gas: { calls: 9, waiting: 9 } }, linesInUse: 9 })];
    const page = await scene({ picture: { links, calls, seats: [someSeat()] } }).page();
    expect(valueOf(page, 'ringside_ami_up{pbx="north"}')).toBe('0');
    expect(valueOf(page, 'ringside_blind{pbx="north"}')).toBe('1');
    expect(valueOf(page, 'ringside_ami_failure{pbx="north",code="login-refused"}')).toBe('1');
    expect(valueOf(page, 'ringside_ami_failure{pbx="north",code="tls"}')).toBe('0');
    const live = [
      'ringside_live_calls',
      'ringside_live_waiting',
      'ringside_pending_calls',
      'asterisk_queue_callers',
      'asterisk_queue_members',
      'ringside_seats',
      'ringside_lines_in_use',
      'ringside_clock_offset_seconds',
    ];
    expect(live.flatMap((name) => valuesOf(page, name))).toEqual([]);
  });

  it('has a series for each seat only where it is asked for', async () => {
    const picture = { seats: [someSeat()] };
    expect(valuesOf(await scene({ picture }).page(), 'ringside_seat_state')).toEqual([]);
    expect(valuesOf(await scene({ picture, perSeat: true }).page(), 'ringside_seat_state')).toEqual([
      'ringside_seat_state{pbx="north",seat="PJSIP/101",state="idle"} 1',
    ]);
  });

  it('leaves alone what is not configured: strangers must not grow the page', async () => {
    const strangers = [
      opened({ hotline: 'fax' }),
      scored({ pbx: 'south' }),
      entered({ queue: 'other' }),
      ended({ queue: 'other' }),
    ];
    expect(await scene({ facts: strangers }).page()).toBe(await scene().page());
  });

  it('gives the waits a bucket at the bound of every service level', async () => {
    const definition = someWatch({ hotlines: [someHotline({ serviceLevelS: 25 })] });
    const facts = [scored({ atMs: NOON_MS, waitMs: 24_000 })];
    const page = await scene({ definition, facts }).page();
    const bucket = (le: string) =>
      valueOf(page, `ringside_answer_wait_seconds_bucket{le="${le}",pbx="north",hotline="gas"}`);
    expect([bucket('20'), bucket('25'), bucket('+Inf')]).toEqual(['0', '1', '1']);
  });

  it('follows a reload: what is new begins at 0, what was counted stays', async () => {
    const metrics = scene({ facts: A_MORNING });
    metrics.redefine(
      someWatch({ hotlines: [someHotline(), someHotline({ name: 'water', queues: ['pipes'] })] }),
    );
    const page = await metrics.page();
    expect(valueOf(page, 'ringside_reached_total{pbx="north",hotline="gas",hours="open"}')).toBe('2');
    expect(valueOf(page, 'ringside_reached_total{pbx="north",hotline="water",hours="open"}')).toBe('0');
    expect(valueOf(page, 'ringside_queue_joined_total{pbx="north",queue="pipes"}')).toBe('0');
  });

  it('goes on with what a reload brings: from what was told of it before, in this run or in an earlier one', async () => {
    const metrics = scene({ facts: A_MORNING });
    const ever = { pbx: 'north', unit: 'ever', series: 'volume', fromMs: 0, untilMs: Infinity } as const;
    const none = { longestMs: null };
    metrics.seed([
      { ...ever, ...none, subject: 'hotline', name: 'water', sums: { 'reached-open': 9 } },
      { ...ever, ...none, subject: 'queue', name: 'pipes', sums: { joined: 4 } },
      {
        ...ever,
        ...none,
        pbx: 'south',
        subject: 'pbx',
        name: 'south',
        series: 'self',
        sums: { blindTimes: 3 },
      },
    ]);
    const water = someHotline({ name: 'water', queues: ['pipes'] });
    const south = somePbx({ name: 'south', queues: [] });
    const more = someWatch({ pbxs: [somePbx(), south], hotlines: [someHotline(), water] });
    const counts = async () => {
      const page = await metrics.page();
      return [
        'ringside_reached_total{pbx="north",hotline="gas",hours="open"}',
        'ringside_reached_total{pbx="north",hotline="water",hours="open"}',
        'ringside_queue_joined_total{pbx="north",queue="pipes"}',
        'ringside_resyncs_total{pbx="south"}',
      ].map((series) => valueOf(page, series));
    };
    metrics.redefine(more);
    expect(await counts()).toEqual(['2', '9', '4', '3']);
    metrics.redefine(someWatch({ pbxs: [], hotlines: [] }));
    metrics.redefine(more);
    expect(await counts()).toEqual(['2', '9', '4', '3']);
  });

  it('shows no page before all that it counts is written down', async () => {
    const steps: string[] = [];
    const journal: JournalPorts = {
      ...JOURNAL,
      flush: () => {
        steps.push('asked');
        return Promise.resolve().then(() => void steps.push('written'));
      },
    };
    const page = await scene({ facts: A_MORNING, journal }).page();
    steps.push('shown');
    expect(steps).toEqual(['asked', 'written', 'shown']);
    expect(valueOf(page, 'ringside_reached_total{pbx="north",hotline="gas",hours="open"}')).toBe('2');
  });

  it('says nothing of a journal where there is none', async () => {
    const page = await scene().page();
    expect(
      page.split('\n').filter((line) => /^ringside_(journal|reports|call_backs|attempts)_/.test(line)),
    ).toEqual([]);
  });

  it('goes on from what was told, not from what is known by now: no counter falls', async () => {
    const metrics = scene();
    const of = { pbx: 'north', subject: 'hotline', name: 'gas', longestMs: null } as const;
    const ever = { ...of, unit: 'ever', fromMs: 0, untilMs: Infinity } as const;
    metrics.seed([
      { ...ever, series: 'transfer', sums: { hit: 11, miss: 2 } },
      { ...ever, series: 'told-transfer', sums: { hit: -1, unknown: 1 } },
      { ...ever, series: 'told-backfilled-transfer', sums: { hit: 1 } },
      {
        ...ever,
        series: 'answer-wait',
        sums: { count: 10, sumMs: 93_500, 'le-5': 4, 'le-20': 3, 'le-25': 2 },
      },
    ]);
    metrics.backfill(scored({ atMs: NOON_MS }));
    const page = await metrics.page();
    const results = (name: string) =>
      ['hit', 'miss', 'unknown'].map((result) =>
        valueOf(
          page,
          `ringside_${name}_total{pbx="north",hotline="gas",target="transfer",result="${result}"}`,
        ),
      );
    expect(results('scored')).toEqual(['10', '2', '1']);
    expect(results('backfilled')).toEqual(['2', '0', undefined]);
    const bucket = (le: string) =>
      valueOf(page, `ringside_answer_wait_seconds_bucket{le="${le}",pbx="north",hotline="gas"}`);
    expect(['5', '20', '30', '600', '+Inf'].map(bucket)).toEqual(['4', '7', '9', '9', '10']);
    expect(valueOf(page, 'ringside_answer_wait_seconds_sum{pbx="north",hotline="gas"}')).toBe('93.5');
  });
});
