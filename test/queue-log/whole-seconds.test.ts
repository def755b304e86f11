import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { backfill } from '../../src/queue-log/backfill.ts';
import type { BringInRules } from '../../src/queue-log/bring-in.ts';
import { LogTerms } from '../../src/queue-log/log-terms.ts';
import type { StoredCall } from '../../src/store/ports.ts';
import { end } from '../calls/some-evidence.ts';
import { closed, entered, opened } from '../support/facts.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';
import { MergedFacts, readingOf } from './day.ts';

const CALL = '1795290199.10';
const REACHED_MS = 1795290199_400;
const ASKED_MS = 1795290210_600;
const terms = new LogTerms(someWatch(), 'north', { aheadMs: 0, seats: new Map() });
const unseen = { fromMs: ASKED_MS + 500, untilMs: 1795290300_000 };

/** An attendant picked it up, it entered the queue, and then nothing was seen of it. */
function lostCall(changes: Parameters<typeof end>[0] = {}): StoredCall {
  const said = { uniqueid: CALL, pbx: 'north' };
  const closing = closed({
    ...said,
    reachedAtMs: REACHED_MS,
    closedAtMs: unseen.untilMs,
    outcome: 'unknown',
    endedBy: 'unknown',
    askedAtMs: ASKED_MS,
    stages: [{ queue: 'support', startedAtMs: ASKED_MS, waitMs: 89_400, end: 'unknown' }],
  });
  const evidence = end({
    blind: true,
    wasUp: true,
    asked: true,
    endedBy: 'unknown',
    decided: ['auto'],
    ...changes,
  });
  const facts: Fact[] = [
    opened({ ...said, id: `north/${CALL}/opened`, reachedAtMs: REACHED_MS, atMs: REACHED_MS }),
    entered({ ...said, id: `north/${CALL}/queue/support/${ASKED_MS}.25/entered`, atMs: ASKED_MS }),
    { ...closing, id: `north/${CALL}/closed`, evidence },
  ];
  const stored = new MergedFacts().add(facts, 'seen').call('north', CALL);
  if (stored === undefined) throw new Error('a call without facts');
  return stored;
}

function told(line: string, changes: Partial<BringInRules> = {}, stored: StoredCall | null = lostCall()) {
  const reading = readingOf(`1795290210|${CALL}|support|NONE|ENTERQUEUE||13800000001|1\n${line}`);
  const rules = {
    unseen,
    isFinal: true,
    extensionLength: 4,
    hotline: undefined,
    startsS: reading.startsS,
    ...changes,
  };
  const [logged] = reading.calls;
  if (logged === undefined) throw new Error('a log without a call');
  const facts = backfill(stored ?? undefined, logged, terms, rules);
  if (typeof facts === 'string') return facts;
  return facts.flatMap((fact) => {
    if (fact.type === 'scored') return [`${fact.target} ${fact.result}`];
    if (fact.type === 'call-closed') return [`${fact.record.outcome}${fact.record.short ? ' short' : ''}`];
    if (fact.type === 'queue-ended') return [`left ${fact.end}${fact.short ? ' short' : ''}`];
    return fact.type === 'breach' ? [fact.breach] : [];
  });
}
const abandoned = (atS: number): string => `${atS}|${CALL}|support|NONE|ABANDON|1|1|${atS - 1795290210}\n`;

describe('a caller who gave up, told in whole seconds', () => {
  it('is short, or not, where the second cannot change that', () => {
    expect(told(abandoned(1795290213))).toEqual([
      'left hang-up short',
      'transfer set_aside',
      'abandoned short',
    ]);
    expect(told(abandoned(1795290217))).toEqual(['left hang-up', 'transfer miss', 'abandoned']);
  });

  it('is known to have given up, and in no rate, where it can', () => {
    expect(told(abandoned(1795290215))).toEqual(['abandoned']);
  });

  it('may have rung out: then whether anybody picked up decides, if it is not known', () => {
    const neverSeenUp = { wasUp: false, decided: [] };
    const line = abandoned(1795290225);
    // It stood in the queue when sight was lost: no attendant had it since.
    expect(told(line, {}, lostCall(neverSeenUp))).toEqual([
      'left hang-up',
      'auto miss',
      'transfer miss',
      'unanswered',
      'unanswered',
    ]);
    const later = { unseen: { ...unseen, fromMs: ASKED_MS - 5000 } };
    expect(told(line, later, lostCall(neverSeenUp))).toEqual(['left hang-up', 'transfer miss']);
  });

  it('is nobody’s decision while the exchange goes down', () => {
    const restart = '1795290250|NONE|NONE|NONE|QUEUESTART|\n';
    expect(told(abandoned(1795290217) + restart)).toEqual(['left hang-up']);
  });
});

describe('a call that only the log knows', () => {
  const line = abandoned(1795290217);
  const wide = { unseen: { fromMs: 0, untilMs: 1795290300_000 } };
  const number = (caller: string, rules: Partial<BringInRules> = {}, of = terms) => {
    const [logged] = readingOf(`1795290210|${CALL}|support|NONE|ENTERQUEUE||${caller}|1\n${line}`).calls;
    if (logged === undefined) throw new Error('a log without a call');
    const all = { ...wide, isFinal: true, extensionLength: 4, hotline: undefined, startsS: [], ...rules };
    const facts = backfill(undefined, logged, of, all);
    return typeof facts === 'string' ? facts : facts.map(({ type }) => type);
  };

  it('is brought in with who called, and what the attendant did with it is not known', () => {
    expect(number('13800000001')).toContain('caller-heard');
    expect(told(line, wide, null)).toEqual(['left hang-up', 'transfer miss', 'abandoned', 'auto unknown']);
  });

  it('is left where it is not certain whose it was', () => {
    expect(number('1004')).toBe('internal');
    expect(number('')).toBe('no-number');
    expect(number('13800000001', { unseen: { fromMs: 1795290199_500, untilMs: Infinity } })).toBe(
      'at-an-edge',
    );
    expect(number('13800000001', { unseen: { fromMs: 0, untilMs: 1795290217_500 } })).toBe('at-an-edge');
    const said = { aheadMs: 0, seats: new Map<string, string>() };
    const two = someWatch({ hotlines: [someHotline(), someHotline({ name: 'water' })] });
    expect(number('13800000001', {}, new LogTerms(two, 'north', said))).toBe('several-hotlines');
    const [trunk] = somePbx().trunks;
    const pbx = somePbx({ trunks: trunk === undefined ? [] : [{ ...trunk, interExchange: true }] });
    expect(number('13800000001', {}, new LogTerms(someWatch({ pbxs: [pbx] }), 'north', said))).toBe(
      'inter-exchange',
    );
  });
});
