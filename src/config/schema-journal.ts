import * as z from 'zod';
import { flag, path, seconds, whole } from './setting.ts';

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

/** Whom to call back, and what closes it (norm.md section 4). */
export const callBacksSchema = z
  .strictObject({
    talkedS: seconds(
      1,
      600,
      'An outbound call to the number closes a call-back when it was answered and talked at least this long.',
    ).default(10),
    withinH: whole(1, 720, 'hours', 'A call-back is overdue after this; of an emergency at once.').default(
      72,
    ),
    shortAbandons: flag('Whether callers who gave up at once (norm.shortAbandonS) are called back.').default(
      true,
    ),
  })
  .prefault({})
  .meta({ description: 'Callers who asked for a person and got none.' });

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
