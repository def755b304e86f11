import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkHandOver } from '../../src/roster/hand-over.ts';
import { timelines } from '../../src/roster/presence.ts';
import { Roster } from '../../src/roster/roster.ts';
import { rosterOf, sits } from './duties.ts';
import {
  check,
  END_MS,
  KNOWN_MIN,
  LI,
  MINUTE_MS,
  mins,
  off,
  right,
  SAME,
  span,
  UNSEEN,
  wrong,
  type Case,
} from './seat-spans.ts';

describe('the hand-over at one phone, where the exchange tells who is at it', () => {
  it.each<Case>([
    [
      'one logs out as the other logs in',
      [span('101', 'Li', -480, 0), span('101', 'Chen', 0, 120)],
      right(1),
    ],
    [
      '20 s between',
      [span('101', 'Li', -480, 0), off('101', 0, 1 / 3), span('101', 'Chen', 1 / 3, 120)],
      right(1),
    ],
    [
      'the other was half an hour early',
      [span('101', 'Li', -480, -30), span('101', 'Chen', -30, 120)],
      right(1),
    ],
    [
      'the other was late',
      [span('101', 'Li', -480, 0), off('101', 0, 3), span('101', 'Chen', 3, 120)],
      wrong('shift-end PJSIP/101 Li 0..3 180 s PJSIP/101'),
    ],
    [
      'one left an hour early',
      [span('101', 'Li', -480, -60), off('101', -60, 0), span('101', 'Chen', 0, 120)],
      wrong('shift-end PJSIP/101 Li -60..0 3600 s PJSIP/101'),
    ],
    [
      'nobody came',
      [span('101', 'Li', -480, -1), off('101', -1, 120)],
      wrong('shift-end PJSIP/101 Li -1..nobody 7260 s PJSIP/101'),
    ],
    [
      'out of the queue, the phone still there',
      [span('101', 'Li', -480, -2), span('101', 'Li', -2, 4, { queues: [] }), span('101', 'Chen', 4, 120)],
      wrong('shift-end PJSIP/101 Li -2..4 360 s PJSIP/101'),
    ],
    [
      'talking to the end, paused meanwhile',
      [
        span('101', 'Li', -480, -10),
        span('101', 'Li', -10, 1, { state: 'talking', pausedIn: ['service'] }),
        span('101', 'Chen', 1, 120),
      ],
      right(1),
    ],
    ['never there, so nothing to hand over', [off('101', -480, 5), span('101', 'Chen', 5, 120)], right(0)],
    ['not seen in between', [span('101', 'Li', -480, -5), span('101', 'Chen', 5, 120)], UNSEEN],
    [
      'told unknown in between',
      [
        span('101', 'Li', -480, -5),
        span('101', '', -5, 5, { state: 'unknown' }),
        span('101', 'Chen', 5, 120),
      ],
      UNSEEN,
    ],
    ['nothing is known of the seat', [], UNSEEN],
  ])('%s', (_what, spans, told) => {
    expect(check(SAME, spans)).toEqual(told);
  });
});

describe('the hand-over at one phone, where the exchange always tells the same name', () => {
  const desk = (from: number, until: number) => span('101', 'Desk', from, until);
  const helper = span('102', 'Helper', -480, 120);
  it.each<Case>([
    ['there all along', [desk(-480, 120)], right(1)],
    [
      'left before the end, and taken before it',
      [desk(-480, -4), off('101', -4, -1), desk(-1, 120)],
      wrong('shift-end PJSIP/101 Li -4..-1 180 s PJSIP/101'),
    ],
    [
      'left for a meal long before',
      [helper, desk(-480, -60), off('101', -60, -40), desk(-40, 120)],
      right(2),
    ],
    [
      'left for a meal, and again at the end',
      [helper, desk(-480, -60), off('101', -60, -40), desk(-40, -1), off('101', -1, 1), desk(1, 120)],
      { judged: 2, unseen: 0, findings: ['shift-end PJSIP/101 Li -1..1 120 s PJSIP/101'] },
    ],
  ])('%s', (_what, spans, told) => {
    expect(check(SAME, spans)).toEqual(told);
  });

  it('says nothing of what has not happened yet', () => {
    expect(check(SAME, [desk(-480, 0)], 0)).toEqual(right(0));
    expect(check(SAME, [desk(-480, 0), off('101', 0, 0.4)], 0.4)).toEqual(right(0));
    expect(check(SAME, [desk(-480, 0), off('101', 0, 5)], 5)).toEqual(
      wrong('shift-end PJSIP/101 Li 0..nobody 300 s PJSIP/101'),
    );
  });

  it('asks nothing of who stays for two shifts', () => {
    const duties = [LI, sits('thu', 'late', '101', 'Li')];
    expect(check(duties, [desk(-480, 0), off('101', 0, 10), desk(10, 120)])).toEqual(right(0));
  });

  it('asks for no successor where the next shift has none', () => {
    expect(check([LI], [desk(-480, -5), off('101', -5, 120)])).toEqual(right(0));
  });
});

describe('days on which the clock changes', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28T21:00:00Z', '2026-03-29T04:00:00Z', 7],
    ['Europe/Berlin', '2026-10-24T20:00:00Z', '2026-10-25T05:00:00Z', 9],
    ['Asia/Shanghai', '2026-03-28T14:00:00Z', '2026-03-28T22:00:00Z', 8],
  ])('%s: the night of %s ends at %s', (zone, from, until, hours) => {
    const duties = [sits('sat', 'night', '101', 'Zhao'), sits('sun', 'early', '101', 'Li')];
    const roster = new Roster(rosterOf(duties, zone));
    const [fromMs, untilMs] = [Date.parse(from), Date.parse(until)];
    const shift = roster.shiftAt(untilMs - 1);
    expect([shift.fromMs, shift.untilMs - shift.fromMs]).toEqual([fromMs, hours * 60 * MINUTE_MS]);
    const lateMs = untilMs + 4 * MINUTE_MS;
    const spans = [
      { ...span('101', 'Zhao', 0, 0), fromMs, atMs: untilMs },
      { ...off('101', 0, 0), fromMs: untilMs, atMs: lateMs },
      { ...span('101', 'Li', 0, 0), fromMs: lateMs, atMs: lateMs + 60 * MINUTE_MS },
    ];
    const { judged, findings } = checkHandOver(roster, shift, spans, lateMs + 60 * MINUTE_MS);
    expect(judged).toBe(1);
    expect(findings).toMatchObject([{ leftAtMs: untilMs, relievedAtMs: lateMs, gapMs: 4 * MINUTE_MS }]);
  });
});

describe('whatever the seats do', () => {
  const state = fc.constantFrom('idle', 'talking', 'paused', 'offline', 'unknown', 'ringing');
  const anySpan = fc.record({
    seat: fc.constantFrom('101', '102', '103'),
    agent: fc.constantFrom('Li', 'Chen', ''),
    from: fc.integer({ min: -500, max: 130 }),
    length: fc.integer({ min: 0, max: 200 }),
    state,
    queues: fc.subarray(['service', 'emergency']),
  });
  const duties = [...SAME, sits('thu', 'early', '102', 'Sun'), sits('thu', 'late', '103', 'Ma')];

  it('no gap is shorter than is tolerated, negative, or outside of what is known', () => {
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 25 }), (told) => {
        const spans = told.map(({ seat, agent, from, length, ...over }) =>
          span(seat, agent, from, from + length, over),
        );
        const roster = new Roster(rosterOf(duties));
        const shift = roster.shiftAt(END_MS - 1);
        const { findings } = checkHandOver(roster, shift, spans, mins(KNOWN_MIN));
        for (const { leftAtMs, gapMs, relievedAtMs } of findings) {
          expect(gapMs).toBeGreaterThan(30_000);
          expect(leftAtMs).toBeGreaterThanOrEqual(shift.fromMs);
          expect(leftAtMs + gapMs).toBeLessThanOrEqual(mins(KNOWN_MIN));
          expect((relievedAtMs ?? mins(KNOWN_MIN)) - leftAtMs).toBe(gapMs);
        }
      }),
    );
  });

  it.each([
    ['there', (seat: string) => span(seat, 'Desk', -480, KNOWN_MIN)],
    ['away', (seat: string) => off(seat, -480, KNOWN_MIN)],
  ])('a finding stays one when all that was not seen turns out to have been %s', (_what, fill) => {
    const seats = ['101', '102', '103'];
    const told = fc.array(anySpan, { maxLength: 15 }).map((all) =>
      all
        .filter((one) => one.state !== 'unknown')
        .map(({ seat, from, length, state }) => span(seat, 'Desk', from, from + length, { state }))
        // One after the other, so that what fills the holes fills nothing else.
        .toSorted((a, b) => a.fromMs - b.fromMs),
    );
    fc.assert(
      fc.property(told, (spans) => {
        const lines = timelines(spans, mins(-480), mins(KNOWN_MIN));
        const holes = seats.flatMap((seat) => {
          const line = lines.find((one) => one.seat === `PJSIP/${seat}`);
          const unseen = line?.stretches.filter(({ presence }) => presence === 'unseen');
          return unseen?.map(({ fromMs, untilMs }) => ({ ...fill(seat), fromMs, atMs: untilMs })) ?? [];
        });
        const { findings } = check(SAME, [...spans, ...holes]);
        expect(findings).toEqual(expect.arrayContaining(check(SAME, spans).findings));
      }),
      { numRuns: 300 },
    );
  });
});
