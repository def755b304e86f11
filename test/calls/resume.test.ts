import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assert, double, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventsOf } from '../../src/ami/recording.ts';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { readTrace, type Trace } from '../traces/replay.ts';
import { leftOpen } from './left-open.ts';
import { pictureAfter } from './picture-at.ts';
import { WatchedCalls } from './watched-calls.ts';

const FOLDER = join(import.meta.dirname, '../traces');
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.ami') && !name.includes('.all.'));

/**
 * Seats begin anew with every run. Of a phone whose channel began just before the end, and which nobody was told to
 * have dialled yet, the lists tell the age in whole seconds.
 */
const ofCalls = (facts: readonly Fact[]): object[] =>
  facts
    .filter(({ type }) => type !== 'seat-interval')
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
  expect(restarted.resume(left, lostMs, before)).toEqual({ resumed: left.length, refused: 0, dropped: 0 });
  const heardMs = (events[until - 1]?.pbxMs ?? lostMs) + 0.5;
  for (const event of [pictureAfter(events.slice(0, until), heardMs), ...events.slice(until)]) {
    take(whole, event);
    take(restarted, event);
  }
  expect(restarted.exchange.kept).toBe(0);
  return [ofCalls(whole.facts).slice(ofCalls(before).length), ofCalls(restarted.facts)];
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
});
