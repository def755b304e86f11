import { z } from 'zod';
import { OUTCOMES } from '../calls/facts.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { CERTAINTIES, type CallRow } from '../store/ports.ts';
import { isoOf } from './iso.ts';

/** One call as a list shows it. Instants are unix ms and the same as ISO 8601; durations ms; what is not known is null. */
export const callRowSchema = z
  .object({
    id: z.string().describe('{pbx}:{uniqueid}, as in /api/calls/{id}'),
    pbx: z.string(),
    uniqueid: z.string(),
    hotline: z.string(),
    hours: z.enum(['open', 'closed']).describe('judged at the instant the call reached the hotline'),
    emergency: z.boolean(),
    test: z.boolean().describe('a test or inspection caller: in no rate'),
    reachedAt: z.string().nullable(),
    reachedAtMs: z.number().nullable(),
    closedAt: z.string().nullable().describe('null while it is open'),
    closedAtMs: z.number().nullable(),
    outcome: z.enum(OUTCOMES).nullable().describe('null while it is open'),
    certainty: z.enum(CERTAINTIES),
    queue: z.string().describe("the last it was in; '' for none"),
    agent: z.string().describe("who answered; '' for nobody"),
    seat: z.string(),
    waitMs: z.number().nullable().describe('until a person answered, or the last try at one ended'),
    talkMs: z.number(),
  })
  .readonly();
export type CallRowDocument = z.infer<typeof callRowSchema>;

export function callRowDocument(row: CallRow): CallRowDocument {
  const { pbx, uniqueid, hotline, hours, emergency, test, outcome, certainty, queue, waitMs, talkMs } = row;
  return {
    id: `${pbx}:${uniqueid}`,
    pbx,
    uniqueid,
    hotline,
    hours,
    emergency,
    test,
    reachedAt: isoOf(row.reachedAtMs),
    reachedAtMs: Number.isFinite(row.reachedAtMs) ? row.reachedAtMs : null,
    closedAt: isoOf(row.closedAtMs),
    closedAtMs: row.closedAtMs,
    outcome,
    certainty,
    queue,
    agent: maskDigitRuns(row.agent),
    seat: maskDigitRuns(row.seat),
    waitMs,
    talkMs,
  };
}
