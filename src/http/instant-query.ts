import { z } from 'zod';
import { readInstant } from './read-instant.ts';

/** A part of a query that is an instant, unix ms once read; it may be left out. */
export const instant = (description: string) =>
  z
    .string()
    .transform((text, context) => {
      const read = readInstant(text);
      if ('atMs' in read) return read.atMs;
      context.addIssue({ code: 'custom', message: read.mistake });
      return z.NEVER;
    })
    .optional()
    .meta({ expected: 'an instant', description });
