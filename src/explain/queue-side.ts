import { z } from 'zod';
import { STAGE_ENDS, type Fact, type QueueEnded } from '../calls/facts.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { isoOf } from './iso.ts';
import type { StoryWords } from './story-words.ts';
import type { StoryKey } from './words-en.ts';

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

export function queueSides(say: StoryWords, facts: readonly Fact[]): readonly QueueSide[] {
  return facts.filter((fact) => fact.type === 'queue-ended').map((fact) => queueSide(say, fact));
}

function queueSide(say: StoryWords, fact: QueueEnded): QueueSide {
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
    why: say.say(apart ?? (end === 'answered' ? 'queue.answered' : 'queue.not-answered')),
  };
}

function whyApart({ test, end, short }: QueueEnded): StoryKey | undefined {
  if (test === true) return 'queue.test';
  if (end === 'unknown') return 'queue.unknown';
  return short ? 'queue.short' : undefined;
}
