import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClosingReason } from '../../src/attempts/call-back-closing.ts';
import { callBacksOf, openCallBackOf, type CallerHistory } from '../../src/attempts/call-backs.ts';
import { at, call, callsOfOne, DAY_MS, HOUR_MS, MINUTE_MS, outbound, shuffled } from './calls.ts';
import { closing, history, rules } from './histories.ts';

describe('whatever happened', () => {
  const begin = at('2026-03-27T20:00:00Z');
  const instants = fc.integer({ min: 0, max: 12 * DAY_MS }).map((ms) => begin + ms);
  const tries = fc
    .array(fc.tuple(instants, fc.constantFrom(0, 9999, 10_000, 10 * MINUTE_MS)), { maxLength: 6 })
    .map((drawn) =>
      drawn.map(([atMs, talkMs], index) => outbound(atMs, talkMs, { uniqueid: `try-${index}` })),
    );
  const closings = fc
    .array(fc.tuple(instants, fc.constantFrom<ClosingReason>('could-not-be-reached', 'other')), {
      maxLength: 3,
    })
    .map((drawn) => drawn.map(([atMs, reason]) => closing(atMs, reason)));
  const histories: fc.Arbitrary<CallerHistory> = fc.record({
    calls: callsOfOne(['gas', 'bills']),
    outbounds: tries,
    closings,
  });
  const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Shanghai', 'America/Santiago');

  it('its order changes nothing', () => {
    const orders = histories.chain((one) =>
      fc.tuple(
        fc.constant(one),
        fc.record({
          calls: shuffled(one.calls),
          outbounds: shuffled(one.outbounds),
          closings: shuffled(one.closings),
        }),
      ),
    );
    fc.assert(
      fc.property(orders, zones, ([one, other], zone) => {
        expect(callBacksOf(other, rules({}, zone))).toEqual(callBacksOf(one, rules({}, zone)));
      }),
    );
  });

  it('at most the last is open, none overlap, and each call is in one at most', () => {
    fc.assert(
      fc.property(histories, zones, (one, zone) => {
        const entries = callBacksOf(one, rules({}, zone));
        expect(entries.slice(0, -1).filter(({ end }) => end === undefined)).toEqual([]);
        const edges = entries.flatMap(({ openedAtMs, end }) => [openedAtMs, end?.atMs ?? Infinity]);
        expect(edges).toEqual(edges.toSorted((a, b) => a - b));
        const lost = entries.flatMap((entry) => entry.lost.map(({ uniqueid }) => uniqueid));
        expect(new Set(lost).size).toBe(lost.length);
      }),
    );
  });

  it('a lost call is owed until something settles it that the norm names', () => {
    fc.assert(
      fc.property(histories, zones, (one, zone) => {
        for (const lost of openCallBackOf(one, rules({}, zone))?.owed ?? []) {
          const talked = one.outbounds.filter(
            ({ talkMs, endedAtMs }) => talkMs >= 10_000 && endedAtMs >= lost.closedAtMs,
          );
          const through = one.calls.filter(
            ({ hotline, outcome, reachedAtMs }) =>
              hotline === lost.hotline &&
              (outcome === 'answered' || outcome === 'self-served') &&
              reachedAtMs > lost.reachedAtMs,
          );
          const said = one.closings.filter(
            ({ atMs, reason }) => reason === 'other' && atMs >= lost.closedAtMs,
          );
          expect([talked, through, said]).toEqual([[], [], []]);
        }
      }),
    );
  });

  it('nobody asked for is owed nothing, and who asked last in vain is owed', () => {
    fc.assert(
      fc.property(histories, zones, (one, zone) => {
        const endMs = begin + 60 * DAY_MS;
        const vain = call(endMs, 'abandoned', { uniqueid: 'vain' });
        const open = openCallBackOf({ ...one, calls: [...one.calls, vain] }, rules({}, zone));
        expect(open?.owed).toContain(vain);
      }),
    );
  });

  it('who was tried on two dates of the calendar may be given up, and nobody else', () => {
    const dateIn = (zone: string, atMs: number): string =>
      new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(atMs);
    const around = fc.constantFrom(
      '2026-03-08T05:00:00Z',
      '2026-03-29T00:00:00Z',
      '2026-09-06T04:00:00Z',
      '2026-10-25T00:00:00Z',
      '2026-11-01T04:00:00Z',
    );
    const offsets = fc.array(fc.integer({ min: 0, max: 30 * HOUR_MS }), { maxLength: 4 });
    fc.assert(
      fc.property(around, offsets, zones, (text, after, zone) => {
        const calls = [call(at(text), 'blocked', { closedAtMs: at(text) })];
        const outbounds = after.map((ms) => outbound(at(text) + ms, 0));
        const open = openCallBackOf(history({ calls, outbounds }), rules({}, zone));
        const dates = new Set(outbounds.map(({ startedAtMs }) => dateIn(zone, startedAtMs)));
        expect([open?.daysTried, open?.mayBeGivenUp]).toEqual([dates.size, dates.size >= 2]);
      }),
    );
  });
});
