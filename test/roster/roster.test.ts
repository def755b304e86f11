import { describe, expect, it } from 'vitest';
import { Roster } from '../../src/roster/roster.ts';
import { leads, rosterOf, sits } from './duties.ts';

const at = (text: string): number => Date.parse(text);
const HOUR_MS = 3_600_000;

/** 2026-10-01 is a Thursday. */
const roster = new Roster(
  rosterOf([
    leads('thu', 'early', 'Wang Fang'),
    leads('thu', 'late', 'Liu Yang'),
    leads('2026-10-01', 'early', 'Ma Li'),
    leads('2026-10-01', 'late', ''),
    sits('thu', 'early', '101', 'Li Na'),
    sits('thu', 'early', '102', 'Chen Jie'),
    sits('thu', 'night', '101', 'Zhao Min'),
    sits('2026-10-01', 'early', '101', 'Sun Li'),
    sits('2026-10-01', 'early', '102', ''),
    sits('2026-10-01', 'early', '103', 'Zhou Wei'),
  ]),
);

describe('Roster', () => {
  it.each([
    ['a weekday', '2026-09-24 early', 'Wang Fang'],
    ['a date in its place', '2026-10-01 early', 'Ma Li'],
    ['nobody on a date', '2026-10-01 late', undefined],
    ['a shift nobody is named for', '2026-09-24 night', undefined],
    ['a day nobody is named for', '2026-09-25 early', undefined],
    ['what is no shift', '2026-09-24', undefined],
    ['what is no key at all', '', undefined],
  ])('knows who leads: %s', (_what, key, leader) => {
    expect(roster.whoLeads(key)).toBe(leader);
  });

  it('names the seats of a shift, those of a date in place of the same ones of its weekday', () => {
    expect(roster.seatsOf('2026-09-24 early')).toEqual([
      { pbx: 'hq', seat: 'PJSIP/101', agent: 'Li Na' },
      { pbx: 'hq', seat: 'PJSIP/102', agent: 'Chen Jie' },
    ]);
    expect(roster.seatsOf('2026-10-01 early')).toEqual([
      { pbx: 'hq', seat: 'PJSIP/101', agent: 'Sun Li' },
      { pbx: 'hq', seat: 'PJSIP/103', agent: 'Zhou Wei' },
    ]);
    expect(roster.seatsOf('2026-09-25 early')).toEqual([]);
  });

  it.each([
    ['in a shift', '101', '2026-09-24T06:00:00+08:00', 'Li Na'],
    ['just before it', '101', '2026-09-24T05:59:59.999+08:00', undefined],
    ['just after it', '101', '2026-09-24T14:00:00+08:00', undefined],
    ['in the night, by the day it began on', '101', '2026-09-25T05:59:00+08:00', 'Zhao Min'],
    ['on a date', '101', '2026-10-01T10:00:00+08:00', 'Sun Li'],
    ['at a seat that stays empty on a date', '102', '2026-10-01T10:00:00+08:00', undefined],
    [
      'in the night of a date that only has an early shift of its own',
      '101',
      '2026-10-01T23:00:00+08:00',
      'Zhao Min',
    ],
    ['at a seat nobody is named for', '300', '2026-09-24T10:00:00+08:00', undefined],
  ])('knows who sits at a seat %s', (_what, seat, instant, agent) => {
    expect(roster.agentAt('hq', `PJSIP/${seat}`, at(instant))).toBe(agent);
    expect(roster.agentAt('north', `PJSIP/${seat}`, at(instant))).toBeUndefined();
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T00:30:00Z', '2026-03-28 night', 7],
    ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-24 night', 9],
    ['America/New_York', '2026-11-01T06:30:00Z', '2026-10-31 night', 9],
    ['Asia/Shanghai', '2026-03-28T18:00:00Z', '2026-03-28 night', 8],
  ])('keeps who is on duty in %s while the clock changes (%s)', (zone, instant, key, hours) => {
    const sunday = new Roster(rosterOf([sits('sat', 'night', '101', 'Zhao Min')], zone));
    const shift = sunday.shiftAt(at(instant));
    expect(shift.key).toBe(key);
    expect(shift.untilMs - shift.fromMs).toBe(hours * HOUR_MS);
    for (let atMs = shift.fromMs; atMs < shift.untilMs; atMs += HOUR_MS / 2) {
      expect(sunday.agentAt('hq', 'PJSIP/101', atMs)).toBe('Zhao Min');
    }
    expect(sunday.agentAt('hq', 'PJSIP/101', shift.fromMs - 1)).toBeUndefined();
    expect(sunday.agentAt('hq', 'PJSIP/101', shift.untilMs)).toBeUndefined();
  });
});
