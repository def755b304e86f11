import { describe, expect, it } from 'vitest';
import { BootWatch } from '../../src/ami/boot.ts';

describe('BootWatch', () => {
  it.each([
    ['the same instant', 100_000, '', false],
    ['whole seconds read late', 103_000, '', false],
    ['another boot', 103_001, '', true],
    ['an uptime read across a clock that was set, the start the same', 9_000_000, 'a', false],
    ['another start within three seconds', 101_000, 'b', true],
    ['nothing told', undefined, '', false],
  ])('%s', (_what, bootedAtMs, startup, expected) => {
    const boots = new BootWatch();
    expect(boots.observe(100_000, startup === '' ? '' : 'a')).toBe(false);
    expect(boots.observe(bootedAtMs, startup)).toBe(expected);
  });
});
