import { readdirSync } from 'node:fs';
import { assert, constantFrom, oneof, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventsOf } from '../../src/ami/recording.ts';
import { Exchange } from '../../src/exchange.ts';
import { maskDigitRuns } from '../../src/lib/mask.ts';
import type { LiveSeat } from '../../src/seats/live.ts';
import { readWhy, type Said, WHY, type WhyKey, whyText } from '../../src/seats/why.ts';
import { HABITS, INCIDENTS, planIncidents } from '../../src/simulator/faults.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { practiceDefinition } from '../simulation/day-definition.ts';
import { WatchedExchange } from '../simulation/watched-exchange.ts';
import { readTrace, type Trace } from '../traces/replay.ts';

const TRACES = new URL('../traces/', import.meta.url).pathname;
const STORIES = readdirSync(TRACES).filter((name) => name.endsWith('.ami'));
const START_MS = Date.UTC(2026, 10, 16, 2);

describe('every sentence that a seat says is read back', () => {
  test('in the recordings of real exchanges', () => {
    const said = new Set(STORIES.flatMap((name) => [...saidIn(readTrace(TRACES + name))]));
    expect(unknown(said)).toEqual([]);
    expect(kindsOf(said).size).toBeGreaterThan(15);
  });

  test.each([false, true])('in an hour of a simulated day, with faults: %s', async (faults) => {
    const definition = await practiceDefinition();
    const random = seededRandom(5);
    const untilMs = START_MS + 3_600_000;
    const incidents = faults
      ? planIncidents(random, { fromMs: START_MS + 60_000, untilMs }, 6, INCIDENTS)
      : [];
    const watched = new WatchedExchange({
      definition,
      seed: 5,
      startMs: START_MS,
      callsPerHour: 250,
      incidents,
      habits: faults ? HABITS : [],
    });
    const said = new Set<string>();
    for (let nowMs = START_MS; nowMs < untilMs; nowMs += 250) {
      watched.advanceTo(nowMs);
      hear(watched.pipeline.seats(), said);
    }
    expect(unknown(said)).toEqual([]);
    expect(kindsOf(said).size).toBeGreaterThan(7);
  });
});

describe('a sentence', () => {
  const name = oneof(
    string(),
    constantFrom('a s of queue b', 'offered a call', '$& (x', 'idle: paused: ', 'line\nbreak'),
  );
  const parts = record({
    queue: name,
    hotline: name,
    reason: name,
    agent: name,
    seconds: constantFrom(1, 30, 3600),
  });

  test.each(keysOf('why'))('%s is read back with all that is in it, whatever the names', (key) => {
    assert(
      property(
        parts,
        constantFrom(...keysOf('whom')),
        constantFrom(...keysOf('cause')),
        (names, whom, cause) => {
          const device = 'ringing-in-use';
          const inner = { ...names, device };
          const text = whyText(key, { ...inner, whom: whyText(whom, inner), cause: whyText(cause, inner) });
          const read = readWhy(text);
          expect(read && textOf(read)).toBe(text);
          expect(read?.key).toBe(key);
        },
      ),
    );
  });

  test('gives what is in it apart', () => {
    expect(readWhy('wrap-up 30 s of queue a s of queue b')).toEqual({
      key: 'why.wrap-up',
      parts: [
        ['seconds', '30'],
        ['queue', 'a s of queue b'],
      ],
    });
    expect(readWhy('idle: its device is on-hold')).toEqual({
      key: 'why.idle',
      parts: [['cause', { key: 'cause.device', parts: [['device', { key: 'device.on-hold', parts: [] }]] }]],
    });
  });

  test.each([
    '',
    'idle',
    'idle: of a later release',
    'phone asleep, says its device state',
    'pausing',
    'free',
  ])('that nobody says is none: %j', (text) => {
    expect(readWhy(text)).toBeUndefined();
  });
});

function saidIn({ definition, bytes }: Trace): ReadonlySet<string> {
  const [pbx] = definition.pbxs;
  if (pbx === undefined) throw new Error('a trace without an exchange');
  const events = eventsOf(bytes);
  const exchange = new Exchange(definition, pbx, {
    startedAtMs: events[0]?.atMs ?? 0,
    emit: () => undefined,
  });
  const said = new Set<string>();
  for (const event of events) {
    exchange.reduce(event);
    hear(exchange.seats.live(), said);
  }
  const endMs = (events.at(-1)?.atMs ?? 0) + 60_000;
  exchange.seats.advance(endMs);
  hear(exchange.seats.live(), said);
  exchange.reduce({ type: 'link-lost', pbxMs: endMs, atMs: endMs, lastHeardMs: endMs });
  hear(exchange.seats.live(), said);
  return said;
}

/** As the Report shows it. */
function hear(seats: Iterable<LiveSeat>, said: Set<string>): void {
  for (const { why } of seats) said.add(maskDigitRuns(why));
}

const unknown = (said: ReadonlySet<string>): string[] =>
  [...said].filter((text) => readWhy(text) === undefined);

function kindsOf(said: ReadonlySet<string>): ReadonlySet<string> {
  const kinds = (read: Said): string[] => [
    read.key,
    ...read.parts.flatMap(([, value]) => (typeof value === 'string' ? [] : kinds(value))),
  ];
  return new Set([...said].flatMap((text) => kinds(readWhy(text) ?? { key: 'why.idle', parts: [] })));
}

function keysOf(kind: string): WhyKey[] {
  return (Object.keys(WHY) as WhyKey[]).filter((key) => key.startsWith(`${kind}.`));
}

const textOf = ({ key, parts }: Said): string =>
  whyText(
    key,
    Object.fromEntries(
      parts.map(([name, value]) => [name, typeof value === 'string' ? value : textOf(value)]),
    ),
  );
