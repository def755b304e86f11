import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../src/ami/recording.ts';
import { readTrace } from '../traces/replay.ts';
import { evidenceDifferences } from './evidence-differences.ts';
import { unfrozen, WatchedCalls } from './watched-calls.ts';

const FOLDER = join(import.meta.dirname, '../traces');
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.ami'));

describe.each(RECORDINGS)('%s', (name) => {
  const { definition, bytes } = readTrace(join(FOLDER, name));
  const events = eventsOf(bytes);
  const watched = new WatchedCalls(definition);
  const unbalanced = events.filter((event) => watched.take(event) !== 0);
  const { facts } = watched;

  it('keeps its books after every event', () => {
    expect(unbalanced).toEqual([]);
  });

  it('gives every fact an id of its own', () => {
    const ids = facts.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('freezes every fact, through and through', () => {
    expect(unfrozen(facts)).toEqual([]);
  });

  it('tells of each call what decided it', () => {
    expect(evidenceDifferences(facts)).toEqual([]);
  });

  it('tells no number of a caller', () => {
    const numbers = new Set(
      events.flatMap((event) =>
        event.type === 'channel-created' && /\d{7}/.test(event.callerNumber) ? [event.callerNumber] : [],
      ),
    );
    const told = JSON.stringify(facts);
    expect([...numbers].filter((number) => told.includes(number))).toEqual([]);
  });

  it('tells each talk of a person once', () => {
    // Who parks a caller may have it again later, but not out of the queue.
    const talks = facts.flatMap((fact) =>
      fact.type === 'talk-ended' ? [`${fact.uniqueid} with ${fact.seat} of ${fact.queue}`] : [],
    );
    expect(talks.filter((talk, index) => talks.indexOf(talk) !== index)).toEqual([]);
  });

  it('names the queue of every talk that came out of one', () => {
    const answered = facts.filter((fact) => fact.type === 'queue-ended' && fact.end === 'answered');
    const talks = facts.filter((fact) => fact.type === 'talk-ended' && fact.queue !== '');
    expect(talks).toHaveLength(answered.length);
  });

  it('keeps nothing of channels that are gone', () => {
    expect(watched.exchange.openCalls).toBe(0);
    expect(watched.exchange.openChannels).toBe(0);
    expect(watched.exchange.kept).toBe(0);
  });
});
