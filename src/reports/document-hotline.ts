import { z } from 'zod';
import { BREACHES, OUTCOMES, TARGETS } from '../calls/facts.ts';
import { VERDICTS } from '../rates/report.ts';
import { count, durationMs, instantMs, ratio } from './document-values.ts';

const backfilled = z
  .object({ hits: count, misses: count, setAside: count })
  .readonly()
  .describe("calls in the counts that we did not see: from the exchange's own log afterwards, or imported");

const targetSchema = z
  .object({
    target: z.enum(TARGETS),
    targetRatio: z
      .number()
      .min(0)
      .max(1)
      .describe('what the norm asks; 1 for after-hours: nothing is missed'),
    formula: z.string().describe('the formula in force, in English'),
    hits: count,
    misses: count,
    setAside: count.describe('short abandons: counted, in no rate'),
    unknown: count.describe('to be decided while we were blind: in no rate'),
    ratio: ratio.describe('hits / (hits + misses)'),
    wilsonLow: ratio.describe("Wilson's 95 % interval"),
    wilsonHigh: ratio,
    guardK: z
      .number()
      .int()
      .nullable()
      .describe('fewest misses of so many calls that are significant at 5 %; null where no count would be'),
    verdict: z.enum(VERDICTS),
    backfilled,
    ratioSeen: ratio.describe('the ratio without the calls we did not see'),
  })
  .readonly();
export type TargetFigures = z.infer<typeof targetSchema>;

const figuresSchema = z
  .object({
    asked: count.describe('calls that asked for a person, decided'),
    answered: count,
    missed: count.describe('asked - answered - set aside'),
    setAside: count,
    abandoned: count,
    short: count,
    serviceLevel: ratio.describe('answered within the bound / asked less set aside'),
    speedOfAnswerMs: durationMs.nullable().describe('mean wait of the answered, ms'),
    handleTimeMs: durationMs.nullable().describe('mean talk + hold + wrap-up, ms'),
    abandonRate: ratio,
    longestWaitMs: durationMs.nullable(),
    occupancy: ratio.describe('busy / (busy + idle + ringing) time of the seats of its queues'),
  })
  .readonly();
export type PeriodFigures = z.infer<typeof figuresSchema>;

const attemptsSchema = z
  .object({
    attempts1: count,
    attempts2: count,
    attempts3: count,
    attempts4plus: count,
    never: count.describe('gave up: 24 h after their last call'),
    chains: count.describe('the sum of these'),
    meanScore: z.number().min(0).max(20).nullable().describe('of 20; null where no chain ended'),
    unknown: count.describe('chains that hang on a call of unknown outcome: in none of the above'),
  })
  .readonly();

const lostCallersSchema = z
  .object({
    failedCalls: count,
    failedCallers: count.describe('different callers of those calls'),
    notReachedCallers: count.describe('different callers who never got through'),
    withoutNumber: count,
    openCallers: count.describe('failed so far, their 24 h not over'),
  })
  .readonly();

const hourSchema = z
  .object({
    hour: z.number().int().min(0).max(23).describe('local hour of the day'),
    calls: count.describe('reached the hotline, open or closed'),
    offered: count.describe('asked for a person'),
    answered: count,
    missed: count,
    setAside: count,
    shared: z.boolean().describe('a part of this hour lies outside the period, its calls are in here too'),
  })
  .readonly();
export type HourFigures = z.infer<typeof hourSchema>;

const outcomes = z.record(z.enum(OUTCOMES), count).readonly();

export const hotlineSectionSchema = z
  .object({
    pbx: z.string(),
    hotline: z.string(),
    title: z.string(),
    kind: z.enum(['attendant', 'people']),
    emergency: z.boolean(),
    zone: z.string().describe('IANA zone of its hours, days and shifts'),
    fromMs: instantMs,
    untilMs: instantMs,
    settings: z
      .object({
        serviceLevelS: z.number(),
        shortAbandonS: z.number(),
        setAsideShort: z.boolean(),
        ringOutS: z.number(),
      })
      .readonly(),
    targets: z.array(targetSchema).readonly(),
    volume: z
      .object({
        reachedOpen: count.describe('reached it in open hours'),
        reachedClosed: count,
        takenUp: count.describe('found in mid-life'),
        transferredIn: count,
        test: count.describe('test and inspection callers, in nothing else'),
        lostAfterAnswer: count,
        notOver: count.describe('reached it and have no outcome yet'),
      })
      .readonly(),
    outcomes: z.object({ open: outcomes, closed: outcomes }).readonly(),
    breaches: z.record(z.enum(BREACHES), count).readonly(),
    figures: figuresSchema,
    attempts: attemptsSchema.nullable().describe("null where callers' numbers are not kept"),
    lostCallers: lostCallersSchema.nullable(),
    hours: z.array(hourSchema).readonly().describe('in order of time for a shift, else 0 to 23'),
  })
  .readonly();
export type HotlineSection = z.infer<typeof hotlineSectionSchema>;
