import * as z from 'zod';

const digits = (description: string, expected: string, most: number): z.ZodString =>
  z
    .string()
    .regex(new RegExp(`^[0-9]{0,${most}}$`))
    .meta({ description, expected });

const length = (least: number, most: number, description: string): z.ZodInt =>
  z
    .int()
    .min(least)
    .max(most)
    .meta({ description, expected: `a whole number of digits from ${least} to ${most}` });

/**
 * How numbers are brought to one form before callers are told apart (norm.md section 3). Lengths are in digits. The
 * examples in the descriptions are what the countries' numbering plans say.
 */
export const numberFormSchema = z
  .strictObject({
    countryCode: digits(
      'Country code of the exchange, without + (China "86", Germany "49", USA "1", Spain "34"). Without it, a number with a country code and the same one without are two callers.',
      'a country code of up to 3 digits such as "86"',
      3,
    ).default(''),
    trunkPrefix: digits(
      'What is dialled before a national number at home (China and Germany "0", USA "1"); "" where there is none (Spain, Italy).',
      'up to 4 digits such as "0", or ""',
      4,
    ).default('0'),
    internationalPrefix: digits(
      'What is dialled before a country code ("00"; USA "011").',
      'up to 5 digits such as "00", or ""',
      5,
    ).default('00'),
    outsideLinePrefixes: z
      .array(
        z
          .string()
          .regex(/^[0-9]{1,4}$/)
          .meta({ description: 'One prefix.', expected: 'up to 4 digits such as "9"' }),
      )
      .default([])
      .meta({
        description:
          'What the exchange wants dialled for an outside line and may leave in front of numbers ("9"); tried in this order.',
      }),
    extensionLength: length(
      0,
      6,
      'Numbers of at most this many digits are extensions and short codes, and stay as they are.',
    ).default(4),
    areaCode: digits(
      'Area code of the exchange, without trunk prefix (Shanghai "21"), where the trunk delivers local numbers without one; "" for none.',
      'up to 5 digits such as "21", or ""',
      5,
    ).default(''),
    longestLocal: length(
      1,
      10,
      'With areaCode: numbers of at most this many digits are local ones without their area code (China 8, USA 7).',
    ).default(8),
    shortestNational: length(
      4,
      15,
      'Fewest digits of a national number, without trunk prefix (China and USA 10, Spain 9).',
    ).default(7),
    longestNational: length(
      4,
      15,
      'Most digits of a national number, without trunk prefix (China and Germany 11, USA 10, Spain 9); more have a country code in front.',
    ).default(11),
    withheldNumbers: z
      .array(
        z
          .string()
          .regex(/^\+?[0-9]+$/)
          .meta({ description: 'One number, as the trunk delivers it.', expected: 'a number' }),
      )
      .default([])
      .meta({
        description:
          "Numbers the carrier puts in for callers who withhold theirs, or for calls passed on: they are nobody's.",
      }),
  })
  .refine((form) => form.shortestNational <= form.longestNational, {
    path: ['shortestNational'],
    error: 'must not be more than longestNational',
  })
  .prefault({})
  .meta({
    description: "How callers' numbers are written here, so that one caller is one whatever the spelling.",
  });

/** The settings after validation, every default filled in. */
export type NumberFormSettings = z.infer<typeof numberFormSchema>;
