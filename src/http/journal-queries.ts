import { z } from 'zod';
import { OUTCOMES } from '../calls/facts.ts';
import { ATTEMPT_UNITS } from '../explain/attempts-document.ts';
import { LANGUAGES } from '../lib/languages.ts';
import { instant } from './instant-query.ts';

/** The forms of a report; what `reports` can say. */
export const REPORT_FORMATS = ['html', 'csv', 'json'] as const;

const MOST_A_PAGE = 500;
const USUAL_PAGE = 100;
const LONGEST_NAME = 200;

const name = (expected: string, description: string) =>
  z.string().min(1).max(LONGEST_NAME).optional().meta({ expected, description });
const pbx = name('the name of an exchange', 'Of this exchange.');
const hotline = name('the name of a hotline, as in the configuration', 'Of this hotline.');

/** A run of 7 or more digits may be somebody's number, which has no place in an address (norm.md section 7). */
const agent = z
  .string()
  .max(LONGEST_NAME)
  .regex(/^(?!.*\d{7})/)
  .optional()
  .meta({
    expected: 'the name of an agent; numbers of 7 digits or more do not belong into an address',
    description: 'Answered by this agent; empty: by nobody.',
  });

const limit = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(MOST_A_PAGE))
  .default(USUAL_PAGE)
  .meta({
    expected: `a whole number from 1 to ${MOST_A_PAGE}`,
    description: `Calls a page; ${USUAL_PAGE} if not given.`,
  });

const after = z
  .string()
  .regex(/^-?\d{1,16}(\.\d{1,12})?-\d{1,16}$/)
  .optional()
  .meta({ expected: '"next" of the page before, as it was', description: 'Where the last page ended.' });

export const callsQuery = z
  .strictObject({
    pbx,
    hotline,
    outcome: z
      .enum(OUTCOMES)
      .optional()
      .meta({ expected: 'an outcome', description: 'Ended so; an open call has none.' }),
    agent,
    from: instant('Reached the hotline at this instant or later.'),
    until: instant('Reached the hotline before this instant.'),
    limit,
    after,
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from < until, {
    path: ['until'],
    message: 'expected an instant after "from"',
  });

export const callBacksQuery = z.strictObject({
  pbx,
  hotline,
  overdue: z
    .enum(['yes', 'no'])
    .optional()
    .meta({ expected: 'yes or no', description: 'Only those that are overdue, or that are not.' }),
});

export const storyQuery = z.strictObject({
  language: z
    .enum(LANGUAGES)
    .default('en')
    .meta({ expected: 'a language', description: 'Of the sentences; English if not given.' }),
});

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const QUARTER = /^\d{4}-Q[1-4]$/;

export const attemptsQuery = z
  .strictObject({
    unit: z.enum(ATTEMPT_UNITS).optional().meta({
      expected: 'month or quarter',
      description: 'What kind of period; told by the period if not given.',
    }),
    period: z
      .string()
      .regex(new RegExp(`${MONTH.source}|${QUARTER.source}`))
      .optional()
      .meta({
        expected: 'a month such as 2026-10 or a quarter such as 2026-Q4',
        description: 'The running one if not given.',
      }),
  })
  .refine(({ unit, period }) => !unit || !period || QUARTER.test(period) === (unit === 'quarter'), {
    path: ['period'],
    message: 'expected a period of that unit: a month such as 2026-10, a quarter such as 2026-Q4',
  });

export const reportQuery = z.strictObject({
  format: z
    .enum(REPORT_FORMATS)
    .default('html')
    .meta({ expected: 'html, csv or json', description: 'html if not given.' }),
  language: z
    .enum(LANGUAGES)
    .optional()
    .meta({ expected: 'a language', description: 'Of the words; as configured if not given.' }),
});

export const noQuery = z.strictObject({});
