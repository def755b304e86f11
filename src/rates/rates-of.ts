import type { Result, Target } from '../calls/facts.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import { createGuard, wilson95, type Guard } from './binomial.ts';
import { keep } from './keep.ts';
import { WINDOWS, type Rate, type Window } from './report.ts';
import { isRolling, type Series } from './series.ts';
import { share } from './share.ts';
import { verdictOf } from './verdict.ts';

/** Of a rolling window it moves with every look: the row stays as long as its counts do. */
const MOVES: ReadonlySet<string> = new Set(['fromMs']);

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

/** The rate of every window with its two counts and its verdict (norm.md section 1). */
export function ratesOf(
  series: Series<Result>,
  sight: RateSight,
  previous: readonly Rate[] | undefined,
): readonly Rate[] {
  const rows = WINDOWS.map((window, index) =>
    keep(previous?.[index], rateOver(series, window, sight), isRolling(window) ? MOVES : undefined),
  );
  return keep(previous, rows);
}

function rateOver(series: Series<Result>, window: Window, sight: RateSight): Rate {
  const fromMs = series.fromMs(window, sight.nowMs);
  const hits = series.sum(window, 'hit');
  const misses = series.sum(window, 'miss');
  const unknown = series.sum(window, 'unknown');
  const n = hits + misses;
  const interval = n > 0 ? wilson95(hits, n) : undefined;
  const guard = guardOf(sight.targetRatio);
  const beganBeforeKnown = fromMs < sight.knownSinceMs;
  return {
    window,
    fromMs,
    sinceMs: beganBeforeKnown && Number.isFinite(sight.knownSinceMs) ? sight.knownSinceMs : null,
    hits,
    misses,
    setAside: series.sum(window, 'set_aside'),
    unknown,
    pending: sight.pending[WINDOWS.indexOf(window)] ?? 0,
    ratio: share(hits, n),
    wilsonLow: interval?.low ?? null,
    wilsonHigh: interval?.high ?? null,
    guardK: n > 0 ? guard(n) : null,
    verdict: verdictOf(
      { hits, misses, unknown },
      { targetRatio: sight.targetRatio, guard, blindNow: sight.blindNow, beganBeforeKnown },
    ),
  };
}

/** 0..1; of closed hours nothing may be missed, so the first miss is significant. */
export function targetRatioOf(target: Target, hotline: HotlineDefinition): number {
  return target === 'after-hours' ? 1 : hotline.targets[target];
}

const guards = new Map<number, Guard>();

/** Configured targets are few, and their guards cost a cache each. */
function guardOf(targetRatio: number): Guard {
  let guard = guards.get(targetRatio);
  if (guard === undefined) {
    guard = createGuard(targetRatio);
    guards.set(targetRatio, guard);
  }
  return guard;
}
