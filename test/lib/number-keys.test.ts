import { describe, expect, it } from 'vitest';
import { readNumberKeys } from '../../src/lib/number-keys.ts';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

describe('the keys of a key file', () => {
  it('are its lines, newest first, without what stands behind # and empty lines', () => {
    const text = `# made 2026-10-01\r\nk2:${key(2)}\r\n\n  \n# the old one\nk1:${key(1)}\n`;
    expect(readNumberKeys(text)).toEqual({
      keys: [
        { id: 'k2', base64: key(2) },
        { id: 'k1', base64: key(1) },
      ],
      faults: [],
    });
  });

  it.each([
    ['hallo', 'is no key'],
    [`k 1:${key(1)}`, 'is no key'],
    [`:${key(1)}`, 'is no key'],
    ['k1:AAAA', 'has a key of 3 bytes'],
    [`k0:${key(2)}`, 'a second time'],
    [`k2:${key(1)}`, 'a second time'],
  ])('do not hold %s: its line is named, and nothing of it', (line, why) => {
    const { keys, faults } = readNumberKeys(`k2:${key(2)}\n# \n${line}\n`);
    expect(keys).toEqual([{ id: 'k2', base64: key(2) }]);
    expect(faults).toEqual([{ line: 3, why: expect.stringContaining(why) as string }]);
    expect(JSON.stringify(faults)).not.toContain(line);
  });

  it('that are spelled differently and are the same bytes are one key', () => {
    const loose = key(2).replace(/=$/, '');
    expect(readNumberKeys(`k2:${key(2)}\nk1:${loose}`).faults).toHaveLength(1);
  });
});
