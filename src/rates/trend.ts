import type { Scored, Target } from '../calls/facts.ts';
import type { Sign } from './series.ts';

const QUARTER_MS = 15 * 60_000;
/** Eight hours of quarters, and the one that runs. */
const MOST_QUARTERS = 33;

/** What was scored in one quarter of an hour. */
export interface TrendPoint {
  readonly fromMs: number;
  readonly hits: number;
  readonly misses: number;
}

/** By target; those without a call in the last hours are not in it. */
export type Trends = Readonly<Partial<Record<Target, readonly TrendPoint[]>>>;

/**
 * One target of one hotline over the last hours, by the instant of scoring, in quarters of an hour (of UTC: every zone's
 * quarters are). Quarters without a call are left out: nothing is drawn where nothing was.
 */
class TargetTrend {
  /** Oldest first; made anew with each change. */
  points: readonly TrendPoint[] = [];

  enter({ atMs, result }: Scored, sign: Sign): void {
    if (result !== 'hit' && result !== 'miss') return;
    const fromMs = Math.floor(atMs / QUARTER_MS) * QUARTER_MS;
    const newest = Math.max(fromMs, this.points.at(-1)?.fromMs ?? fromMs);
    const oldest = newest - (MOST_QUARTERS - 1) * QUARTER_MS;
    if (fromMs < oldest) return;
    const known = this.points.find((point) => point.fromMs === fromMs);
    const point = Object.freeze({
      fromMs,
      hits: (known?.hits ?? 0) + (result === 'hit' ? sign : 0),
      misses: (known?.misses ?? 0) + (result === 'miss' ? sign : 0),
    });
    const others = this.points.filter((other) => other !== known && other.fromMs >= oldest);
    this.points = Object.freeze(
      [...others, point]
        .filter(({ hits, misses }) => hits + misses > 0)
        .sort((one, other) => one.fromMs - other.fromMs),
    );
  }
}

/** The last hours of one hotline. */
export class Trend {
  private readonly targets = new Map<Target, TargetTrend>();
  private shown: Trends = {};

  enter(fact: Scored, sign: Sign): void {
    const known = this.targets.get(fact.target);
    const target = known ?? new TargetTrend();
    if (known === undefined) this.targets.set(fact.target, target);
    const before = target.points;
    target.enter(fact, sign);
    if (target.points !== before) this.shown = Object.freeze({ ...this.shown, [fact.target]: target.points });
  }

  /** The same object as long as nothing was scored. Where nothing was for hours it tells the past: its points say when. */
  build(): Trends {
    return this.shown;
  }
}
