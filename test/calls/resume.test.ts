import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assert, double, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventsOf } from '../../src/ami/recording.ts';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { readTrace, type Trace } from '../traces/replay.ts';
import { evidenceDifferences } from './evidence-differences.ts';
import { leftOpen } from './left-open.ts';
import { pictureAfter } from './picture-at.ts';
import { untruths } from './untruths.ts';
import { WatchedCalls } from './watched-calls.ts';

const FOLDER = join(import.meta.dirname, '../traces');
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.ami') && !name.includes('.all.'));

/**
 * Seats begin anew with every run. Of a phone whose channel began just before the end, and which nobody was told to
 * have dialled yet, the lists tell the age in whole seconds.
 */
const ofCalls = (facts: readonly Fact[]): object[] =>
  facts
    .filter(({ type }) => type !== 'seat-interval' && type !== 'listened')
    .map((fact) => (fact.type === 'ring-no-answer' ? { ...fact, ringMs: 'about' } : fact));

/** What is told from the snapshot on: by one that watched all the while with a gap, and by one that was started in it. */
function bothWays(
  trace: Trace,
  events: readonly PbxEvent[],
  from: number,
  until: number,
): [object[], object[]] {
  const whole = new WatchedCalls(trace.definition);
  const take = (watched: WatchedCalls, event: PbxEvent): void => expect(watched.take(event)).toBe(0);
  take(whole, pictureAfter([], (events[0]?.pbxMs ?? 0) - 60_000));
  for (const event of events.slice(0, from)) take(whole, event);
  const lostMs = events[from - 1]?.pbxMs ?? 0;
  const before = [...whole.facts];
  const left = leftOpen(whole);
  take(whole, { type: 'link-lost', pbxMs: lostMs, atMs: lostMs, lastHeardMs: lostMs });
  const restarted = new WatchedCalls(trace.definition);
  // Of callers from inside those are kept too who have nothing left to tell.
  expect(restarted.resume(left, lostMs, before)).toMatchObject({ refused: 0, dropped: 0 });
  const heardMs = (events[until - 1]?.pbxMs ?? lostMs) + 0.5;
  for (const event of [pictureAfter(events.slice(0, until), heardMs), ...events.slice(until)]) {
    take(whole, event);
    take(restarted, event);
  }
  expect(restarted.exchange.kept).toBe(0);
  return [ofCalls(whole.facts).slice(ofCalls(before).length), ofCalls(restarted.facts)];
}

/**
 * What a run that began anew tells, and what the one before had told, where the journal's last states are older than
 * its last facts: calls that began in between have none, of callers from inside one is left that are gone.
 */
function withOldStates(
  trace: Trace,
  events: readonly PbxEvent[],
  kept: number,
  until: number,
): [Fact[], Fact[]] {
  const first = new WatchedCalls(trace.definition);
  for (const event of events.slice(0, kept)) first.take(event);
  const states = new Map(leftOpen(first).map((call) => [call.uniqueid, call]));
  for (const event of events.slice(kept, until)) first.take(event);
  for (const fact of first.facts) {
    if (fact.type === 'call-closed') states.delete(fact.record.uniqueid);
    else if (fact.type === 'call-opened' && !states.has(fact.uniqueid))
      states.set(fact.uniqueid, { uniqueid: fact.uniqueid, state: null });
  }
  const over = new Set(
    first.facts.flatMap((fact) => (fact.type === 'call-closed' ? [fact.record.uniqueid] : [])),
  );
  const left = [...states.values()].filter(({ uniqueid }) => !over.has(uniqueid));
  const next = new WatchedCalls(trace.definition);
  const lostMs = events[until - 1]?.pbxMs ?? 0;
  next.resume(left, lostMs, first.facts);
  for (const event of [pictureAfter(events.slice(0, until), lostMs + 0.5), ...events.slice(until)])
    expect(next.take(event)).toBe(0);
  expect(next.exchange.kept).toBe(0);
  return [[...first.facts], [...next.facts]];
}

describe.each(RECORDINGS)('%s', (name) => {
  const trace = readTrace(join(FOLDER, name));
  const events = eventsOf(trace.bytes);
  test('a restart after any event is a gap of an instant', () => {
    for (let place = 0; place <= events.length; place++) {
      const [whole, restarted] = bothWays(trace, events, place, place);
      expect(restarted, `after event ${place}`).toEqual(whole);
    }
  });

  test('a restart after which a part was missed is a gap', () => {
    const instant = double({ min: 0, max: 1, noNaN: true });
    assert(
      property(instant, instant, (one, other) => {
        const [from = 0, until = 0] = [one, other]
          .map((part) => Math.round(part * events.length))
          .toSorted((a, b) => a - b);
        const [whole, restarted] = bothWays(trace, events, from, until);
        expect(restarted).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  test('nothing is told twice where the states are older than the facts, nor untruly', () => {
    const instant = double({ min: 0, max: 1, noNaN: true });
    assert(
      property(instant, instant, (one, other) => {
        const [kept = 0, until = 0] = [one, other]
          .map((part) => Math.round(part * events.length))
          .toSorted((a, b) => a - b);
        const [before, after] = withOldStates(trace, events, kept, until);
        const ids = new Set(before.map(({ id }) => id));
        expect(after.filter(({ id, type }) => type !== 'seat-interval' && ids.has(id))).toEqual([]);
        expect(untruths(trace, [...before, ...after])).toEqual([]);
        expect(evidenceDifferences([...before, ...after])).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

test('a caller from inside whose state was never kept leaves no book open', () => {
  const trace = readTrace(join(FOLDER, 'internal-caller.ami'));
  const events = eventsOf(trace.bytes);
  for (let until = 0; until <= events.length; until++) {
    const [before, after] = withOldStates(trace, events, 0, until);
    const told = [...before, ...after];
    const count = (type: Fact['type']): number => told.filter((fact) => fact.type === type).length;
    expect(count('queue-ended')).toBe(count('queue-entered'));
  }
});
