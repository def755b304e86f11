import * as z from 'zod';

/** Whom to call back, and what counts as having done so (norm.md section 4). */
export const callBackSchema = z
  .strictObject({
    leastTalkS: z
      .int()
      .min(1)
      .max(600)
      .meta({
        description:
          'An outbound call to the caller closes a call-back where it was answered and talked for at least this many seconds.',
        expected: 'a whole number of seconds from 1 to 600',
      })
      .default(10),
    reachWithinH: z
      .int()
      .min(1)
      .max(720)
      .meta({
        description: 'Hours within which a caller is to be reached; emergencies at once.',
        expected: 'a whole number of hours from 1 to 720',
      })
      .default(72),
    shortAbandons: z
      .boolean()
      .meta({ description: 'Whether those who gave up within the short-abandon limit are called back too.' })
      .default(true),
  })
  .prefault({})
  .meta({ description: 'Callers who asked for a person and got none are called back.' });

/** The settings after validation, every default filled in. */
export type CallBackSettings = z.infer<typeof callBackSchema>;
