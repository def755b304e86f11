import { describe, expect, it } from 'vitest';
import { definitionDocument, definitionSchema } from '../../src/explain/definition-document.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';

const watch = someWatch({
  hash: 'bbb',
  pbxs: [somePbx({ notPersonNumbers: ['4001112222'] })],
  hotlines: [
    someHotline({ testNumbers: ['13900001111'] }),
    someHotline({ name: 'leak', emergency: true, kind: 'people' }),
  ],
});
const changes = [
  { atMs: 1_780_000_000_000, hash: 'aaa', settings: '{}' },
  { atMs: 1_790_000_000_000, hash: 'bbb', settings: '{}' },
];

describe('the definition in force', () => {
  const document = definitionDocument(watch, changes);

  it('is told with its hash, since when, and each formula', () => {
    expect(definitionSchema.parse(document)).toEqual(document);
    expect(document).toMatchObject({ hash: 'bbb', sinceMs: 1_790_000_000_000 });
    expect(
      document.hotlines.map(({ hotline, formulas }) => [hotline, formulas.map(({ target }) => target)]),
    ).toEqual([
      ['gas', ['auto', 'transfer', 'after-hours']],
      ['leak', ['direct']],
    ]);
    expect(document.hotlines[0]?.formulas[1]).toEqual({
      target: 'transfer',
      targetRatio: 0.85,
      formula:
        'answered by a person / asked for a person in open hours; callers who left in less than 5 s are set aside',
    });
  });

  it('is told with every instant of change', () => {
    expect(document.changes?.map(({ at, hash }) => [at?.slice(0, 10), hash])).toEqual([
      ['2026-05-28', 'aaa'],
      ['2026-09-21', 'bbb'],
    ]);
  });

  it("holds the settings, and nobody's number", () => {
    expect(document.settings).toMatchObject({ hotlines: [{ name: 'gas', ringOutS: 20 }, { name: 'leak' }] });
    expect(JSON.stringify(document)).not.toMatch(/13900001111|4001112222/);
  });

  it('is not known since when without a journal, or one that has not taken it down yet', () => {
    expect(definitionDocument(watch, undefined)).toMatchObject({ since: null, changes: null });
    expect(definitionDocument(watch, changes.slice(0, 1))).toMatchObject({ since: null, hash: 'bbb' });
  });
});
