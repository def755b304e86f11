import { attemptFiguresOf } from '../attempts/score.ts';
import { BREACHES, OUTCOMES, TARGETS, type Target } from '../calls/facts.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import type { Period } from '../hotlines/hours.ts';
import { createGuard, wilson95 } from '../rates/binomial.ts';
import { formulaOf } from '../rates/formula.ts';
import { targetsOf } from '../rates/hotline-tally.ts';
import { targetRatioOf } from '../rates/rates-of.ts';
import { share } from '../rates/share.ts';
import { verdictOf } from '../rates/verdict.ts';
import type { HotlineSection, TargetFigures } from './document-hotline.ts';
import { hourProfile } from './hour-profile.ts';
import { figuresOf } from './period-figures.ts';
import type { ReportMaterial } from './report-material.ts';
import { countOf, type Sums, type SumTable } from './sum-table.ts';
import { unseenSinceMs } from './unseen.ts';

/** One hotline's part of the report, out of the sums of its own calendar. At least one piece. */
export function hotlineSection(
  hotline: HotlineDefinition,
  pieces: readonly Period[],
  material: ReportMaterial,
  tables: { readonly periods: SumTable; readonly hours: SumTable },
): HotlineSection {
  const { pbx, name, hours, serviceLevelS, shortAbandonS, setAsideShort, ringOutS } = hotline;
  const totalOf = (series: string) =>
    tables.periods.totalOf({ pbx, subject: 'hotline', name, series }, pieces);
  const volume = totalOf('volume').sums;
  const open = countsOf(OUTCOMES, totalOf('outcomes-open').sums);
  const closed = countsOf(OUTCOMES, totalOf('outcomes-closed').sums);
  const keepsNumbers = material.openCallBacks !== undefined;
  const lost = material.lostCallers?.find((one) => one.pbx === pbx && one.hotline === name);
  const fromMs = pieces[0]?.fromMs ?? 0;
  const untilMs = pieces.at(-1)?.untilMs ?? 0;
  return {
    pbx,
    hotline: name,
    title: hotline.title,
    kind: hotline.kind,
    emergency: hotline.emergency,
    zone: hours.zone,
    fromMs,
    untilMs,
    settings: { serviceLevelS, shortAbandonS, setAsideShort, ringOutS },
    targets: scoredTargets(hotline, totalOf).map((target) =>
      targetFigures(target, hotline, totalOf(target).sums, { fromMs, untilMs }, material),
    ),
    volume: volumeOf(volume, sumOf(open) + sumOf(closed)),
    outcomes: { open, closed },
    breaches: countsOf(BREACHES, totalOf('breaches').sums),
    figures: figuresOf(totalOf('figures'), totalOf('seat-time').sums),
    attempts: keepsNumbers ? attemptFiguresOf([totalOf('attempts').sums]) : null,
    lostCallers: lost === undefined ? null : lostCallersIn(lost),
    hours: hourProfile({ pbx, name }, hours, pieces, tables.hours, material.period.kind === 'shift'),
  };
}

/** Those it has now, and whatever it was scored on under an earlier definition. */
function scoredTargets(
  hotline: HotlineDefinition,
  totalOf: (series: string) => { readonly sums: Sums },
): readonly Target[] {
  const now = targetsOf(hotline);
  return TARGETS.filter(
    (target) => now.includes(target) || sumOf(countsOf(RESULT_COLUMNS, totalOf(target).sums)) > 0,
  );
}

const RESULT_COLUMNS = ['hit', 'miss', 'set_aside', 'unknown'] as const;

function targetFigures(
  target: Target,
  hotline: HotlineDefinition,
  sums: Sums,
  { fromMs, untilMs }: Pick<Period, 'fromMs' | 'untilMs'>,
  material: ReportMaterial,
): TargetFigures {
  const { knownSinceMs, nowMs, backfills, lostFacts } = material;
  const counts = countsOf(RESULT_COLUMNS, sums);
  const { hit: hits, miss: misses, unknown } = counts;
  const n = hits + misses;
  const targetRatio = targetRatioOf(target, hotline);
  const guard = createGuard(targetRatio);
  const interval = n > 0 ? wilson95(hits, n) : undefined;
  const scored = backfills
    .filter(({ pbx, hotline: name }) => pbx === hotline.pbx && name === hotline.name)
    .flatMap((backfill) => backfill.scored.filter((one) => one.target === target));
  const backfilled = {
    hits: scored.reduce((sum, one) => sum + one.hits, 0),
    misses: scored.reduce((sum, one) => sum + one.misses, 0),
    setAside: scored.reduce((sum, one) => sum + one.setAside, 0),
  };
  const seenHits = Math.max(0, hits - backfilled.hits);
  // A report is of what was: blind now is no matter where the period was seen, what it left unknown is.
  const blindNow = unseenSinceMs(material, hotline.pbx, untilMs) !== null;
  // Of what was lost nobody knows on which side it would stand.
  const isPartlyLost = lostFacts.some(
    ({ pbx, facts, seatTimes }) => pbx === hotline.pbx && facts > seatTimes,
  );
  const beganBeforeKnown = fromMs < (knownSinceMs ?? nowMs) || isPartlyLost;
  return {
    target,
    targetRatio,
    formula: formulaOf(target, hotline),
    hits,
    misses,
    setAside: counts.set_aside,
    unknown,
    ratio: share(hits, n),
    wilsonLow: interval?.low ?? null,
    wilsonHigh: interval?.high ?? null,
    guardK: n > 0 ? guard(n) : null,
    verdict: verdictOf({ hits, misses, unknown }, { targetRatio, guard, blindNow, beganBeforeKnown }),
    backfilled,
    ratioSeen: share(seenHits, seenHits + Math.max(0, misses - backfilled.misses)),
  };
}

function volumeOf(volume: Sums, ended: number): HotlineSection['volume'] {
  const reachedOpen = countOf(volume, 'reached-open');
  const reachedClosed = countOf(volume, 'reached-closed');
  const takenUp = countOf(volume, 'takenUp');
  return {
    reachedOpen,
    reachedClosed,
    takenUp,
    transferredIn: countOf(volume, 'transferredIn'),
    test: countOf(volume, 'test'),
    lostAfterAnswer: countOf(volume, 'lostAfterAnswer'),
    // The standing equation (design.md): reached + taken up = live + every outcome.
    notOver: Math.max(0, reachedOpen + reachedClosed + takenUp - ended),
  };
}

function countsOf<Column extends string>(columns: readonly Column[], sums: Sums): Record<Column, number> {
  // One entry for each column.
  return Object.fromEntries(columns.map((column) => [column, countOf(sums, column)])) as Record<
    Column,
    number
  >;
}

const sumOf = (counts: Sums): number => Object.values(counts).reduce((sum, value) => sum + value, 0);

/** Without what they are of. */
function lostCallersIn(lost: NonNullable<HotlineSection['lostCallers']>): HotlineSection['lostCallers'] {
  const { failedCalls, failedCallers, notReachedCallers, withoutNumber, openCallers } = lost;
  return { failedCalls, failedCallers, notReachedCallers, withoutNumber, openCallers };
}
