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
const AT_ONCE_MS = 200;
const LIVE: ReadonlySet<SeatState> = new Set(['ringing', 'dialling', 'talking', 'on-hold']);

type PhoneCall = Trace['truth']['phones'][number];

const stories = readdirSync(TRACES).filter((name) => name.endsWith('.ami'));

describe('seats agree with the phones', () => {
  test.each(stories)('%s', (name) => {
    const trace = readTrace(TRACES + name);
    const intervals = replaySeats(trace);
    // While the exchange listens to a transfer's digits it holds the caller; the phone knows nothing of that.
    const transfers = trace.truth.calls.some((truth) => (truth.transfers ?? 0) > 0);
    const phones = Map.groupBy(trace.truth.phones, (call) => `PJSIP/${call.phone}`);
    for (const seat of trace.definition.pbxs[0]?.seats ?? []) {
      const own = joined(intervals.filter((one) => one.seat === seat.interface));
      // A phone that refuses at once does not ring for any time worth telling.
      const calls = (phones.get(seat.interface) ?? []).filter(
        (call) => (call.endMs ?? Infinity) - call.fromMs > AT_ONCE_MS,
      );
      const spans = liveSpans(own).filter(([fromMs, untilMs]) => untilMs - fromMs > AT_ONCE_MS);
      expect(spans, `${seat.interface} is busy`).toHaveLength(calls.length);
      for (const [index, call] of calls.entries()) holdAgainst(call, own, spans[index], transfers);
    }
  });
});

/** One call of a phone against the intervals of its seat. */
function holdAgainst(
  call: PhoneCall,
  own: readonly SeatInterval[],
  [fromMs, untilMs]: readonly [number, number] = [NaN, NaN],
  transfers: boolean,
): void {
  near(fromMs, call.fromMs, 'begins');
  near(untilMs, call.endMs, 'ends');
  const ringing = own.find((one) => one.state === 'ringing' && one.atMs > call.fromMs);
  if (!call.dialling) near(ringing?.atMs, call.upMs ?? call.endMs, 'is answered, or rings to the end');
  if (transfers) return;
  for (const hold of call.holds) {
    const held = own.find((one) => one.state === 'on-hold' && one.atMs > hold.fromMs);
    near(held?.fromMs, hold.fromMs, 'is held');
    near(held?.atMs, hold.untilMs, 'is held until');
  }
}

/** A change of queues, or of what is known of the caller, splits an interval: to the phone it is one. */
function joined(own: readonly SeatInterval[]): SeatInterval[] {
  const whole: SeatInterval[] = [];
  for (const one of own) {
    const last = whole.at(-1);
    const goesOn = last?.atMs === one.fromMs && last.state === one.state;
    if (last && goesOn) whole.splice(-1, 1, { ...last, atMs: one.atMs });
    else whole.push(one);
  }
  return whole;
}

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

function near(seenMs: number | undefined, trueMs: number | undefined, what: string): void {
  expect(Math.abs((seenMs ?? NaN) - (trueMs ?? NaN)), `${what}: off by ms`).toBeLessThan(NEAR_MS);
}
