import { z } from 'zod';
import { attemptsSchema } from '../explain/attempts-document.ts';
import { callBackListSchema } from '../explain/call-back-list.ts';
import { callRowSchema } from '../explain/call-row.ts';
import { definitionSchema } from '../explain/definition-document.ts';
import { callStorySchema } from '../explain/story-document.ts';
import { auditQuery, auditSchema } from './audit-route.ts';
import {
  attemptsQuery,
  callBacksQuery,
  callsQuery,
  noQuery,
  reportQuery,
  storyQuery,
} from './journal-queries.ts';

const callPageSchema = z
  .object({
    calls: z.array(callRowSchema).readonly().describe('the newest first'),
    next: z.string().nullable().describe('"after" of the next page; null where this is the last'),
  })
  .readonly();

const CSV = z.string().describe('text/csv, RFC 4180, UTF-8');
const REPORT = z.string().describe('text/html (prints on A4), text/csv or application/json');

/** Every address of the API that reads the journal. Errors are `{ error, words }` or `{ error, mistakes, see }`. */
const ROUTES = [
  {
    path: '/api/calls',
    what: 'Calls that reached a hotline, the newest first, page by page.',
    parameters: callsQuery,
    answer: callPageSchema,
  },
  {
    path: '/api/calls/{pbx}:{uniqueid}',
    what: 'One call: what decided it in order, by which rule, and in which rate it counted on which side.',
    parameters: storyQuery,
    answer: callStorySchema,
  },
  {
    path: '/api/definition',
    what: 'Formulas and settings in force, their hash, and when they changed.',
    parameters: noQuery,
    answer: definitionSchema,
  },
  {
    path: '/api/call-backs',
    what: 'Callers who asked for a person, got none, and are owed a call back.',
    parameters: callBacksQuery,
    answer: callBackListSchema,
  },
  { path: '/api/call-backs.csv', what: 'The same as a table.', parameters: callBacksQuery, answer: CSV },
  {
    path: '/api/attempts',
    what: 'Attempts until callers got through, and the score, by hotline.',
    parameters: attemptsQuery,
    answer: attemptsSchema,
  },
  {
    path: '/api/reports/{kind}/{period}',
    what: 'The report of a shift ("2026-11-21 early"), day (2026-11-21), month (2026-11) or quarter (2026-Q4).',
    parameters: reportQuery,
    answer: REPORT,
  },
  {
    path: '/api/audit',
    what: 'Who did what: signed in, moved a seat, looked at a number. For admins.',
    parameters: auditQuery,
    answer: auditSchema,
  },
] as const;

let made: unknown;

/** Each address with what it takes and answers, as JSON Schema. */
export function apiSchema(): unknown {
  made ??= {
    routes: ROUTES.map(({ path, what, parameters, answer }) => ({
      method: 'GET',
      path,
      what,
      parameters: z.toJSONSchema(parameters, { io: 'input' }),
      answer: z.toJSONSchema(answer, { io: 'output' }),
    })),
  };
  return made;
}
