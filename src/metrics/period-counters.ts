import { RESULTS, TARGETS, type Scored, type Target } from '../calls/facts.ts';
import type { HotlineDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { periodOf, type PeriodUnit } from '../hotlines/hours.ts';
import { ByPbx } from '../rates/by-pbx.ts';
import { ONE_MORE, targetsOf } from '../rates/hotline-tally.ts';
import { KeptSums } from '../rates/kept-sums.ts';
import { PeriodSums } from '../rates/period.ts';
import { ReadCounter, type Families } from './families.ts';
import { toldIn } from './told-sums.ts';

const UNITS: readonly PeriodUnit[] = ['shift', 'day', 'month'];

type SumsByUnit = ReadonlyMap<PeriodUnit, PeriodSums>;

/** What is counted of one hotline in its periods. */
interface HotlinePeriods {
  /** In force now: its calendar bounds what comes. */
  hotline: HotlineDefinition;
  readonly targets: Map<Target, SumsByUnit>;
}

/**
 * The calls that entered a rate, counted anew from 0 in each shift, day and month of their hotline, by the instant at
 * which they reached it (norm.md section 1): PromQL has no calendar of a hotline's zone. A call that is decided after the
 * end of the period that it reached the hotline in is not told any more. As every counter they count what was seen at
 * its instant, so that within a period they never fall: what was only known afterwards is in the ready-made rates.
 */
export class PeriodCounters {
  private readonly counter: ReadCounter<'pbx' | 'hotline' | 'target' | 'period' | 'result'>;
  private watched = new ByPbx<HotlinePeriods>();
  /** Whatever was ever watched: what a reload brings back goes on. */
  private readonly known = new ByPbx<HotlinePeriods>();
  private kept = new KeptSums([]);

  constructor(families: Families, definition: WatchDefinition) {
    this.counter = new ReadCounter(
      families,
      'ringside_period_scored_total',
      'ringside_scored_total of the shift, day and month of the hotline that run, by when a call reached it: begins at 0 with each of them.',
      ['pbx', 'hotline', 'target', 'period', 'result'],
    );
    this.redefine(definition);
  }

  /** After a reload: what is still watched, or was before, in an earlier run too, goes on in the periods that run. */
  redefine(definition: WatchDefinition): void {
    this.watched = new ByPbx();
    for (const hotline of definition.hotlines) {
      const { pbx, name } = hotline;
      const periods = this.known.get(pbx, name) ?? this.begin(hotline);
      periods.hotline = hotline;
      for (const target of targetsOf(hotline)) sumsOf(periods, target);
      this.watched.set(pbx, name, periods);
    }
  }

  /** Goes on after a restart: once, before the first fact. */
  seed(kept: KeptSums): void {
    this.kept = kept;
    for (const periods of this.watched.values()) this.seedHotline(periods);
  }

  private begin(hotline: HotlineDefinition): HotlinePeriods {
    const periods: HotlinePeriods = { hotline, targets: new Map() };
    this.seedHotline(periods);
    this.known.set(hotline.pbx, hotline.name, periods);
    return periods;
  }

  private seedHotline(periods: HotlinePeriods): void {
    const { pbx, name } = periods.hotline;
    const subject = this.kept.of(pbx, 'hotline', name);
    for (const target of TARGETS) {
      for (const period of toldIn(subject, target)) {
        const values = RESULTS.map((result) => period.sums[result] ?? 0);
        sumsOf(periods, target).get(period.unit)?.keep(period, values);
      }
    }
  }

  record({ pbx, hotline, target, result, atMs, reachedAtMs }: Scored): void {
    const periods = this.watched.get(pbx, hotline);
    if (periods === undefined) return;
    for (const sums of sumsOf(periods, target).values()) {
      // Where no page is asked for, what is over must be forgotten all the same.
      if (atMs >= sums.nextDueMs()) sums.moveTo(atMs);
      sums.add(reachedAtMs, ONE_MORE[result], undefined);
    }
  }

  fill(nowMs: number): void {
    const { counter } = this;
    counter.empty();
    for (const { hotline, targets } of this.watched.values()) {
      for (const [target, byUnit] of targets) {
        const labels = { pbx: hotline.pbx, hotline: hotline.name, target };
        for (const [period, sums] of byUnit) {
          sums.moveTo(nowMs);
          RESULTS.forEach((result, column) => counter.set({ ...labels, period, result }, sums.sum(column)));
        }
      }
    }
  }
}

/** What was scored under an earlier definition has its series all the same. */
function sumsOf(periods: HotlinePeriods, target: Target): SumsByUnit {
  const known = periods.targets.get(target);
  if (known !== undefined) return known;
  const made = new Map(
    UNITS.map((unit) => [
      unit,
      new PeriodSums(RESULTS.length, (atMs) => periodOf(periods.hotline.hours, unit, atMs)),
    ]),
  );
  periods.targets.set(target, made);
  return made;
}
