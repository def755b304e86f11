import * as z from 'zod';
import { flag, path, whole } from './setting.ts';

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
      .enum(['en', 'zh-Hans', 'zh-Hant', 'es'])
      .meta({ description: 'Language of reports that are not asked for in another.' })
      .default('en'),
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
