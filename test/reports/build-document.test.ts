import { describe, expect, it } from 'vitest';
import { reportDocumentSchema } from '../../src/reports/report-document.ts';
import { someHotline, someHours, someWatch } from '../support/definitions.ts';
import { opened, scored } from '../support/facts.ts';
import { REPORT_AT_MS, someReport } from '../support/report.ts';
import { keptSources, sumsOf } from './kept-sources.ts';
import { MADE_AT_MS, MONTH_DEFINITION, monthFacts, shanghai } from './month-facts.ts';
import { someDocument } from './some-report.ts';
import { monthSources } from './some-month.ts';

describe('the document of a month', () => {
  it('has the figures that were made by hand', async () => {
    const document = await someDocument('month', '2026-10');
    const [service, emergency, west] = document.hotlines;
    // month-facts.ts: 289 answered, 21 abandoned and 12 to the voicemail, 14 short, 4 never picked up, 1 unknown.
    expect(service?.targets).toMatchObject([
      { target: 'auto', hits: 396, misses: 4, setAside: 0, unknown: 0, ratio: 0.99, verdict: 'on-track' },
      { target: 'transfer', hits: 289, misses: 33, setAside: 14, unknown: 1, verdict: 'meeting' },
      { target: 'after-hours', hits: 38, misses: 0, setAside: 2, ratio: 1, verdict: 'on-track' },
    ]);
    expect(service?.volume).toMatchObject({ reachedOpen: 400, reachedClosed: 40, notOver: 0 });
    expect(service?.outcomes.open).toMatchObject({
      answered: 289,
      'self-served': 59,
      abandoned: 39,
      voicemail: 12,
      unknown: 1,
    });
    expect(service?.figures).toMatchObject({
      asked: 336,
      answered: 289,
      missed: 33,
      setAside: 14,
      abandonRate: 21 / 322,
    });
    expect(service?.attempts).toMatchObject({ chains: 366, never: 8, meanScore: 7152 / 366 });
    expect(emergency?.targets).toMatchObject([{ target: 'direct', hits: 58, misses: 2 }]);
    expect(emergency?.breaches).toEqual({
      unanswered: 1,
      'after-hours-not-taken': 0,
      'emergency-not-answered': 2,
    });
    expect(west?.targets.map(({ ratio, verdict }) => [ratio, verdict])).toEqual([
      [null, 'no-data'],
      [null, 'no-data'],
    ]);
    expect(west?.figures).toMatchObject({ serviceLevel: null, abandonRate: null, longestWaitMs: null });
  });

  it('says by how much the calls that were not seen changed a rate', async () => {
    const document = await someDocument('month', '2026-10');
    const transfer = document.hotlines[0]?.targets[1];
    expect(transfer?.backfilled).toEqual({ hits: 1, misses: 2, setAside: 0 });
    expect(transfer?.ratioSeen).toBe(288 / 319);
  });

  it('counts each call in the profile once', async () => {
    const document = await someDocument('month', '2026-10');
    for (const { hours, volume, figures } of document.hotlines) {
      const sum = (of: 'calls' | 'offered' | 'answered' | 'missed'): number =>
        hours.reduce((total, hour) => total + hour[of], 0);
      expect(sum('calls')).toBe(volume.reachedOpen + volume.reachedClosed + volume.takenUp);
      expect([sum('offered'), sum('answered'), sum('missed')]).toEqual([
        figures.asked,
        figures.answered,
        figures.missed,
      ]);
    }
  });

  it('has what each agent did', async () => {
    const { agents } = await someDocument('month', '2026-10');
    expect(agents.map(({ agent }) => agent)).toEqual(['Chen Jie', 'Li Na', 'Sun Li']);
    expect(agents.reduce((sum, { talks }) => sum + talks, 0)).toBe(289);
    expect(agents[0]).toMatchObject({
      refused: 11,
      listened: 6,
      pausedMs: 900_000,
      loggedInMs: 6_300_000,
      occupancy: 2 / 3,
    });
    expect(agents.map(({ listenedMonths }) => listenedMonths[0]?.asNormAsks)).toEqual([false, true, false]);
  });

  it('lists who is owed a call, those that are overdue first', async () => {
    const { callBacks } = await someDocument('month', '2026-10');
    expect(callBacks).toMatchObject({ open: 3, overdue: 2, openEmergencies: 1, notListed: 0 });
    expect(callBacks?.list.map(({ hotline, overdue }) => [hotline, overdue])).toEqual([
      ['service', true],
      ['emergency', true],
      ['service', false],
    ]);
    // 30 ended, one more of October is overdue; 26 of the 31 were reached in time.
    expect(callBacks?.hotlines[0]).toMatchObject({
      due: 31,
      reachedInTime: 26,
      inTimeRatio: 26 / 31,
      open: 2,
      overdue: 1,
    });
    expect(callBacks?.hotlines[1]).toMatchObject({
      emergencies: 1,
      reachedLate: 1,
      due: 0,
      inTimeRatio: null,
    });
  });

  it('says what was not seen', async () => {
    const { sight } = await someDocument('month', '2026-10');
    expect(sight.exchanges).toMatchObject([
      { pbx: 'north', blindMs: 720_000, blindTimes: 1, endedUnknown: 1, missedCalls: 2 },
    ]);
    expect(sight.blindTimes).toHaveLength(1);
    expect(sight.backfills).toEqual([
      { pbx: 'north', hotline: 'service', certainty: 'backfilled', calls: 3 },
    ]);
  });

  it('is what its schema says, for every kind and with nothing at all', async () => {
    const documents = await Promise.all([
      someDocument('month', '2026-10'),
      someDocument('quarter', '2026-Q4'),
      someDocument('day', '2026-10-05'),
      someDocument('shift', '2026-10-21 early', { hasRoster: true }),
      someDocument('day', '2025-01-01', { sources: keptSources([]) }),
    ]);
    for (const document of documents) expect(reportDocumentSchema.parse(document)).toEqual(document);
  });
});

describe('the figures of a report', () => {
  it('are those that the live Report shows of the same facts', async () => {
    const zoned = someHours({ zone: 'UTC', shifts: [] });
    const [service] = MONTH_DEFINITION.hotlines;
    const definition = someWatch({ hotlines: [{ ...(service ?? someHotline()), hours: zoned }] });
    // The same month, moved to the one in which the live Report of the tests is made.
    const byMs = Date.parse('2026-03-01T00:00:00Z') - shanghai('2026-10-01', '00:00');
    const facts = monthFacts()
      .map((fact) =>
        JSON.parse(JSON.stringify(fact), (key, value: unknown) =>
          /AtMs$|^atMs$|^(from|until)Ms$/.test(key) && typeof value === 'number' ? value + byMs : value,
        ),
      )
      .filter((fact) => fact.atMs < REPORT_AT_MS && fact.type !== 'blind');
    const live = someReport(facts, { seats: [] }, definition).hotlines[0];
    const document = await someDocument('month', '2026-03', {
      definition,
      sources: keptSources(sumsOf(definition, facts)),
      nowMs: REPORT_AT_MS,
    });
    const [kept] = document.hotlines;
    const { window: _window, ...figures } = live?.figures.find(({ window }) => window === 'month') ?? {
      window: 'month',
    };
    expect(Object.keys(figures)).not.toEqual([]);
    expect(kept?.figures).toMatchObject(figures);
    for (const target of live?.targets ?? []) {
      const rate = target.rates.find(({ window }) => window === 'month');
      const own = kept?.targets.find((one) => one.target === target.target);
      const { hits, misses, setAside, unknown, ratio, wilsonLow, wilsonHigh, guardK } = rate ?? {};
      expect(own).toMatchObject({
        hits,
        misses,
        setAside,
        unknown,
        ratio,
        wilsonLow,
        wilsonHigh,
        guardK,
        formula: target.formula,
      });
    }
    expect(kept?.figures.asked).toBeGreaterThan(5);
  });

  it('add up over the three months of a quarter', async () => {
    const [month, quarter] = await Promise.all([
      someDocument('month', '2026-10'),
      someDocument('quarter', '2026-Q4'),
    ]);
    expect(quarter.hotlines[0]?.figures).toEqual(month.hotlines[0]?.figures);
    expect(quarter.agents[0]?.listenedMonths.map(({ asNormAsks }) => asNormAsks)).toEqual([
      false,
      null,
      null,
    ]);
    expect(quarter.state).toBe('running');
  });

  it('have no verdict where the period began before the journal', async () => {
    const knownSinceMs = shanghai('2026-10-02', '07:30');
    const document = await someDocument('month', '2026-10', {
      sources: monthSources({ knownSinceMs: async () => knownSinceMs }),
    });
    expect(document.sinceMs).toBe(knownSinceMs);
    expect(
      new Set(document.hotlines.flatMap(({ targets }) => targets.map(({ verdict }) => verdict))),
    ).toEqual(new Set(['since']));
  });

  it('say that attempts and call-backs cannot be told where numbers are not kept', async () => {
    const sources = monthSources({
      openCallBacks: async () => undefined,
      lostCallers: async () => undefined,
    });
    const document = await someDocument('month', '2026-10', { sources });
    expect(document.callBacks).toBeNull();
    expect(document.hotlines[0]).toMatchObject({ attempts: null, lostCallers: null });
  });
});

describe('a day on which the clock changes', () => {
  const definition = someWatch({ hotlines: [someHotline({ hours: someHours({ zone: 'Europe/Berlin' }) })] });
  const callsEachHour = (from: string, hours: number) =>
    Array.from({ length: hours }, (_none, i) => {
      const atMs = Date.parse(from) + i * 3_600_000 + 60_000;
      return [
        opened({ atMs, reachedAtMs: atMs, uniqueid: `${i}` }),
        scored({ atMs, reachedAtMs: atMs, uniqueid: `${i}`, waitMs: 1_000 }),
      ];
    }).flat();

  it.each([
    ['2026-10-25', '2026-10-25T00:00:00+02:00', 25, 2],
    ['2026-03-29', '2026-03-29T00:00:00+01:00', 23, 0],
  ])('%s shows %s: %i hours, %i calls at two o’clock', async (key, from, hours, atTwo) => {
    const facts = callsEachHour(from, hours);
    const sources = keptSources(sumsOf(definition, facts));
    const document = await someDocument('day', key, { definition, sources });
    const [hotline] = document.hotlines;
    expect(hotline?.volume.reachedOpen).toBe(hours);
    expect(hotline?.hours.find(({ hour }) => hour === 2)?.calls).toBe(atTwo);
    expect(hotline?.hours.reduce((sum, { calls }) => sum + calls, 0)).toBe(hours);
  });
});

describe('a shift report', () => {
  it('says who led, who left too early and what is left open', async () => {
    const { shift } = await someDocument('shift', '2026-10-21 early', { hasRoster: true });
    expect(shift).toMatchObject({
      leader: 'Wang Fang',
      next: { key: '2026-10-21 late', leader: 'Liu Yang' },
      leftOpen: { callsNotOver: 0, callBacks: 3, callBacksOverdue: 2 },
    });
    expect(shift?.handOver).toMatchObject({
      judged: 1,
      findings: [{ agent: 'Li Na', successor: 'Sun Li', gapMs: 900_000 }],
    });
  });

  it('judges no hand-over without a roster', async () => {
    const { shift } = await someDocument('shift', '2026-10-21 early');
    expect(shift).toMatchObject({ leader: null, handOver: null });
  });

  it('shows its own hours in order of time, and says where an hour is not all its own', async () => {
    const shifts = [
      { name: 'half', fromMin: 390 },
      { name: 'late', fromMin: 1350 },
    ];
    const [service] = MONTH_DEFINITION.hotlines;
    const hours = { ...someHours({ zone: 'Asia/Shanghai' }), shifts };
    const definition = { ...MONTH_DEFINITION, hotlines: [{ ...(service ?? someHotline()), hours }] };
    const document = await someDocument('shift', '2026-10-21 late', { definition, sources: keptSources([]) });
    const own = document.hotlines[0]?.hours ?? [];
    expect(own.map(({ hour }) => hour)).toEqual([22, 23, 0, 1, 2, 3, 4, 5, 6]);
    expect(own.filter(({ shared }) => shared).map(({ hour }) => hour)).toEqual([22, 6]);
  });

  it('names the hotlines whose own hours have no such shift', async () => {
    const [service, emergency] = MONTH_DEFINITION.hotlines;
    const other = { ...(emergency ?? someHotline()), hours: someHours({ zone: 'Asia/Shanghai' }) };
    const definition = { ...MONTH_DEFINITION, hotlines: [service ?? someHotline(), other] };
    const document = await someDocument('shift', '2026-10-21 early', { definition });
    expect(document.hotlines.map(({ hotline }) => hotline)).toEqual(['service']);
    expect(document.sight.withoutThisShift).toEqual([{ pbx: 'north', hotline: 'emergency' }]);
  });
});

describe('hotlines that are no longer configured', () => {
  it('are named, for their calls are in no figure', async () => {
    const definition = { ...MONTH_DEFINITION, hotlines: MONTH_DEFINITION.hotlines.slice(1) };
    const { sight } = await someDocument('month', '2026-10', { definition, nowMs: MADE_AT_MS });
    expect(sight.notConfigured).toEqual([{ pbx: 'north', hotline: 'service' }]);
  });
});
