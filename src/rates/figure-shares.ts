import type { CallRecord, QueueEnded, Scored } from '../calls/facts.ts';
import type { Share } from './series.ts';

/**
 * What the field's own figures are summed from (norm.md section 1). `asked` holds every decided call that asked for
 * a person, `setAside` those of them that are taken out again; `timed` the answers whose wait is known (of a call
 * taken up in mid-life it may not be), `within` those of them inside the service level.
 */
export const FIGURE = {
  asked: 0,
  answered: 1,
  timed: 2,
  within: 3,
  waitMs: 4,
  setAside: 5,
  abandoned: 6,
  short: 7,
  talks: 8,
  handleMs: 9,
} as const;
export type FigureColumn = keyof typeof FIGURE;
// The keys of a literal of ours, in its order.
export const FIGURE_COLUMNS = Object.keys(FIGURE) as readonly FigureColumn[];

const nothing = (): number[] => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const valuesOf = (add: Partial<Record<FigureColumn, number>>): readonly number[] =>
  Object.freeze(FIGURE_COLUMNS.map((column) => add[column] ?? 0));
const ASKED = valuesOf({ asked: 1 });
const SET_ASIDE = valuesOf({ asked: 1, setAside: 1 });
const SHORT = valuesOf({ asked: 1, setAside: 1, short: 1 });
const ABANDONED = valuesOf({ asked: 1, abandoned: 1 });
const ANSWERED_UNTIMED = valuesOf({ asked: 1, answered: 1 });

/** A call scored on its person target (`transfer`, or `direct` on a people hotline); undefined for what is not known. */
export function shareOfScored(fact: Scored, serviceLevelS: number): Share | undefined {
  const { atMs: scoredAtMs, reachedAtMs } = fact;
  switch (fact.result) {
    case 'hit':
      return shareOfAnswer(scoredAtMs, reachedAtMs, fact.waitMs, serviceLevelS);
    case 'miss':
      return { scoredAtMs, reachedAtMs, values: ASKED, lengthMs: undefined };
    case 'set_aside':
      return { scoredAtMs, reachedAtMs, values: SET_ASIDE, lengthMs: undefined };
    case 'unknown':
      return undefined;
  }
}

/** What only the end of a call tells: whether it was abandoned, and how long one waited whom nobody answered. */
export function shareOfClosed(record: CallRecord, setAsideShort: boolean): Share | undefined {
  const inRates = !record.test && (record.hours === 'open' || record.emergency);
  const asked = record.kind === 'people' || record.askedAtMs !== undefined;
  if (!inRates || !asked || record.outcome === 'answered' || record.outcome === 'unknown') return undefined;
  const setAside = record.short && setAsideShort;
  const values = nothing();
  values[FIGURE.abandoned] = record.outcome === 'abandoned' && !setAside ? 1 : 0;
  values[FIGURE.short] = record.short ? 1 : 0;
  const { closedAtMs: scoredAtMs, reachedAtMs } = record;
  return { scoredAtMs, reachedAtMs, values, lengthMs: waitUnanswered(record) };
}

/**
 * Queues go by the instant their caller joined: their series carry no hotline. A test caller is in no rate; the wait
 * of an answer that fell inside a gap is an upper bound only, so it counts as an answer whose wait nobody saw.
 */
export function shareOfQueueEnded(fact: QueueEnded, serviceLevelS: number): Share | undefined {
  if (fact.end === 'unknown' || fact.test) return undefined;
  const { atMs: scoredAtMs, waitMs } = fact;
  const reachedAtMs = scoredAtMs - waitMs;
  if (fact.end === 'answered') {
    return shareOfAnswer(scoredAtMs, reachedAtMs, fact.blind ? undefined : waitMs, serviceLevelS);
  }
  const values = fact.short ? SHORT : fact.end === 'hang-up' ? ABANDONED : ASKED;
  return { scoredAtMs, reachedAtMs, values, lengthMs: wholeMs(waitMs) };
}

/** Handle time goes by the instant it ended: a talk, */
export function shareOfTalk(atMs: number, talkMs: number): Share {
  const values = nothing();
  values[FIGURE.talks] = 1;
  values[FIGURE.handleMs] = wholeMs(talkMs);
  return { scoredAtMs: atMs, reachedAtMs: atMs, values, lengthMs: undefined };
}

/** or the wrap-up after one. */
export function shareOfWrapUp(atMs: number, fromMs: number): Share {
  const values = nothing();
  values[FIGURE.handleMs] = wholeMs(atMs - fromMs);
  return { scoredAtMs: atMs, reachedAtMs: atMs, values, lengthMs: undefined };
}

function shareOfAnswer(
  scoredAtMs: number,
  reachedAtMs: number,
  waitMs: number | undefined,
  serviceLevelS: number,
): Share {
  if (waitMs === undefined) return { scoredAtMs, reachedAtMs, values: ANSWERED_UNTIMED, lengthMs: undefined };
  const lengthMs = wholeMs(waitMs);
  const values = nothing();
  values[FIGURE.asked] = 1;
  values[FIGURE.answered] = 1;
  values[FIGURE.timed] = 1;
  values[FIGURE.within] = waitMs <= serviceLevelS * 1000 ? 1 : 0;
  values[FIGURE.waitMs] = lengthMs;
  return { scoredAtMs, reachedAtMs, values, lengthMs };
}

/** From first asking until the last try at a person was over; a voicemail afterwards is no waiting. */
function waitUnanswered(record: CallRecord): number | undefined {
  const fromMs = record.askedAtMs ?? record.reachedAtMs;
  let endMs = -Infinity;
  for (const { startedAtMs, waitMs } of record.stages) endMs = Math.max(endMs, startedAtMs + waitMs);
  if (endMs > -Infinity) return wholeMs(endMs - fromMs);
  return record.outcome === 'voicemail' ? undefined : wholeMs(record.closedAtMs - fromMs);
}

/** Sums that have to come back to exactly zero are made of whole numbers. */
function wholeMs(durationMs: number): number {
  return Math.max(0, Math.round(durationMs));
}
