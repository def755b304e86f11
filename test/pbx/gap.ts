import type { CallRecord, Fact, Target } from '../../src/calls/facts.ts';
import type { Placed } from './pbx-config.ts';
import type { CallTruth } from './scenario.ts';
import type { Timeline } from './timeline.ts';

/** A stretch in which the daemon could not hear the exchange. */
export interface Gap {
  readonly fromMs: number;
  readonly untilMs: number;
  /** The exchange itself was gone: every call that was open ended with it. */
  readonly rebooted: boolean;
}

/** What was on the wire at the instant of the cut may or may not have been heard. */
const EDGE_MS = 300;

/** Instants of one call, by the outside world's clock. */
interface Life {
  readonly startMs: number;
  readonly endMs: number;
  readonly pickupMs: number | undefined;
  readonly answeredMs: number | undefined;
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
    const life = lifeOf(truth, truth.caller ?? index, scenario.key, timeline, gaps);
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
  const unseenEnd = inGap(life.endMs, gaps);
  if (record === undefined) return unseenStart && unseenEnd ? [] : ['was never told'];
  const mayBeUnknown = deciderUnseen(life, gaps, unseenStart, unseenEnd, truth);
  const isRight = record.outcome === truth.outcome;
  const outcome =
    isRight || (record.outcome === 'unknown' && mayBeUnknown)
      ? []
      : [`truly ${truth.outcome}${mayBeUnknown ? ' (or unknown)' : ''}, told ${record.outcome}`];
  const taken =
    record.takenUp === unseenStart || inGap(life.startMs, gaps, EDGE_MS) ? [] : ['taken up, wrongly'];
  return [...outcome, ...taken, ...scoreDifferences(truth, life, gaps, record, facts)];
}

/** norm.md section 2.6: unknown is what was decided while we were blind, and nothing else. */
function deciderUnseen(
  life: Life,
  gaps: readonly Gap[],
  unseenStart: boolean,
  unseenEnd: boolean,
  truth: CallTruth,
): boolean {
  if (life.answeredMs === undefined) return unseenEnd || unseenStart;
  if (!inGap(life.answeredMs, gaps)) return false;
  // Answered unseen, but the talk was still there to be seen afterwards; unless the seat passed the caller on.
  return unseenEnd || unseenStart || truth.transfers !== undefined;
}

function scoreDifferences(
  truth: CallTruth,
  life: Life,
  gaps: readonly Gap[],
  record: CallRecord,
  facts: readonly Fact[],
): string[] {
  const scored = facts.flatMap((fact) =>
    fact.type === 'scored' && fact.uniqueid === record.uniqueid ? [fact] : [],
  );
  const targets = new Set([
    ...scored.map(({ target }) => target),
    ...(Object.keys(truth.scores) as Target[]),
  ]);
  return [...targets].flatMap((target) => {
    const told = scored.filter((fact) => fact.target === target).map(({ result }) => result);
    if (told.length > 1) return [`${target} scored ${told.length} times`];
    const truly = truth.scores[target];
    const [result] = told;
    if (result === truly) return [];
    const excused = inGap(life.startMs, gaps) || inGap(scoredAtMs(target, life), gaps);
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
  key: string,
  timeline: Timeline,
  gaps: readonly Gap[],
): Life | undefined {
  const startMs = timeline.mark(key, `caller${caller}.start`);
  if (startMs === undefined) return undefined;
  const endMs = timeline.mark(key, `caller${caller}.end`) ?? Number.POSITIVE_INFINITY;
  const fatal = gaps.find((gap) => gap.rebooted && startMs < gap.fromMs && endMs > gap.fromMs);
  const wait = truth.answer?.wait;
  const answeredMs = typeof wait === 'object' ? timeline.mark(key, wait[1]) : undefined;
  return {
    startMs,
    endMs: fatal === undefined ? endMs : fatal.fromMs,
    pickupMs: timeline.mark(key, `caller${caller}.up`),
    answeredMs:
      answeredMs !== undefined && (fatal === undefined || answeredMs < fatal.fromMs) ? answeredMs : undefined,
  };
}

function inGap(atMs: number, gaps: readonly Gap[], edgeMs = EDGE_MS): boolean {
  return gaps.some(({ fromMs, untilMs }) => atMs > fromMs - edgeMs && atMs < untilMs + edgeMs);
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
