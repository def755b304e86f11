import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { eventsOf } from '../../src/ami/recording.ts';
import type { Fact, SeatInterval, SeatState } from '../../src/calls/facts.ts';
import { Exchange } from '../../src/exchange.ts';
import { readTrace, type Trace } from '../traces/replay.ts';

/**
 * Recordings of a real exchange, held against what the outside world's phones did by their own clock: no event of
 * the exchange says what is right here.
 */
const TRACES = new URL('../traces/', import.meta.url).pathname;
const NEAR_MS = 1000;
const LIVE: ReadonlySet<SeatState> = new Set(['ringing', 'dialling', 'talking', 'on-hold']);

const stories = readdirSync(TRACES).filter((name) => name.endsWith('.ami'));

describe('seats agree with the phones', () => {
  test.each(stories)('%s', (name) => {
    const trace = readTrace(TRACES + name);
    const intervals = replaySeats(trace);
    const phones = Map.groupBy(trace.truth.phones, (call) => `PJSIP/${call.phone}`);
    for (const seat of trace.definition.pbxs[0]?.seats ?? []) {
      const own = intervals.filter((one) => one.seat === seat.interface);
      const calls = phones.get(seat.interface) ?? [];
      expect(liveSpans(own), `${seat.interface} is busy`).toHaveLength(calls.length);
      for (const [index, call] of calls.entries()) {
        const [fromMs, untilMs] = liveSpans(own)[index] ?? [NaN, NaN];
        near(fromMs, call.fromMs, 'begins');
        near(untilMs, call.endMs, 'ends');
        if (call.upMs !== undefined && !call.dialling) {
          const ringing = own.find((one) => one.state === 'ringing' && one.atMs > call.fromMs);
          near(ringing?.atMs, call.upMs, 'is answered');
        }
        if (call.upMs === undefined) expect(statesIn(own, fromMs, untilMs)).toEqual(['ringing']);
        // While the exchange listens to a transfer's digits it holds the caller; the phone knows nothing of that.
        if (trace.truth.calls.some((truth) => (truth.transfers ?? 0) > 0)) continue;
        for (const hold of call.holds) {
          const held = own.find((one) => one.state === 'on-hold' && one.atMs > hold.fromMs);
          near(held?.fromMs, hold.fromMs, 'is held');
          near(held?.atMs, hold.untilMs, 'is held until');
        }
      }
    }
  });
});

function replaySeats({ definition, bytes }: Trace): SeatInterval[] {
  const [pbx] = definition.pbxs;
  if (pbx === undefined) throw new Error('a trace without an exchange');
  const events = eventsOf(bytes);
  const startedAtMs = events[0]?.atMs ?? 0;
  const intervals: SeatInterval[] = [];
  const emit = (fact: Fact): void => {
    if (fact.type === 'seat-interval') intervals.push(fact);
  };
  const exchange = new Exchange(definition, pbx, { startedAtMs, emit });
  for (const event of events) exchange.reduce(event);
  const endMs = (events.at(-1)?.atMs ?? 0) + 60_000;
  exchange.reduce({ type: 'link-lost', pbxMs: endMs, atMs: endMs, lastHeardMs: endMs });
  return intervals;
}

/** Times off the cradle or ringing, without a gap: `[from, until]`. */
function liveSpans(intervals: readonly SeatInterval[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const { state, fromMs, atMs } of intervals) {
    if (!LIVE.has(state)) continue;
    const last = spans.at(-1);
    if (last && last[1] === fromMs) last[1] = atMs;
    else spans.push([fromMs, atMs]);
  }
  return spans;
}

const statesIn = (intervals: readonly SeatInterval[], fromMs: number, untilMs: number): SeatState[] =>
  intervals.filter((one) => one.fromMs >= fromMs && one.atMs <= untilMs).map((one) => one.state);

function near(seenMs: number | undefined, trueMs: number | undefined, what: string): void {
  expect(Math.abs((seenMs ?? NaN) - (trueMs ?? NaN)), `${what}: off by ms`).toBeLessThan(NEAR_MS);
}
