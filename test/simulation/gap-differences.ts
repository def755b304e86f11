import type { Entry } from '../../src/simulator/ledger.ts';
import { isOnLimit, type TrueCall } from '../../src/simulator/true-call.ts';
import type { Gap } from './book.ts';
import { SAME_MS, type Told } from './call-differences.ts';

/** Events of one instant are some milliseconds apart where other threads send them. */
const EDGE_MS = 450;
const REQUEST_MS = 2000;
const RING_OUT_MS = 20_000;

/**
 * A caller who lived through gaps, or beside them: the outcome must be right, or `unknown` where an instant that
 * decides it fell into a gap; the same of every score, and no breach may be told that is none.
 */
export function gapDifferences(entry: Entry, told: Told | undefined, gaps: readonly Gap[]): string[] {
  const { truth } = entry;
  if (!truth) return told && told.opened > 0 ? ['reached no hotline, told as opened'] : [];
  const [record, ...more] = told?.records ?? [];
  const isHidden = (atMs: number): boolean =>
    gaps.some(({ fromMs, untilMs }) => atMs >= fromMs - EDGE_MS && atMs <= untilMs + EDGE_MS);
  if (!told || !record) return liesInOneGap(truth, gaps) ? [] : ['never told'];
  if (more.length > 0 || told.opened !== 1)
    return [`opened ${told.opened} times, closed ${told.records.length} times`];
  if (isOnLimit(truth, SAME_MS)) return [];
  const found: string[] = [];
  const mayBeUnknown =
    decidingInstants(truth, gaps).some(isHidden) ||
    mayHaveAskedUnseen(truth, gaps) ||
    hangsOnItsAge(truth, isHidden);
  if (record.outcome === 'unknown' ? !mayBeUnknown : record.outcome !== truth.outcome)
    found.push(`outcome: truly ${truth.outcome}, told ${record.outcome}`);
  if (record.hotline !== truth.hotline || record.test !== truth.test) found.push('told of another hotline');
  found.push(...answerDifferences(truth, told, isHidden));
  found.push(...scoreDifferences(truth, told, isHidden, mayBeUnknown, gaps));
  for (const breach of told.breaches) {
    if (!truth.breaches.some((truly) => truly === breach)) found.push(`breach ${breach} is none`);
  }
  for (const breach of truth.breaches) {
    if (!told.breaches.includes(breach) && record.outcome !== 'unknown' && !isHidden(truth.reachedMs))
      found.push(`breach ${breach} not told`);
  }
  return found;
}

/** Whether nothing of it could be seen. */
function liesInOneGap(truth: TrueCall, gaps: readonly Gap[]): boolean {
  return gaps.some(
    ({ fromMs, untilMs }) => truth.reachedMs >= fromMs - EDGE_MS && truth.endedMs <= untilMs + EDGE_MS,
  );
}

/**
 * What the outcome hangs on: that a person answered or a voicemail took it, that no try at a person before it was
 * an answer, and who ended it. That somebody never asked for a person is decided all the while.
 */
function decidingInstants(truth: TrueCall, gaps: readonly Gap[]): readonly number[] {
  const tries = truth.stages.flatMap(({ untilMs }) => (untilMs <= truth.decidedMs ? [untilMs] : []));
  const instants = [truth.decidedMs, ...tries];
  if (truth.askedMs !== undefined && truth.kind === 'people') return instants;
  const neverAskedUntilMs = truth.askedMs ?? truth.decidedMs;
  const whileNotAsked = gaps
    .map(({ fromMs }) => Math.max(fromMs, truth.reachedMs))
    .filter((atMs) => atMs <= neverAskedUntilMs);
  return truth.outcome === 'self-served' || truth.outcome === 'voicemail'
    ? [...instants, ...whileNotAsked]
    : instants;
}

/** The exchange ended it just after a gap, in which the caller may have asked to: the request comes before the Hangup. */
function mayHaveAskedUnseen(truth: TrueCall, gaps: readonly Gap[]): boolean {
  if (truth.endedBy === 'caller' || truth.decidedMs !== truth.endedMs) return false;
  return gaps.some(
    ({ untilMs }) => truth.endedMs >= untilMs && truth.endedMs - untilMs <= REQUEST_MS + EDGE_MS,
  );
}

/** It came unseen, its age is told in whole seconds, and within such a second it would have rung out. */
function hangsOnItsAge(truth: TrueCall, isHidden: (atMs: number) => boolean): boolean {
  const aliveMs = truth.endedMs - truth.reachedMs;
  return (
    truth.upMs === undefined && isHidden(truth.reachedMs) && Math.abs(aliveMs - RING_OUT_MS) <= 1000 + EDGE_MS
  );
}

/** Since when a caller waits who gave up soon is known only where every instant before could be seen. */
function isPerhapsShort(truth: TrueCall, gaps: readonly Gap[]): boolean {
  const { askedMs } = truth;
  if (truth.outcome !== 'abandoned' || askedMs === undefined) return false;
  return gaps.some(({ fromMs, untilMs }) => fromMs <= askedMs && untilMs >= truth.reachedMs - EDGE_MS);
}

function answerDifferences(truth: TrueCall, told: Told, isHidden: (atMs: number) => boolean): string[] {
  const answer = told.records[0]?.answer;
  if (!answer) return [];
  const truly = truth.answer;
  if (!truly) return ['answered by nobody, told as answered'];
  // Who answered first is not known where the caller was passed on before anybody could look.
  if (isHidden(truly.atMs) && truth.transfers > 0) return [];
  return answer.seat === truly.seat ? [] : [`answered by ${truly.seat}, told ${answer.seat}`];
}

function scoreDifferences(
  truth: TrueCall,
  told: Told,
  isHidden: (atMs: number) => boolean,
  mayBeUnknown: boolean,
  gaps: readonly Gap[],
): string[] {
  const found: string[] = [];
  for (const { target, result } of told.scores) {
    const truly = truth.scores.find((score) => score.target === target);
    if (told.scores.filter((score) => score.target === target).length > 1)
      found.push(`${target} scored twice`);
    if (result === truly?.result) continue;
    const excused =
      mayBeUnknown || (truly !== undefined && isHidden(truly.atMs)) || isPerhapsShort(truth, gaps);
    if (result !== 'unknown' || !excused)
      found.push(`${target}: truly ${String(truly?.result)}, told ${result}`);
  }
  for (const { target, result, atMs } of truth.scores) {
    if (told.scores.some((score) => score.target === target)) continue;
    if (!isHidden(truth.reachedMs) && !isHidden(atMs) && !mayBeUnknown)
      found.push(`${target}: truly ${result}, not told`);
  }
  return found;
}
