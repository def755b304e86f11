import * as z from 'zod';
import { OUTCOMES, RESULTS, SEAT_STATES, STAGE_ENDS, TARGETS } from '../calls/facts.ts';
import { CERTAINTIES } from './ports.ts';

/**
 * The version of what follows. A new field, or a new word in a list, leaves it as it is; what is taken away or means
 * something else raises it.
 */
export const EXPORT_SCHEMA = 1;

const schema = z.literal(EXPORT_SCHEMA).meta({ description: 'Version of this format, on every line.' });
const instant = (description: string) => z.iso.datetime({ precision: 3 }).meta({ description });
const lengthMs = (description: string) => z.number().min(0).meta({ description });
const text = (description: string) => z.string().meta({ description });

const identity = {
  schema,
  pbx: text('Name of the exchange.'),
  uniqueid: text('The call’s id; with `pbx` it is the call’s identity, and joins all its lines.'),
};

const headLine = z.strictObject({
  schema,
  type: z.literal('export'),
  madeAt: instant('When the export was made.'),
  from: instant('Everything from here …').nullable(),
  until: instant('… and before here; null: no bound.').nullable(),
});

const callLine = z.strictObject({
  ...identity,
  type: z.literal('call'),
  hotline: text('Its name.'),
  kind: z.enum(['attendant', 'people']),
  hours: z.enum(['open', 'closed']).meta({ description: 'At the instant it reached the hotline.' }),
  emergency: z.boolean(),
  test: z.boolean().meta({ description: 'A test or inspection caller: in no rate.' }),
  caller: text(
    'Who called: the same word for the same caller within this export, and for none outside of it. Null where no number is kept.',
  ).nullable(),
  reachedAt: instant('When it reached the hotline; exports are bounded by it.'),
  closedAt: instant('When it ended.'),
  outcome: z.enum(OUTCOMES),
  certainty: z.enum(CERTAINTIES),
  endedBy: z.enum(['caller', 'exchange', 'unknown']),
  pickupMs: lengthMs('From reaching the hotline to being picked up; null where it never was.').nullable(),
  askedAt: instant('When it first asked for a person; null where it never did.').nullable(),
  answeredBy: z
    .strictObject({
      by: z.enum(['seat', 'outside']),
      seat: text('Interface, or trunk; runs of 7 digits and more are masked.'),
      agent: text('Name of the person.'),
      queue: text('"" where it came out of none.'),
      at: instant('When.'),
      waitMs: lengthMs('From first asking for a person.').nullable(),
    })
    .nullable(),
  message: z.enum(['left', 'none']).nullable().meta({ description: 'Null where it got to no voicemail.' }),
  short: z.boolean().meta({ description: 'Given up before the short limit.' }),
  talkMs: lengthMs('With any person, holds included.'),
  holdMs: lengthMs('On hold.'),
  transfers: z.int().min(0),
  lostAfterAnswer: z.boolean(),
});

const stageLine = z.strictObject({
  ...identity,
  type: z.literal('stage'),
  place: z.int().min(1).meta({ description: 'Its place among the call’s stages.' }),
  queue: text('"" for a direct dial.'),
  startedAt: instant('When it joined, or was first dialled.'),
  waitMs: lengthMs('Until its end.'),
  end: z.enum(STAGE_ENDS),
});

const scoredLine = z.strictObject({
  ...identity,
  type: z.literal('scored'),
  hotline: text('Its name.'),
  target: z.enum(TARGETS).meta({ description: 'Which rate.' }),
  result: z.enum(RESULTS),
  reachedAt: instant('Shift, day and month go by this.'),
  scoredAt: instant('Rolling windows go by this.'),
  waitMs: lengthMs('The caller’s wait for the person.').nullable(),
});

const seatLine = z.strictObject({
  schema,
  type: z.literal('seat'),
  pbx: identity.pbx,
  seat: text('Interface; runs of 7 digits and more are masked.'),
  agent: text('Who sat there.'),
  state: z.enum(SEAT_STATES),
  busyWith: z.enum(['queue', 'hotline', 'internal', 'outbound']).nullable(),
  reason: text('Of a pause; "" for none.'),
  from: instant('Since when. What lasts is told in lines that adjoin, one about every five minutes.'),
  until: instant('Until when; exports are bounded by it.'),
  queues: z.array(z.string()).meta({ description: 'It was a member of.' }),
  pausedIn: z.array(z.string()).meta({ description: 'Those of them it was paused in.' }),
});

const blindLine = z.strictObject({
  schema,
  type: z.literal('blind'),
  pbx: identity.pbx,
  from: instant('Since when the exchange could not be seen.'),
  until: instant('Until when; exports are bounded by it.'),
  openCalls: z.int().min(0),
  endedUnknown: z.int().min(0),
  takenUp: z.int().min(0),
  rebooted: z.boolean(),
  missedCalls: z
    .int()
    .min(0)
    .nullable()
    .meta({ description: 'By the exchange’s own counters; null where they cannot tell.' }),
});

/** A line of `ringside export`: which one, `type` says. It holds no number. */
export const exportLineSchema = z.discriminatedUnion('type', [
  headLine,
  callLine,
  stageLine,
  scoredLine,
  seatLine,
  blindLine,
]);
export type ExportLine = z.infer<typeof exportLineSchema>;
