import * as z from 'zod';
import { callBackSchema } from '../attempts/call-back-settings.ts';
import { numberFormSchema } from '../attempts/number-settings.ts';
import { accessSchema } from './schema-access.ts';
import { floorSchema } from './schema-floor.ts';
import { hotlineSchema } from './schema-hotline.ts';
import { shiftsSchema, zoneSchema } from './schema-hours.ts';
import { httpSchema, metricsSchema } from './schema-http.ts';
import { journalSchema, reportsSchema } from './schema-journal.ts';
import { movesSchema } from './schema-moves.ts';
import { normSchema } from './schema-norm.ts';
import { pbxSchema } from './schema-pbx.ts';
import { rosterSchema } from './schema-roster.ts';
import { flag } from './setting.ts';

const company = z
  .strictObject({
    households: z
      .int()
      .min(0)
      .meta({
        description: "Households served: the norm's least daily hours go by it. Unknown if left out.",
        expected: 'a whole number of households',
      })
      .optional(),
    newlyOpened: flag('Has just opened: 8 hours a day are enough below 1,000 households.').default(false),
    zone: zoneSchema.optional().meta({ description: 'IANA time zone of every hotline that names none.' }),
    shifts: shiftsSchema.optional(),
  })
  .prefault({})
  .meta({ description: 'The company the hotlines belong to.' });

const log = z
  .strictObject({
    level: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .meta({ description: 'How much is logged. No caller number at any level.' })
      .default('info'),
  })
  .prefault({})
  .meta({ description: 'The log, on standard output.' });

/** Every setting there is: type, default, description. Everything said about settings anywhere is made from this. */
export const settingsSchema = z.strictObject({
  pbxs: z
    .array(pbxSchema)
    .min(1)
    .meta({ description: 'The exchanges under watch.', expected: 'a list of at least one exchange' }),
  hotlines: z
    .array(hotlineSchema)
    .min(1)
    .meta({ description: 'The published numbers under watch.', expected: 'a list of at least one hotline' }),
  company,
  norm: normSchema,
  floor: floorSchema,
  moves: movesSchema,
  roster: rosterSchema.optional(),
  numbers: numberFormSchema,
  callBacks: callBackSchema,
  journal: journalSchema,
  reports: reportsSchema,
  access: accessSchema,
  http: httpSchema,
  metrics: metricsSchema,
  log,
});

/** Settings after validation, every default filled in. */
export type Settings = z.infer<typeof settingsSchema>;
export type PbxSettings = Settings['pbxs'][number];
export type HotlineSettings = Settings['hotlines'][number];
