import { z } from 'zod';
import { STAGE_ENDS, type Fact, type QueueEnded } from '../calls/facts.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { isoOf } from './iso.ts';

/** One stay in a queue, and the side of the queue's own rate it is on: answered / (joined + refused - short). */
export const queueSideSchema = z
  .object({
    queue: z.string(),
    endedAt: z.string().nullable(),
    endedAtMs: z.number(),
    waitMs: z.number(),
    end: z.enum(STAGE_ENDS),
    agent: z.string(),
    seat: z.string(),
    numerator: z.int().min(0).max(1),
    denominator: z.int().min(0).max(1),
    why: z.string(),
  })
  .readonly();
export type QueueSide = z.infer<typeof queueSideSchema>;

export function queueSides(facts: readonly Fact[]): readonly QueueSide[] {
  return facts.filter((fact) => fact.type === 'queue-ended').map(queueSide);
}

function queueSide(fact: QueueEnded): QueueSide {
  const { queue, atMs, waitMs, end } = fact;
  const apart = whyApart(fact);
  return {
    queue,
    endedAt: isoOf(atMs),
    endedAtMs: atMs,
    waitMs,
    end,
    agent: maskDigitRuns(fact.agent),
    seat: maskDigitRuns(fact.seat),
    numerator: apart === undefined && end === 'answered' ? 1 : 0,
    denominator: apart === undefined ? 1 : 0,
    why:
      apart ?? (end === 'answered' ? 'a person answered in this queue' : 'no person answered in this queue'),
  };
}

function whyApart({ test, end, short }: QueueEnded): string | undefined {
  if (test === true) return 'a test caller is in no rate';
  if (end === 'unknown') return 'how it ended was not seen: on neither side';
  return short ? 'the caller hung up before the short limit: counted, on neither side' : undefined;
}
