import { beforeAll, expect, it, vi } from 'vitest';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { planIncidents } from '../../src/simulator/faults.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { practiceDefinition } from './day-definition.ts';
import { WatchedExchange } from './watched-exchange.ts';

const START_MS = Date.UTC(2026, 10, 16, 1);
const MINUTE_MS = 60_000;
/** Timers ring in whole milliseconds, and each step of a call takes some. */
const SAME_MS = 250;

let definition: WatchDefinition;
beforeAll(async () => {
  definition = await practiceDefinition();
});

it.each([1, 2, 3])('every call of a seat to a number outside is told once, as it was, hour %i', (seed) => {
  const watched = new WatchedExchange({ definition, seed, startMs: START_MS, callsPerHour: 300 });
  const written = vi.spyOn(watched.book, 'write');
  watched.advanceTo(START_MS + 60 * MINUTE_MS);
  watched.pbx.stopTraffic();
  watched.advanceTo(START_MS + 110 * MINUTE_MS);
  const truly = written.mock.calls
    .flatMap(([intent]) => (intent.kind === 'outbound' && intent.atMs > START_MS ? [intent] : []))
    .map(({ seat, number, talkMs }) => ({ seat, number, talkS: Math.round(talkMs / 1000) }));
  const told = watched.book.facts
    .flatMap((fact) => (fact.type === 'outbound-ended' ? [fact] : []))
    .toSorted((one, other) => one.startedAtMs - other.startedAtMs);
  expect(truly.length).toBeGreaterThan(5);
  expect(told.map(({ seat, number }) => ({ seat, number: number.reveal() }))).toEqual(
    truly.map(({ seat, number }) => ({ seat, number })),
  );
  expect(told.map(({ answered }) => answered)).toEqual(truly.map(({ talkS }) => talkS > 0));
  for (const [place, { talkMs }] of told.entries()) {
    expect(Math.abs(talkMs - (truly[place]?.talkS ?? 0) * 1000)).toBeLessThan(500 + SAME_MS);
  }
});

const KINDS = ['cut', 'half-message', 'silence', 'restart', 'crash'] as const;

it.each([1, 2, 3, 4])('nothing untrue is told of one that lived through gaps, hour %i', (seed) => {
  const hour = { fromMs: START_MS + MINUTE_MS, untilMs: START_MS + 60 * MINUTE_MS };
  const incidents = planIncidents(seededRandom(seed), hour, 12, KINDS);
  const watched = new WatchedExchange({ definition, seed, startMs: START_MS, callsPerHour: 300, incidents });
  const written = vi.spyOn(watched.book, 'write');
  watched.advanceTo(START_MS + 60 * MINUTE_MS);
  watched.pbx.stopTraffic();
  watched.advanceTo(START_MS + 110 * MINUTE_MS);
  const truly = written.mock.calls.flatMap(([intent]) => (intent.kind === 'outbound' ? [intent] : []));
  const { facts } = watched.book;
  const told = facts.flatMap((fact) => (fact.type === 'outbound-ended' ? [fact] : []));
  const blind = facts.flatMap((fact) => (fact.type === 'blind' ? [fact] : []));
  expect(blind.length).toBeGreaterThan(4);
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  let throughGaps = 0;
  for (const { seat, number, answered, talkMs, startedAtMs, atMs } of told) {
    // How long a channel lives that began unseen is told in whole seconds.
    const isIt = (one: (typeof truly)[number]): boolean =>
      one.seat === seat && Math.abs(one.atMs - startedAtMs) < 1500 && one.number === number.reveal();
    const [own, ...more] = truly.filter(isIt);
    expect([own, ...more]).toEqual([expect.anything()]);
    if (!own) continue;
    expect(answered).toBe(own.talkMs > 0);
    expect(talkMs).toBeLessThan(own.talkMs + 500 + SAME_MS);
    const isThrough = blind.some(({ fromMs, untilMs }) => fromMs < atMs && untilMs > startedAtMs);
    throughGaps += Number(isThrough);
    expect(talkMs).toBeGreaterThan(isThrough ? -1 : own.talkMs - 500 - SAME_MS);
  }
  expect(throughGaps).toBeGreaterThan(0);
  expect(watched.pipeline.exchange(PRACTICE_PBX)?.kept).toBe(0);
});
