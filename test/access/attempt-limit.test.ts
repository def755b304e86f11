import { describe, expect, it } from 'vitest';
import { AttemptLimit } from '../../src/access/attempt-limit.ts';

const limit = () => new AttemptLimit({ burst: 3, everyMs: 1000 });

describe('tries', () => {
  it('are so many at once, and then one after the other', () => {
    const tries = limit();
    for (let i = 0; i < 3; i++) {
      expect(tries.waitMs('a', 0)).toBe(0);
      tries.take('a', 0);
    }
    expect(tries.waitMs('a', 0)).toBe(1000);
    expect(tries.waitMs('a', 400)).toBe(600);
    expect(tries.waitMs('b', 400)).toBe(0);
    expect(tries.waitMs('a', 1000)).toBe(0);
    tries.take('a', 1000);
    expect(tries.waitMs('a', 1000)).toBe(1000);
    expect(tries.waitMs('a', 60_000)).toBe(0);
  });

  it('that were no guesses count for nothing', () => {
    const tries = limit();
    for (let i = 0; i < 100; i++) {
      expect(tries.waitMs('a', 0)).toBe(0);
      tries.take('a', 0);
      tries.giveBack('a');
    }
  });

  it('are not more because somebody sets the clock back', () => {
    const tries = limit();
    for (let i = 0; i < 3; i++) tries.take('a', 10_000);
    expect(tries.waitMs('a', 0)).toBe(1000);
  });

  it('of ten thousand others do not fill the memory', () => {
    const tries = limit();
    for (let i = 0; i < 3; i++) tries.take('first', 0);
    for (let i = 0; i < 10_000; i++) tries.take(`other ${i}`, 1);
    expect(tries.waitMs('first', 1)).toBe(0);
    expect(tries.waitMs('other 9999', 1)).toBe(0);
  });
});
