import { describe, expect, it } from 'vitest';
import { callBackSharesOf } from '../../src/attempts/call-back-share.ts';
import { callBackSummaryOf } from '../../src/attempts/call-back-summary.ts';
import { standingOf } from '../../src/attempts/call-back.ts';
import { callBacksOf, openCallBackOf } from '../../src/attempts/call-backs.ts';
import { at, call, DAY_MS, HOUR_MS, MINUTE_MS, outbound } from './calls.ts';
import { closing, history, rules } from './histories.ts';

const T = at('2026-05-04T09:00:00+08:00');
const minutes = (count: number): number => T + count * MINUTE_MS;

describe('its age', () => {
  const lost = call(T, 'abandoned', { closedAtMs: T });
  const open = (emergency: boolean) => openCallBackOf(history({ calls: [{ ...lost, emergency }] }), rules());

  it.each([
    [false, 0, false],
    [false, 72 * HOUR_MS - 1, false],
    [false, 72 * HOUR_MS, true],
    [true, 0, true],
  ])('emergency %s, after %i ms: overdue %s', (emergency, ageMs, overdue) => {
    const entry = open(emergency);
    expect(entry && standingOf(entry, T + ageMs)).toEqual({ ageMs, overdue });
  });

  it('an emergency among other calls makes it overdue, until it got through', () => {
    const emergency = call(minutes(5), 'blocked', { emergency: true, hotline: 'leaks' });
    const calls = [lost, emergency];
    const owed = openCallBackOf(history({ calls }), rules());
    expect(owed).toMatchObject({ emergency: true, openedAtMs: T, dueAtMs: emergency.closedAtMs });
    const settled = [...calls, call(minutes(9), 'answered', { hotline: 'leaks' })];
    expect(openCallBackOf(history({ calls: settled }), rules({ reachWithinH: 24 }))).toMatchObject({
      emergency: false,
      dueAtMs: T + 24 * HOUR_MS,
    });
  });

  it.each([
    ['reachedInTime', 'call-backs', false, { outbounds: [outbound(minutes(30), 60_000)] }],
    ['reachedLate', 'call-backs', false, { outbounds: [outbound(T + 72 * HOUR_MS, 60_000)] }],
    ['reachedLate', 'call-backs-emergency', true, { outbounds: [outbound(minutes(1), 60_000)] }],
    ['closedOtherwise', 'call-backs', false, { closings: [closing(minutes(1), 'other')] }],
    [
      'couldNotBeReached',
      'call-backs',
      false,
      {
        outbounds: [outbound(minutes(30), 0), outbound(T + DAY_MS, 0)],
        closings: [closing(T + 2 * DAY_MS)],
      },
    ],
  ] as const)('ended it counts as %s of %s', (column, series, emergency, over) => {
    const entries = callBacksOf(history({ calls: [{ ...lost, emergency }], ...over }), rules());
    expect(callBackSharesOf(entries.map(callBackSummaryOf))).toEqual([
      { pbx: 'hq', subject: 'hotline', name: 'gas', series, atMs: T, add: { ended: 1, [column]: 1 } },
    ]);
  });

  it('open it is in no sum', () => {
    const entries = callBacksOf(history({ calls: [lost] }), rules());
    expect(callBackSharesOf(entries.map(callBackSummaryOf))).toEqual([]);
  });
});

describe('its summary', () => {
  it('names what was lost and tried, the latest first, and no caller', () => {
    const calls = Array.from({ length: 25 }, (_, index) => call(minutes(5 * index), 'abandoned'));
    const outbounds = [outbound(minutes(200), 0), outbound(T + DAY_MS, 0)];
    const entry = openCallBackOf(history({ calls, outbounds }), rules());
    const summary = entry && callBackSummaryOf(entry);
    expect(summary).toMatchObject({
      pbx: 'hq',
      hotline: 'gas',
      reachedAtMs: T,
      firstCall: calls[0]?.uniqueid,
      openedAtMs: calls[0]?.closedAtMs,
      lostCalls: 25,
      lastLostAtMs: calls.at(-1)?.closedAtMs,
      lastOutcome: 'abandoned',
      tries: 2,
      lastTry: { atMs: T + DAY_MS, agent: 'Bea', answered: false },
      daysTried: 2,
      mayBeGivenUp: true,
      bucket: undefined,
      end: null,
    });
    expect(summary?.calls[0]?.uniqueid).toBe(calls.at(-1)?.uniqueid);
    expect(summary?.calls).toHaveLength(20);
    expect(JSON.stringify(summary)).not.toContain('ann');
  });

  it.each([
    ['outbound', 'Bea', null, { outbounds: [outbound(minutes(30), 60_000)] }],
    ['through', '', null, { calls: [call(minutes(30), 'answered')] }],
    ['person', 'Lea', 'not-wanted', { closings: [closing(minutes(30), 'not-wanted')] }],
  ] as const)('ended by %s it says who and why', (how, by, reason, over) => {
    const calls = [call(T, 'blocked'), ...('calls' in over ? over.calls : [])];
    const [entry] = callBacksOf(history({ ...over, calls }), rules());
    expect(entry && callBackSummaryOf(entry).end).toMatchObject({ how, by, reason, note: '' });
  });
});
