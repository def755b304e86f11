import type { Target } from '../calls/facts.ts';
import type { LiveCallCounts, LiveCalls } from '../calls/live.ts';
import { isOpen } from '../hotlines/hours.ts';
import { figuresOf } from './figures.ts';
import { formulaOf } from './formula.ts';
import { targetsOf, type HotlineTally } from './hotline-tally.ts';
import { keep } from './keep.ts';
import { ratesOf, targetRatioOf, type RateSight } from './rates-of.ts';
import { WINDOWS, type HotlineReport, type TargetReport } from './report.ts';
import { isRolling } from './series.ts';

/** How the exchange of a row is seen now. */
export interface Sight {
  readonly nowMs: number;
  readonly blindNow: boolean;
  readonly knownSinceMs: number;
}

/** The same with what is live now; pending calls by target and window. */
interface Seen extends Sight {
  readonly counts: LiveCallCounts;
  readonly pending: ReadonlyMap<Target, readonly number[]>;
}

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
  private row: HotlineReport | undefined;
  private madeOf = '';

  constructor(tally: HotlineTally) {
    this.tally = tally;
  }

  build(live: LiveCalls | undefined, sight: Sight): HotlineReport {
    const counts = live?.hotline(this.tally.definition.name) ?? NOBODY;
    const pending = new Map(
      targetsOf(this.tally.definition).map((target) => [
        target,
        this.pendingByWindow(live, counts, target, sight.nowMs),
      ]),
    );
    const seen: Seen = { ...sight, counts, pending };
    const madeOf = this.whatItIsMadeOf(seen);
    if (this.row !== undefined && madeOf === this.madeOf) return this.row;
    this.madeOf = madeOf;
    this.row = this.make(seen);
    return this.row;
  }

  /** Everything that can change the row, cheaper to compare than to compute. */
  private whatItIsMadeOf({ counts, pending, ...sight }: Seen): string {
    const { scored, seatTime, version } = this.tally;
    const [series] = scored.values();
    const unknowable = WINDOWS.filter(
      (window) => (series?.fromMs(window, sight.nowMs) ?? 0) < sight.knownSinceMs,
    );
    return [
      version,
      counts.calls,
      counts.waiting,
      counts.talking,
      waitedMs(counts.longestSinceMs, sight.nowMs),
      this.open(sight.nowMs),
      sight.blindNow,
      sight.knownSinceMs,
      unknowable.length,
      ...[...pending.values()].flat(),
      ...WINDOWS.map((window) => seatTime.occupancy(window)),
    ].join(' ');
  }

  private make(seen: Seen): HotlineReport {
    const { tally, row } = this;
    const { definition } = tally;
    const { counts, nowMs } = seen;
    const targets = targetsOf(definition).map((target) => this.makeTarget(target, seen));
    return Object.freeze({
      pbx: definition.pbx,
      hotline: definition.name,
      title: definition.title,
      kind: definition.kind,
      open: this.open(nowMs),
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
      figures: figuresOf(tally, row?.figures),
      serviceLevelS: definition.serviceLevelS,
    });
  }

  private makeTarget(target: Target, seen: Seen): TargetReport {
    const { definition, scored } = this.tally;
    const previous = this.row?.targets.find((report) => report.target === target);
    const series = scored.get(target);
    const rateSight: RateSight = {
      nowMs: seen.nowMs,
      targetRatio: targetRatioOf(target, definition),
      blindNow: seen.blindNow,
      knownSinceMs: seen.knownSinceMs,
      pending: seen.pending.get(target) ?? [],
    };
    return keep(previous, {
      target,
      targetRatio: target === 'after-hours' ? null : definition.targets[target],
      formula: formulaOf(target, definition),
      rates: series === undefined ? [] : ratesOf(series, rateSight, previous?.rates),
    });
  }

  /** What is pending will be decided inside any rolling window; periods go by the instant of reaching. */
  private pendingByWindow(
    live: LiveCalls | undefined,
    counts: LiveCallCounts,
    target: Target,
    nowMs: number,
  ): readonly number[] {
    const pending = counts.pending[target];
    const series = this.tally.scored.get(target);
    return WINDOWS.map((window) => {
      if (pending === 0 || isRolling(window) || series === undefined) return pending;
      return live?.pendingSince(this.tally.definition.name, target, series.fromMs(window, nowMs)) ?? 0;
    });
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
