import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { callStoryDocument, callStorySchema } from '../../src/explain/story-document.ts';
import { Replayer } from '../../src/recording/replayer.ts';
import type { ToldCall } from '../../src/recording/told-call.ts';
import { callRowOf } from '../../src/store/call-row.ts';
import type { StoredFact } from '../../src/store/compact.ts';
import { settingsText } from '../../src/store/definition-text.ts';
import type { DefinitionInForce, FactSource } from '../../src/store/ports.ts';
import { answeredCall, closedCall, openedCall } from '../store/stories.ts';
import { someHotline, someWatch } from '../support/definitions.ts';
import { readTrace } from '../traces/replay.ts';
import { storedCalls } from './simulated-day.ts';

const AT_MS = Date.parse('2026-11-20T09:00:00Z');
const definition = (atMs: number, changes = {}): DefinitionInForce => {
  const watch = someWatch({ hash: `hash-${atMs}`, hotlines: [someHotline(changes)] });
  return { atMs, hash: watch.hash, settings: settingsText(watch) };
};
const story = (
  facts: readonly StoredFact[],
  definitions: readonly DefinitionInForce[] = [definition(0)],
  source: FactSource = 'seen',
) => {
  const row = callRowOf(
    { pbx: 'north', uniqueid: '1.1' },
    facts.map((fact) => ({ fact, source })),
  );
  const document = callStoryDocument({ call: { row, facts }, definitions, attempt: undefined });
  expect(callStorySchema.parse(document)).toEqual(document);
  return document;
};
const side = (document: ReturnType<typeof story>, target: string) =>
  document.rates.find((rate) => rate.target === target);

describe('the story of a call', () => {
  it('tells an answered call step by step, each with its rule', () => {
    const { steps, outcome, call } = story(answeredCall('1.1', AT_MS));
    expect(steps.map(({ at, words, rule }) => `${at.slice(11, 23)} ${words} [${rule}]`)).toEqual([
      '09:00:00.000 reached gas, a hotline with an attendant, in its open hours [1]',
      '09:00:00.350 the attendant picked up (Up) [1]',
      '09:00:00.350 rate "auto": hit [1]',
      '09:00:12.400 asked for a person: joined queue support [2.4]',
      '09:00:21.400 queue support ended after 9.0 s: answered by a person [2]',
      '09:00:21.400 in one bridge with Ann Other at PJSIP/seat101 out of queue support, 9.0 s after asking [2.1]',
      '09:00:21.400 rate "transfer": hit [1]',
      '09:02:21.900 ended by the caller [2]',
      '09:02:21.900 the talk with Ann Other ended after 120.5 s [2.1]',
      '09:02:21.900 answered: caller and a person were in one bridge [2.1]',
    ]);
    expect(outcome).toMatchObject({ rule: '2.1', certainty: 'seen as it happened' });
    expect(call).toMatchObject({
      id: 'north:1.1',
      reachedAt: '2026-11-20T09:00:00.000Z',
      agent: 'Ann Other',
    });
  });

  it('says of each rate on which side it counted, when, by which formula, and why', () => {
    const document = story(answeredCall('1.1', AT_MS));
    expect(side(document, 'transfer')).toEqual({
      target: 'transfer',
      result: 'hit',
      numerator: 1,
      denominator: 1,
      why: 'a person answered a caller who had asked for one',
      decidedAt: '2026-11-20T09:00:21.400Z',
      decidedAtMs: AT_MS + 21_400,
      formula:
        'answered by a person / asked for a person in open hours; callers who left in less than 5 s are set aside',
      targetRatio: 0.85,
    });
    expect(side(document, 'direct')).toMatchObject({ result: null, numerator: 0, denominator: 0 });
    expect(side(document, 'after-hours')?.why).toBe('it reached the hotline in open hours');
    expect(document.queues).toMatchObject([{ queue: 'support', numerator: 1, denominator: 1 }]);
  });

  it('goes by the definition of its time, not by the one in force now', () => {
    const definitions = [
      definition(0, { shortAbandonS: 3 }),
      definition(AT_MS - 1, { shortAbandonS: 7 }),
      definition(AT_MS + 1, { shortAbandonS: 9 }),
    ];
    const document = story(answeredCall('1.1', AT_MS), definitions);
    expect(document.definition).toMatchObject({ hash: `hash-${AT_MS - 1}`, settings: { shortAbandonS: 7 } });
    expect(side(document, 'transfer')?.formula).toContain('less than 7 s');
  });

  it('knows no formula of a past that was brought in, nor of settings it cannot read', () => {
    expect(story(answeredCall('1.1', AT_MS), [definition(AT_MS + 1e9)], 'imported')).toMatchObject({
      definition: null,
      outcome: { certainty: "brought in at installation, from the exchange's own log" },
    });
    const torn = { atMs: 0, hash: 'x', settings: '{' };
    expect(story(answeredCall('1.1', AT_MS), [torn]).definition).toMatchObject({ hash: 'x', settings: null });
  });

  it('tells a call that is open as far as it went', () => {
    const document = story(answeredCall('1.1', AT_MS).slice(0, 4));
    expect(document.outcome).toMatchObject({ words: 'open: not decided yet', rule: null, check: 'open' });
    expect(side(document, 'auto')?.result).toBe('hit');
    expect(side(document, 'transfer')).toMatchObject({ result: null, why: 'not decided yet: pending' });
  });

  it('tells a call of which only the end was kept', () => {
    const document = story([closedCall('1.1', AT_MS, { outcome: 'unknown', endedBy: 'unknown' })]);
    expect(document.call.certainty).toBe('unknown');
    expect(document.outcome).toMatchObject({ rule: '2.6', check: 'not-kept' });
    expect(document.steps.at(0)?.words).toContain('reached gas');
  });

  it('says of a test caller that it is in no rate', () => {
    const begun = { ...openedCall('1.1', AT_MS), test: true } as StoredFact;
    const document = story([begun, closedCall('1.1', AT_MS, { test: true, outcome: 'abandoned' })]);
    expect(new Set(document.rates.map(({ why }) => why))).toEqual(
      new Set(['a test caller is counted apart, in no rate']),
    );
  });

  it('says that the rules do not give what was said', () => {
    const [last, ...before] = [...answeredCall('1.1', AT_MS)].toReversed();
    if (last?.type !== 'call-closed') throw new Error('the story has no end');
    const evidence = {
      kind: 'attendant',
      hours: 'open',
      emergency: false,
      test: false,
      takenUp: false,
      beforeWatch: false,
      answered: false,
      voicemail: false,
      blind: false,
      perhapsAnswered: false,
      askedSeen: true,
      wasUnseen: false,
      wasUp: true,
      rangSomebody: true,
      metBusy: false,
      cause: 16,
      endedBy: 'caller',
      asked: true,
      attended: true,
      aliveMs: 60_000,
      waitedMs: 40_000,
      ringOutMs: 20_000,
      shortMs: 5_000,
      setAsideShort: true,
      decided: ['auto', 'transfer'],
    } as const;
    expect(story([...before.toReversed(), { ...last, evidence }]).outcome.check).toBe('differs');
    const right = { ...last, evidence: { ...evidence, answered: true } };
    expect(story([...before.toReversed(), right]).outcome.check).toBe('same');
  });

  it('masks what may be a number in the names of seats and agents', () => {
    const who = { agent: 'Local/13800138000@out', seat: 'Local/13800138000@out' };
    const facts = answeredCall('1.1', AT_MS).map((fact) => {
      if (fact.type === 'call-decided' && fact.answer) return { ...fact, answer: { ...fact.answer, ...who } };
      return fact.type === 'queue-ended' || fact.type === 'talk-ended' ? { ...fact, ...who } : fact;
    });
    const text = JSON.stringify(story(facts));
    expect(text).not.toContain('13800138000');
    expect(text).toContain('138****8000');
  });
});

const FOLDER = `${import.meta.dirname}/../traces`;
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.ami'));

describe('a recording that is replayed and the journal say the same words', () => {
  it.each(RECORDINGS)('of %s', (name) => {
    const trace = readTrace(`${FOLDER}/${name}`);
    const told = new Map<string, ToldCall>();
    const facts: Fact[] = [];
    const replayer = new Replayer(trace.definition, undefined, {
      onCall: (call) => void told.set(call.uniqueid, call),
      onFact: (fact) => void facts.push(fact),
    });
    replayer.push(trace.bytes);
    replayer.end();
    const inForce = { atMs: 0, hash: trace.definition.hash, settings: settingsText(trace.definition) };
    for (const call of storedCalls(facts)) {
      const document = callStoryDocument({ call, definitions: [inForce], attempt: undefined });
      const replayed = told.get(call.row.uniqueid);
      expect(document.steps.map(({ words, rule }) => [words, rule])).toEqual(
        replayed?.reasons.map(({ words, rule }) => [words, rule]),
      );
      expect(document.outcome.check).toBe('same');
    }
  });
});
