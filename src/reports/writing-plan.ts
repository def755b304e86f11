import { z } from 'zod';
import { CHAIN_MS } from '../attempts/chain.ts';
import type { HoursDefinition } from '../hotlines/definition.ts';
import { endedPeriods, type EndedPeriod } from './ended-periods.ts';
import { REPORT_KINDS } from './report-period.ts';

const followedSchema = z
  .object({
    kind: z.enum(REPORT_KINDS),
    key: z.string(),
    endedAtMs: z.number(),
    /** Calls of it were not over when it was written. */
    hasOpenCalls: z.boolean(),
  })
  .readonly();

/**
 * What is known of the reports that were written: all that ended until `untilMs` are, and these are written anew when
 * more is known of them. Kept beside the reports, so that none is written twice after a restart.
 */
export const writingStateSchema = z
  .object({
    format: z.literal('ringside-written/1'),
    untilMs: z.number(),
    followed: z.array(followedSchema).readonly(),
  })
  .readonly();
export type WritingState = z.infer<typeof writingStateSchema>;

/** One report that is due. */
export interface WritingTask extends EndedPeriod {
  /** It is there already: to be written anew only where all of its calls are over by now. */
  readonly onlyIfOver: boolean;
}

/** What became of a task. */
export interface WritingResult {
  readonly task: WritingTask;
  /** Calls of the period that are not over. */
  readonly callsNotOver: number;
}

/** The last events of a period may still be on their way. */
export const AFTER_END_MS = 2000;
/** A period that ended longer ago, while nothing could be written, is asked for by hand: `ringside report`. */
const MOST_BACK_MS = 35 * 86_400_000;
/** Of a folder that nothing was written into by itself: from now on. */
export function firstState(nowMs: number): WritingState {
  return { format: 'ringside-written/1', untilMs: nowMs - AFTER_END_MS, followed: [] };
}

/**
 * What is to be written now: periods that ended; those whose last call is over; and once, for the last time, those that
 * ended 24 h ago, when callers of their last hours have got through or given up (norm.md section 3) and what the
 * exchange's own log knew of blind times is in the figures.
 */
export function writingTasks(
  state: WritingState,
  hours: HoursDefinition,
  nowMs: number,
): readonly WritingTask[] {
  const untilMs = nowMs - AFTER_END_MS;
  const afterMs = Math.max(state.untilMs, nowMs - MOST_BACK_MS);
  const isFollowed = ({ kind, key }: EndedPeriod): boolean =>
    state.followed.some((one) => one.kind === kind && one.key === key);
  const ended = afterMs < untilMs ? endedPeriods(hours, { afterMs, untilMs }) : [];
  const again = state.followed.filter(
    ({ hasOpenCalls, endedAtMs }) => hasOpenCalls || isSettled(endedAtMs, nowMs),
  );
  return [
    ...ended.filter((one) => !isFollowed(one)).map((period) => ({ ...period, onlyIfOver: false })),
    ...again.map(({ kind, key, endedAtMs }) => ({
      kind,
      key,
      endedAtMs,
      onlyIfOver: !isSettled(endedAtMs, nowMs),
    })),
  ];
}

/** What is known after some of what was due is done, at `nowMs`: what is not done is due again. */
export function afterWriting(
  state: WritingState,
  due: readonly WritingTask[],
  results: readonly WritingResult[],
  nowMs: number,
): WritingState {
  const keyOf = ({ kind, key }: Pick<EndedPeriod, 'kind' | 'key'>): string => `${kind} ${key}`;
  const followed = new Map(state.followed.map((one) => [keyOf(one), one]));
  for (const { task, callsNotOver } of results) {
    const { kind, key, endedAtMs } = task;
    if (isSettled(endedAtMs, nowMs)) followed.delete(keyOf(task));
    else followed.set(keyOf(task), { kind, key, endedAtMs, hasOpenCalls: callsNotOver > 0 });
  }
  const isDone = (one: WritingTask): boolean => results.some(({ task }) => keyOf(task) === keyOf(one));
  // A day ends with its last shift: where only one of the two could be written, that instant is not done with.
  const left = due.find((one) => one.endedAtMs > state.untilMs && !isDone(one));
  const doneUntilMs = left === undefined ? nowMs - AFTER_END_MS : left.endedAtMs - 1;
  return { ...state, untilMs: Math.max(state.untilMs, doneUntilMs), followed: [...followed.values()] };
}

const isSettled = (endedAtMs: number, nowMs: number): boolean => nowMs >= endedAtMs + CHAIN_MS + AFTER_END_MS;

/**
 * `shift-2026-11-21-early.en.html`: in the order of the calendar, and safe on every file system. JSON has no language.
 */
export function reportFileName(
  { kind, key }: Pick<EndedPeriod, 'kind' | 'key'>,
  format: 'html' | 'csv' | 'json',
  language: string,
): string {
  const name = `${kind}-${key}`.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  return format === 'json' ? `${name}.json` : `${name}.${language}.${format}`;
}
