import { z } from 'zod';
import type { LostCallers } from '../attempts/not-reached.ts';
import { attemptFiguresOf } from '../attempts/score.ts';
import type { SumRow } from '../store/sums.ts';

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
  /** Of the months of the period; other series are left out. */
  readonly sums: readonly SumRow[];
  /** Undefined where callers are not told apart. */
  readonly lost: readonly (LostCallers & { readonly pbx: string; readonly hotline: string })[] | undefined;
}

export function attemptsDocument({ unit, period, hotlines, sums, lost }: AttemptSources): AttemptsDocument {
  return {
    unit,
    period,
    hotlines: hotlines.map(({ pbx, name }) => {
      const own = sums.filter(
        (row) =>
          row.series === 'attempts' && row.subject === 'hotline' && row.pbx === pbx && row.name === name,
      );
      const callers = lost?.find((row) => row.pbx === pbx && row.hotline === name);
      return {
        pbx,
        hotline: name,
        ...attemptFiguresOf(own.map((row) => row.sums)),
        failedCalls: callers?.failedCalls ?? null,
        failedCallers: callers?.failedCallers ?? null,
        notReachedCallers: callers?.notReachedCallers ?? null,
        withoutNumber: callers?.withoutNumber ?? null,
        openCallers: callers?.openCallers ?? null,
      };
    }),
  };
}
