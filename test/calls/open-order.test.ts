import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { eventsOf } from '../../src/ami/recording.ts';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { differences } from '../pbx/truth.ts';
import { readTrace, type Trace } from '../traces/replay.ts';
import { reordered } from './open-order.ts';
import { WatchedCalls } from './watched-calls.ts';

const FOLDER = join(import.meta.dirname, '../traces');
/** Filtered streams only: what the product sees. */
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.ami') && !name.includes('.all.'));

/** What is told in whatever order the exchange told it, without instants: a race moves those by milliseconds. */
function said(facts: readonly Fact[]): string[] {
  return facts
    .flatMap((fact) => {
      if (fact.type === 'talk-ended') return [`talk ${fact.queue} ${fact.seat} ${fact.endedBy}`];
      if (fact.type === 'ring-no-answer') return [`refused ${fact.queue} ${fact.seat}`];
      if (fact.type === 'queue-ended') return [`left ${fact.queue} ${fact.end} ${fact.seat} ${fact.agent}`];
      if (fact.type === 'breach') return [`breach ${fact.breach}`];
      return fact.type === 'seat-interval' ? [] : [fact.type];
    })
    .toSorted();
}

function factsOf({ definition }: Trace, events: readonly PbxEvent[]): Fact[] {
  const watched = new WatchedCalls(definition);
  for (const event of events) expect(watched.take(event)).toBe(0);
  expect(watched.exchange.kept).toBe(0);
  return watched.facts;
}

test.each(RECORDINGS)('%s tells the same in every order that Asterisk leaves open', (name) => {
  const trace = readTrace(join(FOLDER, name));
  const events = eventsOf(trace.bytes);
  const recorded = said(factsOf(trace, events));
  assert(
    property(array(nat(9), { minLength: 1, maxLength: 150, size: 'max' }), (picks) => {
      const facts = factsOf(trace, reordered(events, picks));
      expect(differences(trace.truth, facts)).toEqual([]);
      expect(said(facts)).toEqual(recorded);
    }),
    { numRuns: 25 },
  );
});
