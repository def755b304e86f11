import { z } from 'zod';
import { RESULTS, TARGETS, type CallRecord, type Fact, type Scored, type Target } from '../calls/facts.ts';
import { formulaOf } from '../rates/formula.ts';
import { isoOf } from './iso.ts';
import { setAsideWords } from './reasons.ts';
import type { HotlineTerms } from './settings-then.ts';
import type { CallBegin, HotlineLimits } from './story-terms.ts';
import type { StoryWords } from './story-words.ts';
import type { StoryKey } from './words-en.ts';

/** In which rate a call counted, and on which side (norm.md section 1). */
export const rateSideSchema = z
  .object({
    target: z.enum(TARGETS),
    result: z.enum(RESULTS).nullable().describe('null: the call does not enter this rate, or not yet'),
    numerator: z.int().min(0).max(1).describe('what it added to the numerator'),
    denominator: z.int().min(0).max(1).describe('what it added to the denominator'),
    why: z.string(),
    decidedAt: z
      .string()
      .nullable()
      .describe('rolling windows go by this instant; shift, day and month by the one it reached the hotline'),
    decidedAtMs: z.number().nullable(),
    formula: z.string().nullable().describe('in English; in force then, null where that is not known'),
    targetRatio: z
      .number()
      .nullable()
      .describe('in force then; null for after-hours, where nothing may be missed'),
  })
  .readonly();
export type RateSide = z.infer<typeof rateSideSchema>;

/** What is known of the call whose sides are asked for. */
export interface RatedCall {
  readonly begin: CallBegin;
  /** Undefined while it is open. */
  readonly record: CallRecord | undefined;
  readonly facts: readonly Fact[];
  readonly limits: HotlineLimits | undefined;
  readonly terms: HotlineTerms | undefined;
}

export function rateSides(say: StoryWords, call: RatedCall): readonly RateSide[] {
  return TARGETS.map((target) => rateSide(say, target, call));
}

function rateSide(say: StoryWords, target: Target, call: RatedCall): RateSide {
  const { facts, terms } = call;
  // What a merge put in the place of another stands last.
  const scored = facts.findLast((fact): fact is Scored => fact.type === 'scored' && fact.target === target);
  const result = scored?.result ?? null;
  return {
    target,
    result,
    numerator: result === 'hit' ? 1 : 0,
    denominator: result === 'hit' || result === 'miss' ? 1 : 0,
    why: scored === undefined ? notInWords(say, target, call) : sideWords(say, scored, call.limits),
    decidedAt: isoOf(scored?.atMs),
    decidedAtMs: scored?.atMs ?? null,
    formula: terms === undefined ? null : formulaOf(target, terms),
    targetRatio: terms === undefined || target === 'after-hours' ? null : terms.targets[target],
  };
}

function sideWords(say: StoryWords, { target, result }: Scored, limits: HotlineLimits | undefined): string {
  switch (result) {
    case 'hit':
      return say.say(`hit.${target}`);
    case 'miss':
      return say.say(`miss.${target}`);
    case 'set_aside':
      return say.say('side.aside', { why: setAsideWords(say, target, limits) });
    case 'unknown':
      return say.say('side.unknown');
  }
}

/** Why a call is not in a rate. */
function notInWords(say: StoryWords, target: Target, call: RatedCall): string {
  const [auto, transfer, direct] = [
    say.say('target.auto'),
    say.say('target.transfer'),
    say.say('target.direct'),
  ];
  return say.say(notIn(target, call), { auto, transfer, direct });
}

/** The first that holds. */
function notIn(target: Target, { begin, record }: RatedCall): StoryKey {
  const emergency = record?.emergency ?? begin.emergency;
  const { kind, hours } = begin;
  if (begin.test) return 'not-in.test';
  if (kind === 'people' && (target === 'auto' || target === 'transfer')) return 'not-in.people';
  if (kind === 'attendant' && target === 'direct') return 'not-in.attendant';
  if (target === 'after-hours' && hours === 'open') return 'not-in.open';
  if (target === 'auto' && hours === 'closed') return 'not-in.closed';
  if (target !== 'after-hours' && hours === 'closed' && !emergency) return 'not-in.closed';
  if (record === undefined) return 'not-in.pending';
  if (target === 'transfer' && record.askedAtMs === undefined) return 'not-in.never-asked';
  return 'not-in.before';
}
