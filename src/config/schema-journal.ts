import * as z from 'zod';
import { LANGUAGES } from '../lib/languages.ts';
import { flag, path, text, whole } from './setting.ts';

/** What survives a restart, and how long it is kept. */
export const journalSchema = z
  .strictObject({
    file: path(
      'Database that keeps calls and figures. Without it figures begin anew at each restart.',
    ).optional(),
    keyFile: path(
      "File of the keys that callers' numbers are kept under, mode 600: a line each, newest first, an id, `:` and 32 random bytes in base64. Without it numbers are not kept, so attempts and call-backs cannot be told.",
    ).optional(),
    retention: z
      .strictObject({
        numbersDays: whole(
          1,
          3_660,
          'days',
          "Callers' numbers, hashed and encrypted, are destroyed after this.",
        ).default(90),
        callsMonths: whole(
          2,
          120,
          'months',
          'Calls, seats and blind times are destroyed after this.',
        ).default(25),
      })
      .prefault({})
      .meta({ description: 'How long it is kept (norm: data past its retention is destroyed).' }),
  })
  .prefault({})
  .meta({ description: 'The journal: what survives a restart.' });

/** Reports as people read them. */
export const reportsSchema = z
  .strictObject({
    language: z
      .enum(LANGUAGES)
      .meta({ description: 'Language of reports that are not asked for in another.' })
      .default('en'),
    folder: text({
      description:
        'Folder that a report is written into at the end of every shift, day, month and quarter; it must be there. A relative path starts from the directory of this file. Without it none is written by itself.',
      expected: 'the path of a folder',
    }).optional(),
    languages: z
      .array(z.enum(LANGUAGES))
      .min(1)
      .meta({
        description: 'Languages those are written in; `language` if left out.',
        expected: 'a list of at least one language',
      })
      .optional(),
    formats: z
      .array(z.enum(['html', 'csv', 'json']))
      .min(1)
      .meta({
        description: 'Forms those are written in; JSON has no language.',
        expected: 'a list of html, csv and json, at least one',
      })
      .default(['html']),
  })
  .prefault({})
  .meta({ description: 'Shift, day, month and quarter reports.' });

/** The exchange's own log of its queues, where this machine can read it. */
export const queueLogSchema = z
  .strictObject({
    path: path('File app_queue writes to, such as /var/log/asterisk/queue_log.'),
    rotated: flag('Whether its rotated siblings are read too: `queue_log.1`, `queue_log-20261001`.').default(
      true,
    ),
  })
  .meta({
    description:
      'Blind time is filled from it afterwards: what ended unknown becomes known, marked so. Absent: it stays unknown.',
  });
