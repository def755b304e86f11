import { array, assert, constantFrom, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineEnd } from '../../src/ami/line-end.ts';

describe('lineEnd', () => {
  it('finds the first LF from anywhere to anywhere', () => {
    // Those beside an LF, and those that borrow as one does.
    const byte = constantFrom(10, 9, 11, 0, 138, 139, 128, 255, 65, 13);
    assert(
      property(array(byte, { maxLength: 20 }), nat({ max: 20 }), nat({ max: 20 }), (bytes, one, other) => {
        const from = Math.min(one, other, bytes.length);
        const to = Math.min(Math.max(one, other), bytes.length);
        const view = new DataView(Uint8Array.from(bytes).buffer);
        const at = bytes.slice(0, to).indexOf(10, from);
        expect(lineEnd(view, from, to)).toBe(at);
      }),
      { numRuns: 2_000 },
    );
  });
});
