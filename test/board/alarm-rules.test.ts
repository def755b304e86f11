import { describe, expect, it } from 'vitest';
import { alarmsOf } from '../../src/board/alarm-rules.ts';
import { inOrderOfNeed, type BreachRow } from '../../src/board/breach-order.ts';

const breach = (key: string, more: Partial<BreachRow> = {}): BreachRow => ({
  key,
  kind: 'queue-unstaffed',
  pbx: 'main',
  hotline: '',
  queue: 'support',
  seat: '',
  agent: '',
  uniqueid: '',
  sinceMs: 1000,
  untilMs: null,
  acknowledged: null,
  ...more,
});
const TAKEN = { by: 'mei', atMs: 2000 };
const rings = (before: readonly string[] | undefined, breaches: readonly BreachRow[]): string[] =>
  alarmsOf(before && new Set(before), breaches).ring.map(({ key }) => key);

describe('an alarm', () => {
  it('is silent about what was there when the page was opened', () => {
    expect(rings(undefined, [breach('a')])).toEqual([]);
  });

  it('rings once for what is new, also where it is over already', () => {
    expect(rings(['a'], [breach('a'), breach('b'), breach('c', { untilMs: 1000 })])).toEqual(['b', 'c']);
    const { calling } = alarmsOf(new Set(['a']), [breach('a'), breach('b')]);
    expect(rings([...calling], [breach('a'), breach('b')])).toEqual([]);
  });

  it('does not ring for what somebody has acknowledged', () => {
    expect(rings([], [breach('a', { acknowledged: TAKEN })])).toEqual([]);
  });

  it('is quiet from then on, or when it is gone', () => {
    const { quiet } = alarmsOf(new Set(['a', 'b', 'c']), [breach('a', { acknowledged: TAKEN }), breach('b')]);
    expect(quiet).toEqual(['a', 'c']);
  });
});

it('puts what nobody has acknowledged first, of these what lasts, then the newest', () => {
  const breaches = [
    breach('old and taken', { acknowledged: TAKEN, untilMs: 1500 }),
    breach('taken, lasts', { acknowledged: TAKEN }),
    breach('over', { untilMs: 1500, sinceMs: 1500 }),
    breach('over, newer', { untilMs: 1700, sinceMs: 1700 }),
    breach('lasts'),
  ];
  expect(inOrderOfNeed(breaches).map(({ key }) => key)).toEqual([
    'lasts',
    'over, newer',
    'over',
    'taken, lasts',
    'old and taken',
  ]);
});
