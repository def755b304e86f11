import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberForm } from '../../src/attempts/number-form.ts';
import { numberFormSchema } from '../../src/attempts/number-settings.ts';
import { DIFFERENT, NOBODY, PLANS, SAME, type Place } from './spellings.ts';

const PLACES = Object.keys(PLANS) as Place[];

describe('one form of a number', () => {
  it.each(SAME)('%s: %s and %s are both %s', (place, one, other, form) => {
    expect([numberForm(one, PLANS[place]), numberForm(other, PLANS[place])]).toEqual([form, form]);
  });

  it.each(DIFFERENT)('%s: %s and %s are two callers', (place, one, other) => {
    const forms = [numberForm(one, PLANS[place]), numberForm(other, PLANS[place])];
    expect(forms).not.toContain(undefined);
    expect(forms[0]).not.toBe(forms[1]);
  });

  it.each(NOBODY)('"%s" is nobody', (delivered) => {
    for (const place of PLACES) expect(numberForm(delivered, PLANS[place])).toBeUndefined();
  });

  it('a number the carrier puts in for callers who withhold theirs is nobody', () => {
    const settings = { ...PLANS['New York'], withheldNumbers: ['+266696687', '7000'] };
    expect(numberForm('+266 696 687', settings)).toBeUndefined();
    expect(numberForm('7000', settings)).toBeUndefined();
    expect(numberForm('7001', settings)).toBe('7001');
  });

  it('whatever comes is a form or nobody, and the form of a form is itself', () => {
    const pieces = fc.constantFrom(
      '0',
      '00',
      '1',
      '86',
      '9',
      '21',
      '138',
      '+',
      ' ',
      ',',
      '-',
      '(0)',
      'x',
      '5',
      '7',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...PLACES.filter((place) => PLANS[place].countryCode !== '')),
        fc.oneof(
          fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
          fc.string(),
        ),
        (place, delivered) => {
          const form = numberForm(delivered, PLANS[place]);
          if (form === undefined) return;
          expect(form).toMatch(/^\+?\d+$/);
          expect(numberForm(form, PLANS[place])).toBe(form);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('every way of writing a national number is that number, in every place', () => {
    const ways = fc.constantFrom('national', 'trunk', 'plus', 'abroad', 'outside');
    fc.assert(
      fc.property(
        fc.constantFrom<Place>('Shanghai', 'New York', 'Madrid'),
        fc.nat(),
        ways,
        (place, seed, way) => {
          const { countryCode, trunkPrefix, internationalPrefix, outsideLinePrefixes, longestNational } =
            PLANS[place];
          // No area or mobile code begins with 0, 1 in America, or with what would make it the outside line's.
          const subscriber = `6${String(seed)
            .padStart(longestNational - 1, '2')
            .slice(0, longestNational - 1)}`;
          const spelling = {
            national: subscriber,
            trunk: trunkPrefix + subscriber,
            plus: `+${countryCode}${subscriber}`,
            abroad: internationalPrefix + countryCode + subscriber,
            outside: `${outsideLinePrefixes[0]},${trunkPrefix}${subscriber}`,
          }[way];
          expect(numberForm(spelling, PLANS[place])).toBe(`+${countryCode}${subscriber}`);
        },
      ),
    );
  });
});

describe('the settings', () => {
  it('have defaults that name no country', () => {
    expect(numberFormSchema.parse(undefined)).toEqual({
      countryCode: '',
      trunkPrefix: '0',
      internationalPrefix: '00',
      outsideLinePrefixes: [],
      extensionLength: 4,
      areaCode: '',
      longestLocal: 8,
      shortestNational: 7,
      longestNational: 11,
      withheldNumbers: [],
    });
  });

  it.each([
    { countryCode: '+86' },
    { trunkPrefix: 'nil' },
    { outsideLinePrefixes: [''] },
    { shortestNational: 12, longestNational: 11 },
    { anything: 1 },
  ])('refuse %j', (settings) => {
    expect(numberFormSchema.safeParse(settings).success).toBe(false);
  });
});
