import type { Result, Target } from '../calls/facts.ts';
import type { LiveCallCounts, LiveCalls } from '../calls/live.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import { isOpen } from '../hotlines/hours.ts';
import { FigureRows } from './figures.ts';
import { formulaOf } from './formula.ts';
import { targetsOf, type HotlineTally } from './hotline-tally.ts';
import { keep } from './keep.ts';
import { RateRows, targetRatioOf } from './rates-of.ts';
import { WINDOWS, type HotlineReport, type TargetReport } from './report.ts';
import { isRolling, type Series } from './series.ts';

/** How the exchange of a row is seen now. */
export interface Sight {
  readonly nowMs: number;
  readonly blindNow: boolean;
  readonly knownSinceMs: number;
}

const NONE_PENDING: readonly number[] = WINDOWS.map(() => 0);
const NOBODY: LiveCallCounts = {
  calls: 0,
  waiting: 0,
  talking: 0,
  longestSinceMs: undefined,
  pending: { auto: 0, transfer: 0, direct: 0, 'after-hours': 0 },
};

/** One hotline of the Report, made anew only where something of it changed. */
export class HotlineRow {
  private readonly tally: HotlineTally;
  private readonly targets: readonly TargetRow[];
  private readonly figures: FigureRows;
  private row: HotlineReport | undefined;

  /** Of a tally as it is defined now: after a reload there is another row. */
  constructor(tally: HotlineTally) {
    this.tally = tally;
    this.targets = targetsOf(tally.definition).flatMap((target) => {
      const series = tally.scored.get(target);
      return series === undefined ? [] : [new TargetRow(tally.definition, target, series)];
    });
    this.figures = new FigureRows(tally);
  }

  build(live: LiveCalls | undefined, seen: Sight): HotlineReport {
    const { tally, row } = this;
    const { definition } = tally;
    const { nowMs } = seen;
    const sight = { ...seen, knownSinceMs: Math.max(seen.knownSinceMs, tally.countsSinceMs) };
    const counts = live?.hotline(definition.name) ?? NOBODY;
    const targets = this.targets.map((target) => target.build(live, counts, sight));
    this.row = keep(row, {
      pbx: definition.pbx,
      hotline: definition.name,
      title: definition.title,
      kind: definition.kind,
      open: definition.emergency || isOpen(definition.hours, nowMs),
      emergency: definition.emergency,
      zone: definition.hours.zone,
      live: keep(row?.live, {
        calls: counts.calls,
        waiting: counts.waiting,
        longestWaitMs: waitedMs(counts.longestSinceMs, nowMs),
        talking: counts.talking,
      }),
      reached: tally.reached,
      takenUp: tally.takenUp,
      transferredIn: tally.transferredIn,
      testCalls: tally.testCalls,
      lostAfterAnswer: tally.lostAfterAnswer,
      outcomes: keep(row?.outcomes, { ...tally.outcomes }),
      breaches: keep(row?.breaches, { ...tally.breaches }),
      targets: keep(row?.targets, targets),
      figures: this.figures.build(),
      serviceLevelS: definition.serviceLevelS,
    });
    return this.row;
  }
}

/** One target of a hotline, with its rates. */
class TargetRow {
  private readonly definition: HotlineDefinition;
  private readonly target: Target;
  private readonly series: Series<Result>;
  private readonly targetRatio: number;
  private readonly formula: string;
  private readonly rates: RateRows;
  private row: TargetReport | undefined;

  constructor(definition: HotlineDefinition, target: Target, series: Series<Result>) {
    this.definition = definition;
    this.target = target;
    this.series = series;
    this.targetRatio = targetRatioOf(target, definition);
    this.formula = formulaOf(target, definition);
    this.rates = new RateRows(series);
  }

  build(live: LiveCalls | undefined, counts: LiveCallCounts, sight: Sight): TargetReport {
    const { target, definition, formula, targetRatio } = this;
    const pending = counts.pending[target] === 0 ? NONE_PENDING : this.pendingByWindow(live, counts, sight);
    const rates = this.rates.build({ ...sight, targetRatio, pending });
    this.row = keep(this.row, {
      target,
      targetRatio: target === 'after-hours' ? null : definition.targets[target],
      formula,
      rates,
    });
    return this.row;
  }

  /** What is pending will be decided inside any rolling window; periods go by the instant of reaching. */
  private pendingByWindow(
    live: LiveCalls | undefined,
    counts: LiveCallCounts,
    { nowMs }: Sight,
  ): readonly number[] {
    const { target, series } = this;
    return WINDOWS.map((window, index) =>
      isRolling(window)
        ? counts.pending[target]
        : (live?.pendingSince(this.definition.name, target, series.fromMsAt(index, nowMs)) ?? 0),
    );
  }
}

/** How long the longest has waited; null if nobody waits. An instant just ahead of now is no negative wait. */
export function waitedMs(sinceMs: number | undefined, nowMs: number): number | null {
  return sinceMs === undefined ? null : Math.max(0, nowMs - sinceMs);
}
