import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { HABITS, INCIDENTS, planIncidents } from '../../src/simulator/faults.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { decodeBody, encodeBody, type StoredFact } from '../../src/store/compact.ts';
import { homeOf } from '../../src/store/fact-home.ts';
import type { SourcedFact } from '../../src/store/merge.ts';
import { packBody, unpackBody } from '../../src/store/sqlite-body.ts';
import { practiceDefinition } from '../simulation/day-definition.ts';
import { WatchedExchange } from '../simulation/watched-exchange.ts';
import { readTrace, replay } from '../traces/replay.ts';

const FOLDER = join(import.meta.dirname, '../traces');
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.ami'));
const MOST_BYTES = 1024;
/** A morning on which everything befalls the exchange and the link that may. */
const DAY = { fromMs: Date.UTC(2026, 10, 16, 1), untilMs: Date.UTC(2026, 10, 16, 3) };
const BEFALLS = 16;

interface Stored {
  readonly owner: { readonly pbx: string; readonly uniqueid: string };
  readonly facts: readonly SourcedFact<StoredFact>[];
}

/** What stands in the body of each hotline call. */
function storedOf(facts: readonly Fact[]): Stored[] {
  const kept = facts.filter((fact) => fact.type !== 'caller-heard');
  const ofCall = (uniqueid: string): StoredFact[] =>
    (byCall.get(uniqueid) ?? []).filter((fact) => homeOf(fact).table !== 'fact');
  const byCall = Map.groupBy(kept, (fact) => {
    const home = homeOf(fact);
    return 'uniqueid' in home ? home.uniqueid : '';
  });
  return kept.flatMap((fact): Stored[] => {
    if (fact.type !== 'call-opened') return [];
    const { pbx, uniqueid } = fact;
    return [
      {
        owner: { pbx, uniqueid },
        facts: ofCall(uniqueid).map((one) => ({ fact: one, source: 'seen' })),
      },
    ];
  });
}

describe('a call of a real exchange', () => {
  it.each(RECORDINGS)('%s: takes at most a kilobyte as text, and comes back as it was', (name) => {
    for (const { owner, facts } of storedOf(replay(readTrace(join(FOLDER, name))))) {
      const body = encodeBody(owner, facts);
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MOST_BYTES);
      expect(decodeBody(owner, body)).toEqual(facts);
    }
  });
});

it('a call of a bad day takes at most a kilobyte, and comes back as it was', async () => {
  const watched = new WatchedExchange({
    definition: await practiceDefinition(),
    seed: 7,
    startMs: DAY.fromMs,
    callsPerHour: 300,
    habits: HABITS,
    incidents: planIncidents(seededRandom(7), DAY, BEFALLS, INCIDENTS),
  });
  watched.advanceTo(DAY.untilMs);
  const stored = storedOf(watched.book.facts);
  expect(stored.length).toBeGreaterThan(300);
  const tooLong = stored.filter(({ owner, facts }) => {
    const body = packBody(owner, facts);
    expect(unpackBody(owner, body)).toEqual(facts);
    return Buffer.byteLength(body as string | Uint8Array) > MOST_BYTES;
  });
  expect(tooLong).toEqual([]);
});

it('reads an older body, in which an instant between two milliseconds is written out', () => {
  const owner = { pbx: 'north', uniqueid: '1795287962.0' };
  const body =
    '["1795287962143.638",["gas"],[[0,0,0,-1,0,0,0,0,0,0,0],[1,"1795287962146.063",0,-1,0,0,null]]]';
  const [opened, decided] = decodeBody(owner, body).map(({ fact }) => fact);
  expect(opened).toMatchObject({ type: 'call-opened', hotline: 'gas', atMs: 1_795_287_962_143.638 });
  expect(decided).toMatchObject({ type: 'call-decided', what: 'picked-up', atMs: 1_795_287_962_146.063 });
});
