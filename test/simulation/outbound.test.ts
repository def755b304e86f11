import { beforeAll, expect, it, vi } from 'vitest';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
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
