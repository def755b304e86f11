import { array, assert, boolean, integer, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Deadlines } from '../../src/lib/deadlines.ts';

describe('Deadlines', () => {
  test('nothing is due when nothing is set', () => {
    const deadlines = new Deadlines<string>();
    expect(deadlines.nextDueMs()).toBeUndefined();
    expect(deadlines.takeDue(Infinity)).toBeUndefined();
  });

  test('is due at its instant, not a moment before', () => {
    const deadlines = new Deadlines<string>();
    deadlines.set(1000, 'wrap-up');
    expect(deadlines.takeDue(999.999)).toBeUndefined();
    expect(deadlines.takeDue(1000)?.item).toBe('wrap-up');
    expect(deadlines.size).toBe(0);
  });

  test('equal instants come in the order they were set', () => {
    const deadlines = new Deadlines<string>();
    for (const name of ['a', 'b', 'c', 'd']) deadlines.set(5, name);
    expect(drain(deadlines, 5)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a cancelled one never comes, twice cancelled counts once', () => {
    const deadlines = new Deadlines<string>();
    const first = deadlines.set(1, 'first');
    deadlines.set(2, 'second');
    deadlines.cancel(first);
    deadlines.cancel(first);
    expect(deadlines.size).toBe(1);
    expect(deadlines.nextDueMs()).toBe(2);
    expect(drain(deadlines, 9)).toEqual(['second']);
  });

  test('cancelling one that fell due changes nothing', () => {
    const deadlines = new Deadlines<string>();
    const first = deadlines.set(1, 'first');
    deadlines.set(2, 'second');
    deadlines.takeDue(1);
    deadlines.cancel(first);
    expect(deadlines.size).toBe(1);
  });

  test('an instant that is no number never falls due and spoils no order', () => {
    const deadlines = new Deadlines<string>();
    deadlines.set(NaN, 'never');
    deadlines.set(3, 'then');
    expect(drain(deadlines, 1e15)).toEqual(['then']);
    expect(deadlines.nextDueMs()).toBeUndefined();
  });

  test('property: comes out sorted, without the cancelled, however many', () => {
    assert(
      property(array(tuple(integer({ min: 0, max: 50 }), boolean()), { maxLength: 400 }), (wanted) => {
        const deadlines = new Deadlines<number>();
        const handles = wanted.map(([dueMs], index) => deadlines.set(dueMs, index));
        for (const [index, handle] of handles.entries()) if (wanted[index]?.[1]) deadlines.cancel(handle);
        const kept = wanted
          .map(([dueMs, cancelled], index) => ({ dueMs, cancelled, index }))
          .filter((one) => !one.cancelled);
        kept.sort((a, b) => a.dueMs - b.dueMs || a.index - b.index);
        expect(deadlines.size).toBe(kept.length);
        expect(drain(deadlines, 50)).toEqual(kept.map((one) => one.index));
      }),
    );
  });
});

function drain<T>(deadlines: Deadlines<T>, atMs: number): T[] {
  const items: T[] = [];
  for (let due = deadlines.takeDue(atMs); due; due = deadlines.takeDue(atMs)) items.push(due.item);
  return items;
}
