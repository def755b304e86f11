import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { eventsOf } from '../../src/ami/recording.ts';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { readTrace, type Trace } from '../traces/replay.ts';
import { evidenceDifferences } from './evidence-differences.ts';
import { pictureAfter } from './picture-at.ts';
import { untruths } from './untruths.ts';
import { WatchedCalls } from './watched-calls.ts';

const FOLDER = join(import.meta.dirname, '../traces');
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.ami') && !name.includes('.all.'));

/** The recording with everything between two of its instants unheard, and the lists read where we hear again. */
function withGap(trace: Trace, events: readonly PbxEvent[], from: number, until: number): Fact[] {
  const watched = new WatchedCalls(trace.definition);
  const take = (event: PbxEvent): void => expect(watched.take(event)).toBe(0);
  for (const event of events.slice(0, from)) take(event);
  const lostMs = (events[from - 1] ?? events[0])?.pbxMs ?? 0;
  take({ type: 'link-lost', pbxMs: lostMs, atMs: lostMs, lastHeardMs: lostMs });
  const heardMs = (events[until - 1]?.pbxMs ?? lostMs) + 0.5;
  take(pictureAfter(events.slice(0, until), heardMs));
  for (const event of events.slice(until)) take(event);
  expect(watched.exchange.kept).toBe(0);
  return watched.facts;
}

test.each(RECORDINGS)('%s over a gap anywhere: nothing untrue, every book closed', (name) => {
  const trace = readTrace(join(FOLDER, name));
  const events = eventsOf(trace.bytes);
  const instant = double({ min: 0, max: 1, noNaN: true });
  assert(
    property(instant, instant, (one, other) => {
      const [from, until] = [one, other]
        .map((part) => Math.round(part * events.length))
        .toSorted((a, b) => a - b);
      const facts = withGap(trace, events, from ?? 0, until ?? 0);
      expect(untruths(trace, facts)).toEqual([]);
      expect(evidenceDifferences(facts)).toEqual([]);
      const ids = facts.map(({ id }) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
