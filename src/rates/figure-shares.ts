import type { CallRecord, QueueEnded, Scored } from '../calls/facts.ts';
import type { Share } from './series.ts';

/**
 * What the field's own figures are summed from (norm.md section 1). `asked` holds every decided call that asked for
 * a person, `setAside` those of them that are taken out again; `timed` the answers whose wait is known (of a call
 * taken up in mid-life it may not be), `within` those of them inside the service level.
 */
export const FIGURE_COLUMNS = [
  'asked',
  'answered',
  'timed',
  'within',
  'waitMs',
  'setAside',
  'abandoned',
  'short',
  'talks',
  'handleMs',
] as const;
export type FigureColumn = (typeof FIGURE_COLUMNS)[number];
type FigureShare = Share<FigureColumn>;

/** A call scored on its person target (`transfer`, or `direct` on a people hotline); undefined for what is not known. */
export function shareOfScored(fact: Scored, serviceLevelS: number): FigureShare | undefined {
  const when = { scoredAtMs: fact.atMs, reachedAtMs: fact.reachedAtMs };
  switch (fact.result) {
    case 'hit':
      return { ...when, ...answered(fact.waitMs, serviceLevelS) };
    case 'miss':
      return { ...when, add: { asked: 1 } };
    case 'set_aside':
      return { ...when, add: { asked: 1, setAside: 1 } };
    case 'unknown':
      return undefined;
  }
}

/** What only the end of a call tells: whether it was abandoned, and how long one waited whom nobody answered. */
export function shareOfClosed(record: CallRecord, setAsideShort: boolean): FigureShare | undefined {
  const inRates = !record.test && (record.hours === 'open' || record.emergency);
  const asked = record.kind === 'people' || record.askedAtMs !== undefined;
  if (!inRates || !asked || record.outcome === 'answered' || record.outcome === 'unknown') return undefined;
  const setAside = record.short && setAsideShort;
  return {
    scoredAtMs: record.closedAtMs,
    reachedAtMs: record.reachedAtMs,
    add: {
      abandoned: record.outcome === 'abandoned' && !setAside ? 1 : 0,
      short: record.short ? 1 : 0,
    },
    lengthMs: waitUnanswered(record),
  };
}

/**
 * Queues go by the instant their caller joined: their series carry no hotline. A test caller is in no rate; the wait
 * of an answer that fell inside a gap is an upper bound only, so it counts as an answer whose wait nobody saw.
 */
export function shareOfQueueEnded(fact: QueueEnded, serviceLevelS: number): FigureShare | undefined {
  if (fact.end === 'unknown' || fact.test) return undefined;
  const when = { scoredAtMs: fact.atMs, reachedAtMs: fact.atMs - fact.waitMs };
  if (fact.end === 'answered') {
    return { ...when, ...answered(fact.blind ? undefined : fact.waitMs, serviceLevelS) };
  }
  const setAside = fact.short ? 1 : 0;
  const abandoned = fact.end === 'hang-up' && !fact.short ? 1 : 0;
  return {
    ...when,
    add: { asked: 1, setAside, short: setAside, abandoned },
    lengthMs: wholeMs(fact.waitMs),
  };
}

/** Handle time goes by the instant it ended: a talk, */
export function shareOfTalk(atMs: number, talkMs: number): FigureShare {
  return { scoredAtMs: atMs, reachedAtMs: atMs, add: { talks: 1, handleMs: wholeMs(talkMs) } };
}

/** or the wrap-up after one. */
export function shareOfWrapUp(atMs: number, fromMs: number): FigureShare {
  return { scoredAtMs: atMs, reachedAtMs: atMs, add: { handleMs: wholeMs(atMs - fromMs) } };
}

function answered(waitMs: number | undefined, serviceLevelS: number): Pick<FigureShare, 'add' | 'lengthMs'> {
  if (waitMs === undefined) return { add: { asked: 1, answered: 1 } };
  const within = waitMs <= serviceLevelS * 1000 ? 1 : 0;
  return {
    add: { asked: 1, answered: 1, timed: 1, within, waitMs: wholeMs(waitMs) },
    lengthMs: wholeMs(waitMs),
  };
}

/** From first asking until the last try at a person was over; a voicemail afterwards is no waiting. */
function waitUnanswered(record: CallRecord): number | undefined {
  const fromMs = record.askedAtMs ?? record.reachedAtMs;
  const ends = record.stages.map((stage) => stage.startedAtMs + stage.waitMs);
  if (ends.length > 0) return wholeMs(Math.max(...ends) - fromMs);
  return record.outcome === 'voicemail' ? undefined : wholeMs(record.closedAtMs - fromMs);
}

/** Sums that have to come back to exactly zero are made of whole numbers. */
function wholeMs(durationMs: number): number {
  return Math.max(0, Math.round(durationMs));
}
