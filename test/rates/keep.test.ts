import { describe, expect, it } from 'vitest';
import { keep } from '../../src/rates/keep.ts';

describe('what did not change', () => {
  const inside = { a: 1 };
  const before = keep(undefined, { count: 1, none: null, inside });

  it('keeps its identity, and what did is frozen anew', () => {
    expect(keep(before, { count: 1, none: null, inside })).toBe(before);
    const after = keep(before, { count: 2, none: null, inside });
    expect(after).toEqual({ count: 2, none: null, inside });
    expect(Object.isFrozen(after)).toBe(true);
  });

  it.each([
    ['a part that looks the same but is another', { count: 1, none: null, inside: { a: 1 } }],
    ['null for a number', { count: null, none: null, inside }],
    ['one field more', { count: 1, none: null, inside, more: undefined }],
    ['one field less', { count: 1, inside }],
    ['another field in its place', { count: 1, other: null, inside }],
  ])('is not %s', (_, next) => {
    expect(keep<object>(before, next)).toBe(next);
  });

  it('holds for lists: the same rows in the same order', () => {
    const list = keep<readonly object[]>(undefined, [inside, before]);
    expect(keep(list, [inside, before])).toBe(list);
    expect(keep(list, [before, inside])).not.toBe(list);
    expect(keep(list, [inside])).not.toBe(list);
  });

  it('does not look at what it is told to ignore', () => {
    expect(keep(before, { count: 7, none: null, inside }, new Set(['count']))).toBe(before);
  });
});
