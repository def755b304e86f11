import type { Target } from '../calls/facts.ts';
import type { LiveCalls } from '../calls/live.ts';
import { isOpen } from '../hotlines/hours.ts';
import { figuresOf } from './figures.ts';
import { formulaOf } from './formula.ts';
import { targetsOf, type HotlineTally } from './hotline-tally.ts';
import { keep } from './keep.ts';
import { ratesOf, targetRatioOf, type RateSight } from './rates-of.ts';
import { WINDOWS, type HotlineReport, type TargetReport, type Window } from './report.ts';
import { isRolling } from './series.ts';

/** How the exchange of a row is seen now. */
export interface Sight {
  readonly nowMs: number;
  readonly blindNow: boolean;
  readonly knownSinceMs: number;
}

/** One hotline of the Report, made anew only where something of it changed. */
export class HotlineRow {
  private readonly tally: HotlineTally;
  private row: HotlineReport | undefined;
  private madeOf = '';

  constructor(tally: HotlineTally) {
    this.tally = tally;
  }

  build(live: LiveCalls | undefined, sight: Sight): HotlineReport {
    const madeOf = this.whatItIsMadeOf(live, sight);
    if (this.row !== undefined && madeOf === this.madeOf) return this.row;
    this.madeOf = madeOf;
    this.row = this.make(live, sight);
    return this.row;
  }

  /** Everything that can change the row, cheaper to compare than to compute. */
  private whatItIsMadeOf(live: LiveCalls | undefined, sight: Sight): string {
    const { definition, scored, version } = this.tally;
    const counts = live?.hotline(definition.name);
    const pending = targetsOf(definition).flatMap((target) => {
      if ((counts?.pending[target] ?? 0) === 0) return [0];
      const series = scored.get(target);
      const fromMs = (window: Window) =>
        isRolling(window) ? -Infinity : (series?.fromMs(window) ?? -Infinity);
      return WINDOWS.map((window) => this.pendingSince(live, target, fromMs(window)));
    });
    const [series] = scored.values();
    const unknowable = WINDOWS.filter((window) => (series?.fromMs(window) ?? 0) < sight.knownSinceMs);
    return [
      version,
      counts?.calls,
      counts?.waiting,
      counts?.talking,
      waitedMs(counts?.longestSinceMs, sight.nowMs),
      this.open(sight.nowMs),
      sight.blindNow,
      sight.knownSinceMs,
      unknowable.length,
      ...pending,
    ].join(' ');
  }

  private make(live: LiveCalls | undefined, sight: Sight): HotlineReport {
    const { tally, row } = this;
    const { definition } = tally;
    const counts = live?.hotline(definition.name);
    const targets = targetsOf(definition).map((target) => this.makeTarget(target, live, sight));
    return Object.freeze({
      pbx: definition.pbx,
      hotline: definition.name,
      title: definition.title,
      kind: definition.kind,
      open: this.open(sight.nowMs),
      emergency: definition.emergency,
      live: keep(row?.live, {
        calls: counts?.calls ?? 0,
        waiting: counts?.waiting ?? 0,
        longestWaitMs: waitedMs(counts?.longestSinceMs, sight.nowMs),
        talking: counts?.talking ?? 0,
      }),
      reached: tally.reached,
      takenUp: tally.takenUp,
      transferredIn: tally.transferredIn,
      testCalls: tally.testCalls,
      lostAfterAnswer: tally.lostAfterAnswer,
      outcomes: keep(row?.outcomes, { ...tally.outcomes }),
      breaches: keep(row?.breaches, { ...tally.breaches }),
      targets: keep(row?.targets, targets),
      figures: figuresOf(tally.figures, row?.figures),
      serviceLevelS: definition.serviceLevelS,
    });
  }

  private makeTarget(target: Target, live: LiveCalls | undefined, sight: Sight): TargetReport {
    const { definition, scored } = this.tally;
    const previous = this.row?.targets.find((report) => report.target === target);
    const series = scored.get(target);
    const rateSight: RateSight = {
      targetRatio: targetRatioOf(target, definition),
      blindNow: sight.blindNow,
      knownSinceMs: sight.knownSinceMs,
      pendingSince: (fromMs) => this.pendingSince(live, target, fromMs),
    };
    return keep(previous, {
      target,
      targetRatio: target === 'after-hours' ? null : definition.targets[target],
      formula: formulaOf(target, definition),
      rates: series === undefined ? [] : ratesOf(series, rateSight, previous?.rates),
    });
  }

  private pendingSince(live: LiveCalls | undefined, target: Target, fromMs: number): number {
    const { name } = this.tally.definition;
    const pending = live?.hotline(name).pending[target] ?? 0;
    if (pending === 0 || fromMs === -Infinity) return pending;
    return live?.pendingSince(name, target, fromMs) ?? 0;
  }

  private open(nowMs: number): boolean {
    const { emergency, hours } = this.tally.definition;
    return emergency || isOpen(hours, nowMs);
  }
}

/** How long the longest has waited; null if nobody waits. An instant just ahead of now is no negative wait. */
export function waitedMs(sinceMs: number | undefined, nowMs: number): number | null {
  return sinceMs === undefined ? null : Math.max(0, nowMs - sinceMs);
}
