import { describe, expect, it } from 'vitest';
import { callBackSchema, type CallBackSettings } from '../../src/attempts/call-back-settings.ts';
import type { CallBack } from '../../src/attempts/call-back.ts';
import { callBacksOf, openCallBackOf, type CallerHistory } from '../../src/attempts/call-backs.ts';
import { OUTCOMES } from '../../src/calls/facts.ts';
import { at, call, DAY_MS, HOUR_MS, MINUTE_MS, outbound } from './calls.ts';
import { closing, history, rules } from './histories.ts';

const T = at('2026-05-04T09:00:00+08:00');
const minutes = (count: number): number => T + count * MINUTE_MS;
const of = (over: Partial<CallerHistory>, settings: Partial<CallBackSettings> = {}) =>
  callBacksOf(history(over), rules(settings)).map(({ end }) => end?.how ?? 'open');

describe('what opens a call-back (norm.md section 4)', () => {
  it.each(OUTCOMES.map((outcome) => [outcome] as const))('asked for a person, and: %s', (outcome) => {
    const opens = ['abandoned', 'unanswered', 'dropped', 'blocked', 'voicemail'].includes(outcome);
    expect(of({ calls: [call(T, outcome, { asked: true })] })).toEqual(opens ? ['open'] : []);
    expect(of({ calls: [call(T, outcome, { asked: false })] })).toEqual([]);
  });

  it('a voicemail after hours too, though it is through for the chain', () => {
    expect(of({ calls: [call(T, 'voicemail', { hours: 'closed' })] })).toEqual(['open']);
    expect(of({ calls: [call(T, 'abandoned'), call(minutes(9), 'voicemail', { hours: 'closed' })] })).toEqual(
      ['open'],
    );
  });

  it('short abandons, unless a setting says no', () => {
    const calls = [call(T, 'abandoned', { short: true })];
    expect(of({ calls })).toEqual(['open']);
    expect(of({ calls }, { shortAbandons: false })).toEqual([]);
    expect(of({ calls: [...calls, call(minutes(5), 'abandoned')] }, { shortAbandons: false })).toEqual([
      'open',
    ]);
  });

  it('nobody without a number', () => {
    expect(of({ calls: [call(T, 'abandoned', { caller: '' })] })).toEqual([]);
  });

  it('not what was lost in an attempt that had got through', () => {
    expect(of({ calls: [call(T, 'answered'), call(minutes(2), 'abandoned')] })).toEqual([]);
    expect(of({ calls: [call(T, 'answered'), call(minutes(3), 'abandoned')] })).toEqual(['open']);
  });

  it('not what a call that ended sooner had made good', () => {
    const waiting = call(T, 'abandoned', { closedAtMs: minutes(9) });
    expect(of({ calls: [waiting, call(minutes(4), 'answered', { closedAtMs: minutes(8) })] })).toEqual([]);
  });

  it('once a caller, however often they tried and wherever', () => {
    const calls = [0, 10, 20, 5000].map((minute) => call(minutes(minute), 'abandoned'));
    const [entry, ...others] = callBacksOf(
      history({ calls: [...calls, call(minutes(30), 'blocked', { hotline: 'bills' })] }),
      rules(),
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ openedAtMs: T + 30_000, caller: 'ann', end: undefined, daysTried: 0 });
    expect(entry?.lost).toHaveLength(5);
  });
});

describe('what closes it', () => {
  const lost = call(T, 'abandoned');

  it.each([
    ['answered and talked 10 s', 10_000, 'outbound'],
    ['answered and talked less', 9999, 'open'],
    ['not answered', 0, 'open'],
  ])('an outbound call, %s', (_name, talkMs, how) => {
    expect(of({ calls: [lost], outbounds: [outbound(minutes(30), talkMs)] })).toEqual([how]);
  });

  it('the seconds are a setting', () => {
    expect(of({ calls: [lost], outbounds: [outbound(minutes(30), 10_000)] }, { leastTalkS: 11 })).toEqual([
      'open',
    ]);
  });

  it('no outbound call from before it was owed, but a talk that outlasted the wait', () => {
    expect(of({ calls: [lost], outbounds: [outbound(T - HOUR_MS, 60_000)] })).toEqual(['open']);
    const meanwhile = outbound(T + 10_000, 60_000);
    expect(of({ calls: [lost], outbounds: [meanwhile] })).toEqual(['outbound']);
    const vain = outbound(T + 20_000, 0);
    expect(openCallBackOf(history({ calls: [lost], outbounds: [vain] }), rules())?.tries).toEqual([]);
  });

  it.each([
    ['answered', 'open', 'through'],
    ['self-served', 'open', 'through'],
    ['voicemail', 'closed', 'open'],
    ['unknown', 'open', 'open'],
  ] as const)('the caller getting through: %s, %s hours', (outcome, hours, how) => {
    const later = call(T + 5 * DAY_MS, outcome, { hours, asked: false });
    expect(of({ calls: [lost, later] })).toEqual([how]);
  });

  it('getting through to another hotline leaves this one owed', () => {
    const calls = [lost, call(minutes(5), 'blocked', { hotline: 'bills' })];
    const bills = call(minutes(20), 'answered', { hotline: 'bills' });
    const open = openCallBackOf(history({ calls: [...calls, bills] }), rules());
    expect(open?.owed).toEqual([lost]);
    expect(of({ calls: [...calls, bills, call(minutes(30), 'answered')] })).toEqual(['through']);
    expect(of({ calls, outbounds: [outbound(minutes(30), 60_000)] })).toEqual(['outbound']);
  });

  it('not the end of a long talk that began before the caller was lost on a second line', () => {
    const talk = call(T, 'answered', { closedAtMs: minutes(60) });
    expect(of({ calls: [talk, call(minutes(20), 'abandoned')] })).toEqual(['open']);
  });

  it('a person with a reason, by name', () => {
    const [entry] = callBacksOf(
      history({ calls: [lost], closings: [closing(minutes(60), 'not-wanted')] }),
      rules(),
    );
    expect(entry?.end).toMatchObject({ how: 'person', atMs: minutes(60), closing: { by: 'Lea' } });
  });

  it('whatever comes first; what is lost afterwards is a new one', () => {
    expect(
      of({
        calls: [lost, call(minutes(40), 'answered'), call(minutes(90), 'dropped')],
        outbounds: [outbound(minutes(30), 60_000)],
        closings: [closing(minutes(100), 'other')],
      }),
    ).toEqual(['outbound', 'person']);
  });
});

describe('"could not be reached"', () => {
  const said = (
    zone: string,
    lostAt: string,
    tries: readonly string[],
    saidAt: string,
  ): CallBack | undefined =>
    callBacksOf(
      history({
        calls: [call(at(lostAt), 'abandoned')],
        outbounds: tries.map((text) => outbound(at(text), 0)),
        closings: [closing(at(saidAt))],
      }),
      rules({}, zone),
    )[0];

  it.each([
    ['Asia/Shanghai', '2026-05-04T09:00:00+08:00', [], 0],
    [
      'Asia/Shanghai',
      '2026-05-04T09:00:00+08:00',
      ['2026-05-04T10:00:00+08:00', '2026-05-04T23:59:59+08:00'],
      1,
    ],
    [
      'Asia/Shanghai',
      '2026-05-04T09:00:00+08:00',
      ['2026-05-04T23:59:59+08:00', '2026-05-05T00:00:00+08:00'],
      2,
    ],
    [
      'Asia/Shanghai',
      '2026-05-04T09:00:00+08:00',
      ['2026-05-04T08:00:00+08:00', '2026-05-05T10:00:00+08:00'],
      1,
    ],
    // 24 h 30 min apart and one day: it has 25 hours.
    [
      'Europe/Berlin',
      '2026-10-24T20:00:00+02:00',
      ['2026-10-25T00:10:00+02:00', '2026-10-25T23:40:00+01:00'],
      1,
    ],
    // 23 h 20 min apart and two days: the one between has 23 hours.
    [
      'Europe/Berlin',
      '2026-03-28T20:00:00+01:00',
      ['2026-03-28T23:50:00+01:00', '2026-03-30T00:10:00+02:00'],
      2,
    ],
    [
      'America/New_York',
      '2026-11-01T00:00:00-04:00',
      ['2026-11-01T00:30:00-04:00', '2026-11-01T23:59:00-05:00'],
      1,
    ],
    [
      'America/New_York',
      '2026-03-08T00:00:00-05:00',
      ['2026-03-08T01:30:00-05:00', '2026-03-09T00:00:00-04:00'],
      2,
    ],
    // Midnight is what leaps here: the day begins at 01:00.
    [
      'America/Santiago',
      '2026-09-05T12:00:00-04:00',
      ['2026-09-05T23:59:00-04:00', '2026-09-06T01:00:00-03:00'],
      2,
    ],
  ] as const)('in %s, lost %s, tried %j: %i days', (zone, lostAt, tries, days) => {
    const entry = said(zone, lostAt, tries, '2026-12-01T00:00:00Z');
    expect(entry).toMatchObject({
      daysTried: days,
      mayBeGivenUp: days >= 2,
      refused: { length: days >= 2 ? 0 : 1 },
    });
    expect(entry?.end?.how).toBe(days >= 2 ? 'person' : undefined);
  });

  it('may not be said before the second day, however the day goes on', () => {
    const days = ['2026-05-04T10:00:00+08:00', '2026-05-05T10:00:00+08:00'];
    const entry = said('Asia/Shanghai', '2026-05-04T09:00:00+08:00', days, '2026-05-04T18:00:00+08:00');
    expect(entry).toMatchObject({ end: undefined, mayBeGivenUp: true, refused: { length: 1 } });
  });

  it('another reason needs no attempts', () => {
    expect(of({ calls: [call(T, 'blocked')], closings: [closing(minutes(1), 'reached-otherwise')] })).toEqual(
      ['person'],
    );
  });
});

describe('the settings', () => {
  it('have defaults of the norm', () => {
    expect(callBackSchema.parse(undefined)).toEqual({
      leastTalkS: 10,
      reachWithinH: 72,
      shortAbandons: true,
    });
  });
});
