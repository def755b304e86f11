import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readFrame } from '../../src/push/read-frame.ts';

const MOVE = {
  type: 'move',
  id: '1',
  seat: 'north/PJSIP/101',
  change: { what: 'transfer', from: 'support', to: 'billing', penalty: 2 },
};

/** A frame that is right but for one field, at any depth, which is anything. */
const nearly = fc
  .tuple(
    fc.constantFrom('type', 'id', 'seat', 'change', 'change.what', 'change.penalty', 'x'),
    fc.jsonValue(),
  )
  .map(([path, value]) => {
    const frame: Record<string, unknown> = { ...MOVE, change: { ...MOVE.change } };
    const [outer = '', inner] = path.split('.');
    if (inner === undefined) frame[outer] = value;
    else frame[outer] = { ...MOVE.change, [inner]: value };
    return JSON.stringify(frame);
  });

describe('what a client says', () => {
  it('is a frame or a mistake that names its place, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), nearly), (text) => {
        const read = readFrame(text);
        expect(read.ok || (read.where.length > 0 && read.where.length < 300 && read.id.length <= 40)).toBe(
          true,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never part of what is said of it, but for its id', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (number) => {
        for (const said of [
          { type: number },
          { ...MOVE, [number]: 1 },
          { ...MOVE, change: { what: number } },
        ]) {
          expect(JSON.stringify(readFrame(JSON.stringify(said)))).not.toContain(number);
        }
      }),
    );
  });

  it('takes no prototype for a field', () => {
    expect(readFrame('{"type":"resync","__proto__":{"polluted":1}}').ok).toBe(false);
    expect(z.object({}).parse({})).not.toHaveProperty('polluted');
  });
});
