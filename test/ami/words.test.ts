import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Words } from '../../src/ami/words.ts';

describe('Words', () => {
  it('says what a buffer says, whatever was said before', () => {
    const words = new Words();
    const some = fc.oneof(fc.stringMatching(/^[0-3]{0,6}$/), fc.string({ unit: 'binary', maxLength: 80 }));
    fc.assert(
      fc.property(fc.array(some, { maxLength: 200 }), (texts) => {
        const bytes = Buffer.from(`?${texts.join('?')}?`);
        let from = 1;
        for (const text of texts) {
          const to = from + Buffer.byteLength(text);
          expect(words.of(bytes, from, to)).toBe(bytes.toString('utf8', from, to));
          from = to + 1;
        }
      }),
    );
  });

  it('keeps bytes that are not UTF-8 as Latin-1', () => {
    expect(new Words().of(Buffer.from([0x71, 0xe9, 0x71]), 0, 3)).toBe('q\u00e9q');
  });

  it('says nothing of no bytes', () => {
    expect(new Words().of(Buffer.from('abc'), 2, 2)).toBe('');
    expect(new Words().of(Buffer.from('abc'), 2, 1)).toBe('');
  });
});
