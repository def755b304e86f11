import type { CallRecord, Fact, Outcome, Target } from '../../src/calls/facts.ts';
import type { Placed } from './pbx-config.ts';
import type { CallTruth, Scenario } from './scenario.ts';
import type { Timeline } from './timeline.ts';

/** A stretch in which the daemon could not hear the exchange. */
export interface Gap {
  readonly fromMs: number;
  readonly untilMs: number;
  /** What became of the exchange itself; with it every call ended that was open. Absent: it went on. */
  readonly exchange?: 'killed' | 'stopped';
}

/** What was on the wire at the instant of the cut may or may not have been heard. */
const EDGE_MS = 300;

/** Instants of one call, by the outside world's clock. */
interface Life {
  readonly startMs: number;
  readonly endMs: number;
  readonly pickupMs: number | undefined;
  readonly answeredMs: number | undefined;
  /** When each try at a person ended. */
  readonly stageEndsMs: readonly number[];
  /** What is true of it, also where the exchange ended it early. */
  readonly outcome: Outcome;
  readonly scores: CallTruth['scores'];
  /** Ended by a power cut: nobody told anybody. */
  readonly isCutDead: boolean;
}

/**
 * Calls that were played across gaps, against the facts: right, or `unknown` where what decided them truly fell into
 * a gap. Every other unknown, every wrong word and everything told twice is a difference.
 */
export function gapDifferences(
  placed: Placed,
  timeline: Timeline,
  gaps: readonly Gap[],
  facts: readonly Fact[],
): string[] {
  const { scenario } = placed;
  const records = facts.flatMap((fact) =>
    fact.type === 'call-closed' && fact.hotline === scenario.key ? [fact.record] : [],
  );
  const left = new Set(records);
  const found = scenario.truth.flatMap((truth, index) => {
    const life = lifeOf(truth, truth.caller ?? index, placed, timeline, gaps);
    if (life === undefined) return [];
    const record = nearest(left, life.startMs);
    if (record !== undefined) left.delete(record);
    return judge(truth, life, gaps, record, facts).map(
      (line) => `${scenario.key}: call ${index + 1}: ${line}`,
    );
  });
  return [...found, ...[...left].map(() => `${scenario.key}: a call is told that nobody made`)];
}

/** Whether anything of it, from dialling to hanging up, was in a gap. */
export function isTouched(placed: Placed, timeline: Timeline, gaps: readonly Gap[]): boolean {
  const instants = Object.values(timeline.marks(placed.scenario.key));
  const fromMs = Math.min(...instants);
  const untilMs = Math.max(...instants);
  return gaps.some((gap) => untilMs > gap.fromMs - EDGE_MS && fromMs < gap.untilMs + EDGE_MS);
}

function judge(
  truth: CallTruth,
  life: Life,
  gaps: readonly Gap[],
  record: CallRecord | undefined,
  facts: readonly Fact[],
): string[] {
  const unseenStart = inGap(life.startMs, gaps);
  if (truth.bridgedAfterwards === true && inGap(life.endMs, gaps)) return [];
  if (record === undefined) return unseenStart && inGap(life.endMs, gaps) ? [] : ['was never told'];
  const allowed = allowedOutcomes(truth, life, gaps);
  return [
    ...(allowed.includes(record.outcome) ? [] : [`truly ${allowed.join(' or ')}, told ${record.outcome}`]),
    ...(record.takenUp === unseenStart || isAtEdge(life.startMs, gaps) ? [] : ['taken up, wrongly']),
    ...scoreDifferences(life, gaps, record, facts),
  ];
}

/** norm.md section 2.6: unknown is what was decided while we were blind, and nothing else; never guessed. */
function allowedOutcomes(truth: CallTruth, life: Life, gaps: readonly Gap[]): readonly Outcome[] {
  const unseenEnd = inGap(life.endMs, gaps);
  const unseenStart = inGap(life.startMs, gaps);
  const { outcome } = life;
  if (life.answeredMs !== undefined) {
    if (!inGap(life.answeredMs, gaps)) return ['answered'];
    // Answered unseen; afterwards the talk was still there to be seen, unless the seat passed the caller on.
    const isLost =
      unseenEnd || unseenStart || truth.transfers !== undefined || isAtEdge(life.answeredMs, gaps);
    return isLost ? ['answered', 'unknown'] : ['answered'];
  }
  // A try at a person that ended unseen may have been an answer: only who was there knows that it was none.
  const unseenTry = life.stageEndsMs.some((atMs) => inGap(atMs, gaps)) || mayHaveAsked(life, gaps);
  if (!unseenEnd) return unseenStart || unseenTry ? [outcome, 'unknown'] : [outcome];
  // A mailbox it had reached before stands; what was on the wire at the cut may have been heard.
  const mayBeHeard = isAtEdge(life.endMs, gaps) && !life.isCutDead;
  return outcome === 'voicemail' || mayBeHeard ? [outcome, 'unknown'] : ['unknown'];
}

/** That somebody never asked for a person is decided all the while: in any gap it may have been otherwise. */
const mayHaveAsked = ({ outcome, startMs, endMs }: Life, gaps: readonly Gap[]): boolean =>
  outcome === 'self-served' &&
  gaps.some(({ fromMs, untilMs }) => startMs < untilMs + EDGE_MS && endMs > fromMs - EDGE_MS);

function scoreDifferences(
  life: Life,
  gaps: readonly Gap[],
  record: CallRecord,
  facts: readonly Fact[],
): string[] {
  const scored = facts.flatMap((fact) =>
    fact.type === 'scored' && fact.uniqueid === record.uniqueid ? [fact] : [],
  );
  const targets = new Set([...scored.map(({ target }) => target), ...(Object.keys(life.scores) as Target[])]);
  return [...targets].flatMap((target) => {
    const told = scored.filter((fact) => fact.target === target).map(({ result }) => result);
    if (told.length > 1) return [`${target} scored ${told.length} times`];
    const truly = life.scores[target];
    const [result] = told;
    if (result === truly) return [];
    const unseenTry =
      target !== 'auto' && (life.stageEndsMs.some((atMs) => inGap(atMs, gaps)) || mayHaveAsked(life, gaps));
    const excused = inGap(life.startMs, gaps) || inGap(scoredAtMs(target, life), gaps) || unseenTry;
    return excused && (result === undefined || result === 'unknown')
      ? []
      : [`${target}: truly ${String(truly)}, told ${String(result)}`];
  });
}

/** norm.md section 1: when a call enters a rate. */
function scoredAtMs(target: Target, life: Life): number {
  if (target === 'auto' || target === 'after-hours') return life.pickupMs ?? life.endMs;
  return life.answeredMs ?? life.endMs;
}

function lifeOf(
  truth: CallTruth,
  caller: number,
  { scenario }: Placed,
  timeline: Timeline,
  gaps: readonly Gap[],
): Life | undefined {
  const { key } = scenario;
  const startMs = timeline.mark(key, `caller${caller}.start`);
  if (startMs === undefined) return undefined;
  const endMs = timeline.mark(key, `caller${caller}.end`) ?? Number.POSITIVE_INFINITY;
  const fatal = gaps.find(
    ({ exchange, fromMs }) => exchange !== undefined && startMs < fromMs && endMs > fromMs,
  );
  const wait = truth.answer?.wait;
  const before = (name: string): number | undefined => {
    const atMs = timeline.mark(key, name);
    return atMs === undefined || (fatal !== undefined && atMs > fatal.fromMs) ? undefined : atMs;
  };
  const life = {
    startMs,
    pickupMs: before(`caller${caller}.up`),
    answeredMs: typeof wait === 'object' ? before(wait[1]) : undefined,
    stageEndsMs: stageEnds(truth, before(`caller${caller}.asked`) ?? startMs, before),
  };
  if (fatal === undefined)
    return { ...life, endMs, outcome: truth.outcome, scores: truth.scores, isCutDead: false };
  const asked = before(`caller${caller}.asked`) !== undefined;
  return {
    ...life,
    endMs: fatal.fromMs,
    ...cutShort(scenario, truth, { ...life, asked }),
    isCutDead: fatal.exchange === 'killed',
  };
}

function stageEnds(
  truth: CallTruth,
  askedMs: number,
  markAt: (name: string) => number | undefined,
): readonly number[] {
  let fromMs = askedMs;
  return truth.stages.map(({ wait }) => {
    const endMs = typeof wait === 'number' ? fromMs + wait * 1000 : (markAt(wait[1]) ?? Number.NaN);
    fromMs = endMs;
    return endMs;
  });
}

/** norm.md section 2 for a call that the exchange itself ended, wherever it was. */
function cutShort(
  scenario: Scenario,
  truth: CallTruth,
  life: {
    readonly pickupMs: number | undefined;
    readonly answeredMs: number | undefined;
    readonly asked: boolean;
  },
): Pick<Life, 'outcome' | 'scores'> {
  const open = scenario.hours !== 'closed' || scenario.emergency === true;
  const picked = life.pickupMs !== undefined;
  const rate = scenario.kind === 'people' ? 'direct' : 'transfer';
  const auto: Life['scores'] = scenario.kind === 'people' ? {} : { auto: picked ? 'hit' : 'miss' };
  const scored = (scores: Life['scores']): Life['scores'] => (truth.test === true ? {} : scores);
  if (life.answeredMs !== undefined) return { outcome: 'answered', scores: truth.scores };
  const isAtMailbox =
    truth.outcome === 'voicemail' && truth.stages.every(({ wait }) => wait === 0 && life.asked);
  if (isAtMailbox && picked) {
    return { outcome: 'voicemail', scores: truth.scores };
  }
  if (scenario.kind === 'people' || !picked) {
    if (scenario.closedContext !== undefined) return { outcome: 'self-served', scores: truth.scores };
    const missed: Life['scores'] = open
      ? scenario.kind === 'people'
        ? { [rate]: 'miss' }
        : auto
      : { 'after-hours': 'miss' };
    return { outcome: 'unanswered', scores: scored(missed) };
  }
  if (life.asked) return { outcome: 'dropped', scores: scored({ ...auto, transfer: 'miss' }) };
  return { outcome: 'self-served', scores: scored(open ? auto : { 'after-hours': 'hit' }) };
}

function inGap(atMs: number, gaps: readonly Gap[]): boolean {
  return gaps.some(({ fromMs, untilMs }) => atMs > fromMs - EDGE_MS && atMs < untilMs + EDGE_MS);
}
/** So near to the beginning or end of a gap that it may or may not have been heard. */
function isAtEdge(atMs: number, gaps: readonly Gap[]): boolean {
  return gaps.some(
    ({ fromMs, untilMs }) => Math.abs(atMs - fromMs) <= EDGE_MS || Math.abs(atMs - untilMs) <= EDGE_MS,
  );
}

/** A call found in mid-life knows its age in whole seconds only. */
function nearest(records: Iterable<CallRecord>, startMs: number): CallRecord | undefined {
  let best: CallRecord | undefined;
  for (const record of records) {
    const apart = Math.abs(record.reachedAtMs - startMs);
    if (apart < 2_500 && (best === undefined || apart < Math.abs(best.reachedAtMs - startMs))) best = record;
  }
  return best;
}
