import {
  assert,
  array,
  constantFrom,
  integer,
  property,
  string,
  stringMatching,
  uniqueArray,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pseudonyms } from '../../src/recording/pseudonyms.ts';

const KEPT = { numbers: new Set(['4008880012']), words: new Set(['Agent 1', 'support']) };
const made = (byte = 7): Pseudonyms => new Pseudonyms(KEPT, Buffer.alloc(32, byte));
const numbers = uniqueArray(stringMatching(/^[0-9]{5,15}$/), { minLength: 1, maxLength: 60 });

describe('Pseudonyms', () => {
  it('gives a number another one, the same each time, of its length and class', () => {
    const pseudonyms = made();
    const other = pseudonyms.number('13900001200');
    expect(other).toMatch(/^139\d{8}$/);
    expect(other).not.toBe('13900001200');
    expect(pseudonyms.number('13900001200')).toBe(other);
    expect(pseudonyms.number('02155509559')).toMatch(/^021\d{8}$/);
    expect(pseudonyms.number('0049301234567')).toMatch(/^004\d{10}$/);
    expect(pseudonyms.number('55501')).toMatch(/^5\d{4}$/);
  });

  it('keeps what the configuration names, and what is too short to be a number', () => {
    expect(made().number('4008880012')).toBe('4008880012');
    expect(made().number('1121')).toBe('1121');
    expect(made().name('support')).toBe('support');
  });

  it('depends on the key', () => {
    expect(made(1).number('13900001200')).not.toBe(made(2).number('13900001200'));
    expect(made(1).name('Zhang San')).not.toBe(made(2).name('Zhang San'));
  });

  it('keeps different numbers apart', () => {
    assert(
      property(numbers, (originals) => {
        const pseudonyms = made();
        const others = originals.map((number) => pseudonyms.number(number));
        expect(new Set(others).size).toBe(originals.length);
        expect(originals.map((number) => pseudonyms.number(number))).toEqual(others);
        for (const [index, number] of originals.entries()) {
          expect(others[index]).not.toBe(number);
          expect(others[index]?.length).toBe(number.length);
        }
      }),
    );
  });

  it('keeps them apart where the whole class is in use', () => {
    const pseudonyms = made();
    const originals = Array.from({ length: 10_000 }, (_, index) => `5${String(index).padStart(4, '0')}`);
    const others = originals.map((number) => pseudonyms.number(number));
    expect(new Set(others).size).toBe(originals.length);
    for (const [index, number] of originals.entries()) expect(others[index]).not.toBe(number);
  });

  it('keeps different names apart, and finds them in other text', () => {
    assert(
      property(
        uniqueArray(string({ minLength: 4, maxLength: 20 }), { minLength: 1, maxLength: 30 }),
        array(integer({ min: 0, max: 29 })),
        constantFrom('', ' ', ','),
        (names, picks, between) => {
          const pseudonyms = made();
          const others = names.map((name) => pseudonyms.name(name));
          expect(new Set(others).size).toBe(names.length);
          for (const name of names) expect(pseudonyms.withoutNames(name)).toBe(pseudonyms.name(name));
          const text = picks.map((pick) => names[pick % names.length]).join(between);
          for (const name of names) expect(pseudonyms.withoutNames(text).includes(name)).toBe(false);
        },
      ),
    );
  });

  it('finds short names only where they cannot be part of a word', () => {
    const pseudonyms = made();
    pseudonyms.name('Li');
    const other = pseudonyms.name('张三');
    expect(pseudonyms.withoutNames('List for 张三')).toBe(`List for ${other}`);
  });

  it('forgets the key', () => {
    const key = Buffer.alloc(32, 7);
    const pseudonyms = new Pseudonyms(KEPT, key);
    pseudonyms.number('13900001200');
    pseudonyms.forget();
    expect(key.equals(Buffer.alloc(32))).toBe(true);
    expect(pseudonyms.numbers).toBe(0);
  });
});
