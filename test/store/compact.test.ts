import { array, assert, constantFrom, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody, encodeBody } from '../../src/store/compact.ts';
import { FACT_SOURCES } from '../../src/store/ports.ts';
import { someFact } from './arbitrary-facts.ts';
import { answeredCall } from './stories.ts';

const OWNER = { pbx: 'north', uniqueid: '1780000000.41' };

describe('a body', () => {
  it('gives back exactly the facts that were put in, in their order', () => {
    const facts = array(
      tuple(someFact(OWNER.pbx, OWNER.uniqueid), constantFrom(...FACT_SOURCES)).map(([fact, source]) => ({
        fact,
        source,
      })),
      { maxLength: 12 },
    );
    assert(
      property(facts, (told) => {
        expect(decodeBody(OWNER, encodeBody(OWNER, told))).toStrictEqual(told);
      }),
      { numRuns: 400 },
    );
  });

  it('of an ordinary answered call takes less than half a kilobyte', () => {
    const facts = answeredCall(OWNER.uniqueid, 1_780_000_000_000);
    const body = encodeBody(
      OWNER,
      facts.map((fact) => ({ fact, source: 'seen' })),
    );
    expect(Buffer.byteLength(body)).toBeLessThan(512);
    expect(body).not.toContain(`"${OWNER.uniqueid}"`);
  });

  it('with a code of a version that is not ours is refused', () => {
    expect(() => decodeBody(OWNER, '["0",[],[[99,0,0]]]')).toThrow('a body holds the code 99');
  });
});
