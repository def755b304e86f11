import * as z from 'zod';
import { text } from './setting.ts';

const CLOCK = '(?:[01][0-9]|2[0-3]):[0-5][0-9]';
const SPAN = `${CLOCK}-(?:${CLOCK}|24:00)`;
const SPANS_EXPECTED = '"closed", "24h", a span such as "08:00-20:00", or a list of spans';

const spans = z
  .union([
    z.string().regex(new RegExp(`^(?:closed|24h|${SPAN})$`)),
    z
      .array(
        z
          .string()
          .regex(new RegExp(`^${SPAN}$`))
          .meta({ expected: 'a span such as "08:00-12:00"' }),
      )
      .min(1),
  ])
  .meta({ expected: SPANS_EXPECTED });

export const zoneSchema = text({
  description: 'IANA time zone that days and hours are counted in.',
  expected: 'an IANA time zone such as Asia/Shanghai',
});

export const shiftsSchema = z
  .record(
    z.string(),
    z
      .string()
      .regex(new RegExp(`^${CLOCK}$`))
      .meta({ expected: 'a time such as "06:00"' }),
  )
  .meta({
    description:
      'Shifts of the day: name and start, such as `{ early: "06:00", late: "14:00", night: "22:00" }`; each lasts until the next.',
  });

/** Staffed hours as people write them; compiled by hours-text.ts. */
export const hoursSchema = z
  .strictObject({
    zone: zoneSchema.optional().meta({ description: 'IANA time zone; by default company.zone.' }),
    week: z.record(z.string(), spans).meta({
      description: `Staffed hours by day: \`mon\`, \`mon-fri\` or \`sat,sun\`, each ${SPANS_EXPECTED}. A day not named is closed. "22:00-06:00" runs into the next day and belongs to the day it begins on.`,
    }),
    exceptions: z
      .record(z.string(), spans)
      .default({})
      .meta({
        description: `Dates (\`2026-10-01\`) that do not follow the week, each ${SPANS_EXPECTED}. They replace what begins on that date.`,
      }),
    shifts: shiftsSchema
      .optional()
      .meta({ description: 'Shifts of this hotline; by default company.shifts.' }),
  })
  .meta({ description: 'When people are promised. May be left out only for an emergency hotline.' });

export type HoursText = z.infer<typeof hoursSchema>;
