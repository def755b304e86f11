import { z } from 'zod';
import { BREACHES, type CallClosed, type CallOpened } from '../calls/facts.ts';
import type { Language } from '../lib/languages.ts';
import type { DefinitionInForce, StoredCall } from '../store/ports.ts';
import { callAttemptSchema, type CallAttempt } from './call-attempt.ts';
import { callRowDocument, callRowSchema } from './call-row.ts';
import { CallStory } from './call-story.ts';
import { isoOf } from './iso.ts';
import { queueSideSchema, queueSides } from './queue-side.ts';
import { rateSideSchema, rateSides } from './rate-side.ts';
import type { Reason } from './reason.ts';
import { breachReason } from './reasons.ts';
import { countedOf, countSame, replayFacts } from './replay-facts.ts';
import { definitionOfCall, termsOf, type HotlineTerms } from './settings-then.ts';
import type { CallBegin, HotlineLimits } from './story-terms.ts';
import { StoryWords } from './story-words.ts';

const rule = z.string().describe('section of the norm, for example 2.4');
const stepSchema = z.object({ at: z.string(), atMs: z.number(), words: z.string(), rule }).readonly();

/** What the rules say of what was kept: the same as was said then, something else, or nothing that could be judged. */
const CHECKS = ['same', 'differs', 'open', 'not-kept'] as const;

/** A call with all that decided it (norm.md sections 1 and 2). It holds no caller number and no event of the exchange. */
export const callStorySchema = z
  .object({
    call: callRowSchema,
    kind: z.enum(['attendant', 'people']).nullable(),
    takenUp: z.boolean().describe('found in mid-life, not seen to begin'),
    endedBy: z.enum(['caller', 'exchange', 'unknown']).nullable(),
    pickupMs: z.number().nullable(),
    message: z.enum(['left', 'none']).nullable().describe('null: it reached no voicemail'),
    short: z.boolean(),
    holdMs: z.number(),
    transfers: z.int(),
    lostAfterAnswer: z.boolean(),
    outcome: z
      .object({
        words: z.string(),
        rule: rule.nullable(),
        certainty: z.string().describe('how sure it is, in words'),
        check: z.enum(CHECKS).describe('the rules applied anew to what the journal keeps'),
      })
      .readonly(),
    steps: z.array(stepSchema).readonly().describe('what decided it, in order'),
    rates: z.array(rateSideSchema).readonly(),
    queues: z.array(queueSideSchema).readonly(),
    breaches: z.array(z.object({ breach: z.enum(BREACHES), words: z.string(), rule }).readonly()).readonly(),
    attempt: callAttemptSchema.nullable().describe('null where the caller is not known, or not asked about'),
    definition: z
      .object({
        hash: z.string(),
        since: z.string().nullable(),
        sinceMs: z.number(),
        settings: z
          .object({
            ringOutS: z.number(),
            shortAbandonS: z.number(),
            setAsideShort: z.boolean(),
            serviceLevelS: z.number(),
          })
          .readonly()
          .nullable()
          .describe('of the hotline, as in force then'),
      })
      .readonly()
      .nullable(),
  })
  .readonly();
export type CallStoryDocument = z.infer<typeof callStorySchema>;

/** What a story is told from. */
export interface StorySources {
  readonly call: StoredCall;
  /** All that were in force, the first one first. */
  readonly definitions: readonly DefinitionInForce[];
  readonly attempt: CallAttempt | undefined;
}

/** @param language of its sentences; formulas are said in English, as everywhere */
export function callStoryDocument(
  { call, definitions, attempt }: StorySources,
  language: Language = 'en',
): CallStoryDocument {
  const { row, facts } = call;
  const say = new StoryWords(language);
  // What a merge put in the place of another stands last.
  const closed = facts.findLast((fact): fact is CallClosed => fact.type === 'call-closed');
  const opened = facts.find((fact): fact is CallOpened => fact.type === 'call-opened');
  const record = closed?.record;
  const definition = definitionOfCall(definitions, row);
  const terms = termsOf(definition, row.pbx, row.hotline);
  const limits = limitsOf(closed, terms);
  const begin: CallBegin | undefined = opened ?? record;
  const steps = begin === undefined ? [] : stepsOf(say, call, begin, closed, limits);
  return {
    call: callRowDocument(row),
    kind: begin?.kind ?? null,
    takenUp: begin?.takenUp ?? false,
    endedBy: record?.endedBy ?? null,
    pickupMs: record?.pickupMs ?? null,
    message: record?.message ?? null,
    short: record?.short ?? false,
    holdMs: record?.holdMs ?? 0,
    transfers: record?.transfers ?? 0,
    lostAfterAnswer: record?.lostAfterAnswer ?? false,
    outcome: outcomeOf(say, call, record === undefined ? undefined : steps.at(-1)),
    steps: steps.map(({ atMs, words, rule }) => ({ at: isoOf(atMs) ?? '', atMs, words, rule })),
    rates: begin === undefined ? [] : rateSides(say, { begin, record, facts, limits, terms }),
    queues: queueSides(say, facts),
    breaches: facts
      .filter((fact) => fact.type === 'breach')
      .map(({ atMs, breach }) => ({ breach, ...wordsOf(breachReason(say, atMs, breach)) })),
    attempt: attempt ?? null,
    definition: definition === undefined ? null : definitionDocument(definition, terms),
  };
}

function stepsOf(
  say: StoryWords,
  { facts }: StoredCall,
  begin: CallBegin,
  closed: CallClosed | undefined,
  limits: HotlineLimits | undefined,
): readonly Reason[] {
  const story = new CallStory(begin, limits, say);
  for (const fact of facts) story.hear(fact);
  if (closed === undefined) return story.sofar();
  // 0: the exchange said none, or its end was not seen.
  const cause = closed.evidence?.cause ?? 0;
  return story.whole(closed.record, cause === 0 ? undefined : cause);
}

/** The call's own memory of its settings is the surest. */
function limitsOf(
  closed: CallClosed | undefined,
  terms: HotlineTerms | undefined,
): HotlineLimits | undefined {
  const evidence = closed?.evidence;
  if (evidence === undefined) return terms;
  return { ringOutS: evidence.ringOutMs / 1000, shortAbandonS: evidence.shortMs / 1000 };
}

function outcomeOf(
  say: StoryWords,
  { row, facts }: StoredCall,
  last: Reason | undefined,
): CallStoryDocument['outcome'] {
  const counted = countedOf(facts);
  const again = replayFacts(facts);
  const check =
    counted === undefined
      ? 'open'
      : again === undefined
        ? 'not-kept'
        : countSame(counted, again)
          ? 'same'
          : 'differs';
  return {
    words: last?.words ?? say.say('why.open'),
    rule: last?.rule ?? null,
    certainty: say.say(`certainty.${row.certainty}`),
    check,
  };
}

const wordsOf = ({ words, rule }: Reason): Pick<Reason, 'words' | 'rule'> => ({ words, rule });

function definitionDocument(
  { hash, atMs }: DefinitionInForce,
  terms: HotlineTerms | undefined,
): CallStoryDocument['definition'] {
  if (terms === undefined) return { hash, since: isoOf(atMs), sinceMs: atMs, settings: null };
  const { ringOutS, shortAbandonS, setAsideShort, serviceLevelS } = terms;
  const settings = { ringOutS, shortAbandonS, setAsideShort, serviceLevelS };
  return { hash, since: isoOf(atMs), sinceMs: atMs, settings };
}
