import { z } from 'zod';
import { RESULTS, TARGETS, type CallRecord, type Fact, type Scored, type Target } from '../calls/facts.ts';
import { formulaOf } from '../rates/formula.ts';
import { isoOf } from './iso.ts';
import { setAsideWords } from './reasons.ts';
import type { HotlineTerms } from './settings-then.ts';
import type { CallBegin, HotlineLimits } from './story-terms.ts';

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
    formula: z.string().nullable().describe('in force then; null where that is not known'),
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

export function rateSides(call: RatedCall): readonly RateSide[] {
  return TARGETS.map((target) => rateSide(target, call));
}

function rateSide(target: Target, call: RatedCall): RateSide {
  const { facts, terms } = call;
  // What a merge put in the place of another stands last.
  const scored = facts.findLast((fact): fact is Scored => fact.type === 'scored' && fact.target === target);
  const result = scored?.result ?? null;
  return {
    target,
    result,
    numerator: result === 'hit' ? 1 : 0,
    denominator: result === 'hit' || result === 'miss' ? 1 : 0,
    why: scored === undefined ? notIn(target, call) : sideWords(scored, call.limits),
    decidedAt: isoOf(scored?.atMs),
    decidedAtMs: scored?.atMs ?? null,
    formula: terms === undefined ? null : formulaOf(target, terms),
    targetRatio: terms === undefined || target === 'after-hours' ? null : terms.targets[target],
  };
}

const HIT_WORDS: Readonly<Record<Target, string>> = {
  auto: 'the attendant picked it up',
  transfer: 'a person answered a caller who had asked for one',
  direct: 'a person answered',
  'after-hours': 'an attendant, a voicemail, a closed announcement or a person took it',
};
const MISS_WORDS: Readonly<Record<Target, string>> = {
  auto: 'it ended before the attendant picked it up',
  transfer: 'the caller asked for a person and got none',
  direct: 'no person answered',
  'after-hours': 'nothing took it',
};

function sideWords({ target, result }: Scored, limits: HotlineLimits | undefined): string {
  switch (result) {
    case 'hit':
      return HIT_WORDS[target];
    case 'miss':
      return MISS_WORDS[target];
    case 'set_aside':
      return `${setAsideWords(target, limits)}: counted, on neither side`;
    case 'unknown':
      return 'what would have decided it was not seen: on neither side';
  }
}

/** Why a call is not in a rate: the first that holds. */
function notIn(target: Target, { begin, record }: RatedCall): string {
  const emergency = record?.emergency ?? begin.emergency;
  const { kind, hours } = begin;
  if (begin.test) return 'a test caller is counted apart, in no rate';
  if (kind === 'people' && (target === 'auto' || target === 'transfer'))
    return 'a hotline of people only: its rate is "direct"';
  if (kind === 'attendant' && target === 'direct')
    return 'a hotline with an attendant: its rates are "auto" and "transfer"';
  if (target === 'after-hours' && hours === 'open') return 'it reached the hotline in open hours';
  if (target === 'auto' && hours === 'closed') return 'it reached the hotline in closed hours';
  if (target !== 'after-hours' && hours === 'closed' && !emergency)
    return 'it reached the hotline in closed hours';
  if (record === undefined) return 'not decided yet: pending';
  if (target === 'transfer' && record.askedAtMs === undefined) return 'the caller never asked for a person';
  return 'it was decided before it was watched: never guessed';
}
