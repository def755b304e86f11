import { describe, expect, it } from 'vitest';
import type { RosterDefinition } from '../../src/hotlines/definition.ts';
import { at, Floor } from './floor.ts';

const SEAT = 'PJSIP/101';
const away = (floor: Floor): readonly string[] => floor.spans('away');

describe('a seat that is away', () => {
  it('is so after twenty minutes unreachable without a pause, since it was gone', () => {
    const floor = new Floor(30);
    floor.seat(SEAT);
    floor.until(40);
    floor.seat(SEAT, { state: 'offline' });
    floor.until(59.5);
    expect(away(floor)).toEqual([]);
    floor.until(60);
    expect(away(floor)).toEqual([`${SEAT} 40 to -`]);
    floor.seat(SEAT, { state: 'idle' });
    floor.until(61);
    expect(away(floor)).toEqual([`${SEAT} 40 to ${60 + 1 / 6}`]);
  });

  it('may be paused for as long as the reason allows', () => {
    const floor = new Floor(30);
    floor.seat(SEAT);
    floor.until(31);
    floor.pause(SEAT, 'Lunch');
    floor.until(75);
    expect(away(floor)).toEqual([]);
    floor.until(77);
    expect(away(floor)).toEqual([`${SEAT} 31 to -`]);
  });

  it('may be paused twenty minutes for a reason nobody listed', () => {
    const floor = new Floor(30);
    floor.seat(SEAT);
    floor.until(31);
    floor.pause(SEAT, 'smoke');
    floor.until(52);
    expect(away(floor)).toEqual([`${SEAT} 31 to -`]);
  });

  it('is nobody’s absence before opening: the time counts from then on', () => {
    const floor = new Floor(-60);
    floor.seat(SEAT);
    floor.until(-50);
    floor.seat(SEAT, { state: 'offline' });
    floor.until(19);
    expect(away(floor)).toEqual([]);
    floor.until(21);
    expect(away(floor)).toEqual([`${SEAT} 0 to -`]);
  });

  it('is not asked for where it was not on duty in the last twelve hours', () => {
    const floor = new Floor(30);
    floor.seat(SEAT, { state: 'offline' });
    floor.until(90);
    expect(away(floor)).toEqual([]);
  });

  it('is not judged anew while we are blind', () => {
    const floor = new Floor(30);
    floor.seat(SEAT);
    floor.seat('PJSIP/102');
    floor.until(31);
    floor.seat(SEAT, { state: 'offline' });
    floor.until(52);
    expect(away(floor)).toEqual([`${SEAT} 31 to -`]);
    floor.isSeen = false;
    floor.seat('PJSIP/102', { state: 'offline' });
    floor.seat(SEAT, { state: 'unknown' });
    floor.until(90);
    expect(away(floor)).toEqual([`${SEAT} 31 to -`]);
  });
});

describe('with a roster', () => {
  const roster = (until: string): RosterDefinition => ({
    hash: until,
    zone: 'UTC',
    shifts: [
      { name: 'early', fromMin: 6 * 60 },
      { name: 'late', fromMin: 9 * 60 },
    ],
    duties: [
      { day: 'tue', shift: 'early', role: 'seat', pbx: 'north', seat: SEAT, agent: 'Ann' },
      { day: 'tue', shift: 'late', role: 'seat', pbx: 'north', seat: SEAT, agent: 'Bob' },
      { day: 'tue', shift: 'late', role: 'seat', pbx: 'north', seat: 'PJSIP/102', agent: 'Cid' },
    ],
  });

  it('asks for the seats the running shift names, seen before or not, from its beginning on', () => {
    const floor = new Floor(30, { roster: roster('one') });
    floor.seat(SEAT);
    floor.seat('PJSIP/102', { state: 'offline' });
    floor.seat('PJSIP/103');
    floor.until(31);
    floor.seat('PJSIP/103', { state: 'offline' });
    floor.until(79);
    expect(away(floor)).toEqual([]);
    floor.until(81);
    // 9 o'clock, an hour after opening.
    expect(away(floor)).toEqual(['PJSIP/102 60 to -']);
  });

  it('tells a seat that was left at the end of a shift before its successor came, while it happens', () => {
    const floor = new Floor(30, { roster: roster('two') });
    const told = (agent: string, state: 'idle' | 'offline', from: number, until: number): void =>
      floor.breaches.hear({
        type: 'seat-interval',
        id: `${SEAT}/${from}`,
        pbx: 'north',
        atMs: at(until),
        seat: SEAT,
        agent,
        state,
        busyWith: undefined,
        reason: '',
        fromMs: at(from),
        queues: state === 'idle' ? ['support'] : [],
        pausedIn: [],
      });
    floor.seat('PJSIP/102');
    floor.seat(SEAT, { agent: 'Ann' });
    floor.until(58);
    told('Ann', 'idle', 30, 58);
    floor.seat(SEAT, { agent: '', state: 'offline', memberships: new Map() });
    floor.until(62);
    expect(floor.spans('hand-over-gap')).toEqual([`${SEAT} 58 to -`]);
    told('', 'offline', 58, 62);
    floor.seat(SEAT, {
      agent: 'Bob',
      state: 'idle',
      memberships: new Map([['support', { status: 1, paused: false }]]),
    });
    floor.until(63);
    expect(floor.spans('hand-over-gap')).toEqual([`${SEAT} 58 to 62`]);
    expect(floor.of('hand-over-gap')).toMatchObject([{ agent: 'Ann' }]);
  });
});
