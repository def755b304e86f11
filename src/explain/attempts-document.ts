import { z } from 'zod';
import { attemptFiguresOf, type AttemptFigures } from '../attempts/score.ts';
import type { HotlineAttempts } from '../store/call-back-reads.ts';

export const ATTEMPT_UNITS = ['month', 'quarter'] as const;
export type AttemptUnit = (typeof ATTEMPT_UNITS)[number];

const count = z.int().min(0);

/** Getting through, by hotline (norm.md section 3). */
export const attemptsSchema = z
  .object({
    unit: z.enum(ATTEMPT_UNITS),
    period: z.string().describe('2026-10 or 2026-Q4'),
    hotlines: z
      .array(
        z
          .object({
            pbx: z.string(),
            hotline: z.string(),
            attempts1: count.describe('callers who got through at the first attempt'),
            attempts2: count,
            attempts3: count,
            attempts4plus: count,
            never: count.describe('chains that ended 24 h after their last call without getting through'),
            chains: count.describe('all of the above: the denominator'),
            meanScore: z.number().min(0).max(20).nullable().describe('out of 20; null where no chain ended'),
            unknown: count.describe('chains that hang on a call of unknown outcome: in none of the above'),
            failedCalls: count
              .nullable()
              .describe('calls that failed; null where callers are not told apart'),
            failedCallers: count.nullable().describe('different callers of these'),
            notReachedCallers: count.nullable().describe('different callers who never got through'),
            withoutNumber: count.nullable().describe('of these, without a number'),
            openCallers: count
              .nullable()
              .describe('different callers who failed so far and may yet try again'),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type AttemptsDocument = z.infer<typeof attemptsSchema>;

export interface AttemptSources {
  readonly unit: AttemptUnit;
  readonly period: string;
  /** Every hotline there is: one without a chain stands there with 0. */
  readonly hotlines: readonly { readonly pbx: string; readonly name: string }[];
  readonly attempts: readonly HotlineAttempts[];
  /** Without numbers callers are not told apart. */
  readonly keepsNumbers: boolean;
}

export function attemptsDocument(sources: AttemptSources): AttemptsDocument {
  const { unit, period, hotlines, attempts, keepsNumbers } = sources;
  return {
    unit,
    period,
    hotlines: hotlines.map(({ pbx, name }) => {
      const own = attempts.find((row) => row.pbx === pbx && row.hotline === name);
      const callers = keepsNumbers ? own?.callers : undefined;
      return {
        pbx,
        hotline: name,
        ...(own === undefined ? attemptFiguresOf([]) : figuresOf(own)),
        failedCalls: callers?.failedCalls ?? null,
        failedCallers: callers?.failedCallers ?? null,
        notReachedCallers: callers?.notReachedCallers ?? null,
        withoutNumber: callers?.withoutNumber ?? null,
        openCallers: callers?.openCallers ?? null,
      };
    }),
  };
}

function figuresOf(own: HotlineAttempts): AttemptFigures {
  const { attempts1, attempts2, attempts3, attempts4plus, never, chains, meanScore, unknown } = own;
  return { attempts1, attempts2, attempts3, attempts4plus, never, chains, meanScore, unknown };
}
