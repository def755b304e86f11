import { RESULTS, type Result, type Target } from '../calls/facts.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import { wilson95 } from './binomial.ts';
import { guardOf } from './guards.ts';
import { keep } from './keep.ts';
import { WINDOWS, type Rate, type Window } from './report.ts';
import { isRolling, ROLLING_MS, type Series } from './series.ts';
import { share } from './share.ts';
import { verdictOf } from './verdict.ts';

/** What the rates of one target are judged with. */
export interface RateSight {
  readonly nowMs: number;
  readonly targetRatio: number;
  readonly blindNow: boolean;
  /** From when on the daemon knows of this exchange; Infinity while it never saw it. */
  readonly knownSinceMs: number;
  /** Not yet decided, in the order of WINDOWS. */
  readonly pending: readonly number[];
}

/** What a rate is made of. */
interface RateNumbers {
  fromMs: number;
  sinceMs: number | null;
  hits: number;
  misses: number;
  setAside: number;
  unknown: number;
  pending: number;
}

/** The rate of every window with its two counts and its verdict (norm.md section 1), made anew only where it moved. */
export class RateRows {
  private readonly series: Series<Result>;
  private rows: readonly Rate[] | undefined;
  /** What all of them were judged with, and the version of the sums that they were read at. */
  private judged: Pick<RateSight, 'blindNow' | 'knownSinceMs' | 'pending'> | undefined;
  private readAt = -1;
  /** When they were read, and when time alone may next give a window its verdict. */
  private readFromMs = Infinity;
  private wholeAtMs = -Infinity;
  private readonly now: RateNumbers = {
    fromMs: 0,
    sinceMs: null,
    hits: 0,
    misses: 0,
    setAside: 0,
    unknown: 0,
    pending: 0,
  };

  constructor(series: Series<Result>) {
    this.series = series;
  }

  build(sight: RateSight): readonly Rate[] {
    const before = this.rows;
    const { blindNow, knownSinceMs, pending, nowMs } = sight;
    const { judged } = this;
    const { version } = this.series;
    const isJudgedAlike = judged?.blindNow === blindNow && judged.knownSinceMs === knownSinceMs;
    const isQuiet = isJudgedAlike && judged.pending === pending && version === this.readAt;
    if (before !== undefined && isQuiet && nowMs >= this.readFromMs && nowMs < this.wholeAtMs) return before;
    this.judged = { blindNow, knownSinceMs, pending };
    this.readAt = version;
    this.readFromMs = nowMs;
    this.wholeAtMs = nextWholeMs(nowMs, knownSinceMs);
    let rows: Rate[] | undefined;
    for (let index = 0; index < WINDOWS.length; index++) {
      const known = before?.[index];
      this.read(index, sight);
      if (known !== undefined && isJudgedAlike && this.isMadeOf(known)) continue;
      rows ??= before === undefined ? [] : [...before];
      // One of WINDOWS, by the loop's bounds.
      const window = WINDOWS[index] as Window;
      rows[index] = keep(known, rateOf(window, this.now, sight), isRolling(window) ? MOVES : undefined);
    }
    if (rows !== undefined) this.rows = keep(before, rows);
    return this.rows ?? [];
  }

  private read(window: number, sight: RateSight): void {
    const { now, series } = this;
    const { knownSinceMs } = sight;
    now.fromMs = series.fromMsAt(window, sight.nowMs);
    now.sinceMs = now.fromMs < knownSinceMs && Number.isFinite(knownSinceMs) ? knownSinceMs : null;
    now.hits = series.sumAt(window, HIT);
    now.misses = series.sumAt(window, MISS);
    now.setAside = series.sumAt(window, SET_ASIDE);
    now.unknown = series.sumAt(window, UNKNOWN);
    now.pending = sight.pending[window] ?? 0;
  }

  /** Of a rolling window `fromMs` moves with every look: the row stays as long as its counts do. */
  private isMadeOf(rate: Rate): boolean {
    const { now } = this;
    return (
      rate.hits === now.hits &&
      rate.misses === now.misses &&
      rate.setAside === now.setAside &&
      rate.unknown === now.unknown &&
      rate.pending === now.pending &&
      (rate.fromMs === now.fromMs || isRolling(rate.window)) &&
      rate.sinceMs === now.sinceMs
    );
  }
}

const MOVES: ReadonlySet<string> = new Set(['fromMs']);
/** When the next rolling window will have begun after the daemon could know; Infinity if all have. */
function nextWholeMs(nowMs: number, knownSinceMs: number): number {
  let nextMs = Infinity;
  for (const widthMs of Object.values(ROLLING_MS)) {
    if (nowMs - widthMs < knownSinceMs) nextMs = Math.min(nextMs, knownSinceMs + widthMs);
  }
  return nextMs;
}

const HIT = RESULTS.indexOf('hit');
const MISS = RESULTS.indexOf('miss');
const SET_ASIDE = RESULTS.indexOf('set_aside');
const UNKNOWN = RESULTS.indexOf('unknown');

function rateOf(window: Window, now: RateNumbers, sight: RateSight): Rate {
  const { fromMs, sinceMs, hits, misses, setAside, unknown, pending } = now;
  const n = hits + misses;
  const interval = n > 0 ? wilson95(hits, n) : undefined;
  const guard = guardOf(sight.targetRatio, 0.05);
  return {
    window,
    fromMs,
    sinceMs,
    hits,
    misses,
    setAside,
    unknown,
    pending,
    ratio: share(hits, n),
    wilsonLow: interval?.low ?? null,
    wilsonHigh: interval?.high ?? null,
    guardK: n > 0 ? guard(n) : null,
    verdict: verdictOf(
      { hits, misses, unknown },
      {
        targetRatio: sight.targetRatio,
        guard,
        blindNow: sight.blindNow,
        beganBeforeKnown: fromMs < sight.knownSinceMs,
      },
    ),
  };
}

/** 0..1; of closed hours nothing may be missed, so the first miss is significant. */
export function targetRatioOf(target: Target, hotline: HotlineDefinition): number {
  return target === 'after-hours' ? 1 : hotline.targets[target];
}
