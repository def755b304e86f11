import * as fc from 'fast-check';
import type { AttemptCall, OutboundTry } from '../../src/attempts/attempt-call.ts';
import { OUTCOMES, type Outcome } from '../../src/calls/facts.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const at = (text: string): number => Date.parse(text);

let made = 0;

/** A call of 30 s in open hours by one caller who asked for a person; all else by `over`. */
export function call(reachedAtMs: number, outcome: Outcome, over: Partial<AttemptCall> = {}): AttemptCall {
  return {
    pbx: 'hq',
    uniqueid: `call-${++made}`,
    hotline: 'gas',
    caller: 'ann',
    reachedAtMs,
    closedAtMs: reachedAtMs + 30_000,
    outcome,
    hours: 'open',
    emergency: false,
    asked: outcome !== 'self-served',
    short: false,
    ...over,
  };
}

/** A try at calling back that rang for 20 s, or was talked for `talkMs` after 5 s. */
export function outbound(startedAtMs: number, talkMs: number, over: Partial<OutboundTry> = {}): OutboundTry {
  const answered = talkMs > 0;
  return {
    pbx: 'hq',
    uniqueid: `out-${++made}`,
    caller: 'ann',
    agent: 'Bea',
    startedAtMs,
    endedAtMs: startedAtMs + (answered ? 5000 + talkMs : 20_000),
    answered,
    talkMs,
    ...over,
  };
}

/** Instants that lie about each other as the rules have them: within an attempt, at its edge, within a day, at its edge. */
const gapsMs = fc.oneof(
  fc.constantFrom(0, 1000, 3 * MINUTE_MS - 1, 3 * MINUTE_MS, DAY_MS - 1, DAY_MS),
  fc.integer({ min: 0, max: 5 * MINUTE_MS }),
  fc.integer({ min: 0, max: 2 * DAY_MS }),
);

export interface Drawn {
  readonly gapMs: number;
  readonly lengthMs: number;
  readonly outcome: Outcome;
  readonly closed: boolean;
  readonly emergency: boolean;
  readonly asked: boolean;
  readonly hotline: string;
}

/** Calls of one caller from a fixed day on, in order; their ends overlap as they will. */
export const callsOfOne = (hotlines: readonly string[]): fc.Arbitrary<readonly AttemptCall[]> =>
  fc
    .array(
      fc.record<Drawn>({
        gapMs: gapsMs,
        lengthMs: fc.integer({ min: 0, max: 10 * MINUTE_MS }),
        outcome: fc.constantFrom(...OUTCOMES),
        closed: fc.boolean(),
        emergency: fc.boolean(),
        asked: fc.boolean(),
        hotline: fc.constantFrom(...hotlines),
      }),
      { minLength: 1, maxLength: 14 },
    )
    .map((drawn) => {
      let reachedAtMs = at('2026-03-27T20:00:00Z');
      return drawn.map(({ gapMs, lengthMs, outcome, closed, ...rest }, index) => {
        reachedAtMs += gapMs;
        const closedAtMs = reachedAtMs + lengthMs;
        const hours = closed ? 'closed' : 'open';
        return call(reachedAtMs, outcome, {
          ...rest,
          closedAtMs,
          hours,
          uniqueid: `drawn-${String(index).padStart(2, '0')}`,
        });
      });
    });

/** The same things in another order. */
export const shuffled = <Item>(items: readonly Item[]): fc.Arbitrary<readonly Item[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
