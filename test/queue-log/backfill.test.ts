import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { backfill } from '../../src/queue-log/backfill.ts';
import type { QueueLogReading } from '../../src/queue-log/queue-log-calls.ts';
import { DAY, MergedFacts, PBX, readingOf, someTerms, watchedDay } from './day.ts';
import { untruths } from './untruths.ts';

const TRUTH = watchedDay();
/** Of a call that a colleague picked up the log names whose phone rang: nothing tells whose call that was. */
const LOG = DAY.log.replaceAll(/^.*\|picked-up\|.*\n/gm, '');
const READING = readingOf(LOG);
const FIRST_MS = DAY.events[0]?.pbxMs ?? 0;
const LENGTH_MS = (DAY.events.at(-1)?.pbxMs ?? 0) - FIRST_MS;

interface Gap {
  readonly fromMs: number;
  readonly untilMs: number;
}
/** Seconds of the day. */
const gapOf = (fromS: number, untilS: number): Gap => ({
  fromMs: FIRST_MS + fromS * 1000,
  untilMs: FIRST_MS + untilS * 1000,
});

/** Everything the log tells of a gap, one reading after the other, taken into what is known. */
function fill(merged: MergedFacts, gap: Gap, reading: QueueLogReading, isFinal = true): Fact[] {
  const { startsS } = reading;
  const rules = { unseen: gap, isFinal, extensionLength: 4, hotline: undefined, startsS };
  return reading.calls.flatMap((logged) => {
    const told = backfill(merged.call(PBX, logged.uniqueid), logged, someTerms(), rules);
    if (typeof told === 'string') return [];
    merged.add(told, 'backfilled');
    return told;
  });
}

const watched = (gap: Gap): MergedFacts => new MergedFacts().add(watchedDay(gap), 'seen');

const outcomesOf = (facts: readonly Fact[]): Map<string, string> =>
  new Map(
    facts.flatMap((fact) =>
      fact.type === 'call-closed' ? [[fact.record.uniqueid, fact.record.outcome]] : [],
    ),
  );

const someInstantMs = fc.integer({ min: 0, max: Math.ceil(LENGTH_MS) });
const someGap = fc
  .tuple(someInstantMs, someInstantMs)
  .map((instants) => instants.toSorted((a, b) => a - b))
  .map(([fromMs = 0, untilMs = 0]) => gapOf(fromMs / 1000, untilMs / 1000));

describe('a recorded day with a gap in it, filled from the queue_log', () => {
  it('says nothing untrue, takes nothing back, and told again says nothing more', () => {
    fc.assert(
      fc.property(someGap, (gap) => {
        const merged = watched(gap);
        const before = outcomesOf(merged.all());
        const told = fill(merged, gap, READING);
        expect(untruths(told, TRUTH)).toEqual([]);
        const after = outcomesOf(merged.all());
        const known = [...before].filter(([, outcome]) => outcome !== 'unknown');
        expect(known.filter(([call, outcome]) => after.get(call) !== outcome)).toEqual([]);
        expect(fill(merged, gap, READING)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('says the same in whatever pieces and order the log is read, and however much of it at first', () => {
    const gap = gapOf(3, 25);
    const whole = watched(gap);
    fill(whole, gap, READING);
    const seen = watchedDay(gap);
    const { length } = LOG;
    fc.assert(
      fc.property(fc.nat(length), fc.nat(length), fc.boolean(), (cut, from, isTurned) => {
        const merged = new MergedFacts().add(seen, 'seen');
        // The log as it was when the exchange had written so much of it.
        fill(merged, gap, readingOf(LOG.slice(0, LOG.lastIndexOf('\n', cut) + 1)), false);
        const at = LOG.lastIndexOf('\n', cut) + 1;
        const pieces = [LOG.slice(0, at), LOG.slice(LOG.lastIndexOf('\n', Math.min(at, from)) + 1)];
        fill(merged, gap, readingOf(...(isTurned ? pieces.toReversed() : pieces)));
        expect(byId(merged.all())).toEqual(byId(whole.all()));
      }),
      { numRuns: 60 },
    );
  });

  it('knows of every caller whom a seat of a queue answered, or who hung up in one', () => {
    const gap = gapOf(2, LENGTH_MS / 1000 + 5);
    const merged = watched(gap);
    fill(merged, gap, READING);
    const after = outcomesOf(merged.all());
    const truth = outcomesOf(TRUTH);
    const logged = READING.calls.filter(({ stages }) => {
      const ends = stages.map(({ end }) => end);
      return ends.includes('answered') || ends.at(-1) === 'hang-up';
    });
    const isHotlines = ({ uniqueid }: { readonly uniqueid: string }): boolean => truth.has(uniqueid);
    const told = logged.filter(isHotlines).map(({ uniqueid }) => [uniqueid, after.get(uniqueid)]);
    expect(told.length).toBeGreaterThan(25);
    expect(told).toEqual(logged.filter(isHotlines).map(({ uniqueid }) => [uniqueid, truth.get(uniqueid)]));
  });

  it('leaves what happened after a timeout, a key or a withdrawal unknown', () => {
    const gap = gapOf(2, LENGTH_MS / 1000 + 5);
    const merged = watched(gap);
    fill(merged, gap, READING);
    const after = outcomesOf(merged.all());
    const passedOn = READING.calls.filter(({ stages }) => {
      const ends = stages.map(({ end }) => end);
      return !ends.includes('answered') && ends.at(-1) !== 'hang-up';
    });
    expect(passedOn.length).toBeGreaterThan(5);
    for (const { uniqueid } of passedOn) expect(after.get(uniqueid)).toBe('unknown');
    const ends = merged.all().flatMap((fact) => (fact.type === 'queue-ended' ? [fact.end] : []));
    expect(ends.filter((end) => end === 'timeout').length).toBeGreaterThan(3);
  });

  it('names whose phone rang where a colleague picked the call up, unless the talk was seen', () => {
    const answeredBy = (fromS: number, untilS: number): string | undefined => {
      const merged = watched(gapOf(fromS, untilS));
      fill(merged, gapOf(fromS, untilS), readingOf(DAY.log));
      const closed = merged
        .all()
        .filter((fact) => fact.type === 'call-closed' && fact.hotline === 'picked-up');
      return closed.map((fact) => fact.type === 'call-closed' && fact.record.answer?.agent).join();
    };
    expect(answeredBy(2, 60)).toBe('Agent 1611');
    expect(answeredBy(2, 10)).toBe('Agent 1612');
  });

  it('brings in nobody who called from inside', () => {
    const gap = gapOf(0, LENGTH_MS / 1000 + 5);
    const merged = watched(gap);
    const told = fill(merged, gap, READING);
    expect(told.some(({ type }) => type === 'call-opened')).toBe(true);
    const inside = READING.calls
      .filter(({ callerNumber }) => callerNumber.length === 4)
      .map((call) => call.uniqueid);
    expect(inside.length).toBeGreaterThan(0);
    expect(told.filter((fact) => 'uniqueid' in fact && inside.includes(fact.uniqueid))).toEqual([]);
  });
});

const byId = (facts: readonly Fact[]): Fact[] => facts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
