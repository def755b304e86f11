import { fewestSignificantMisses } from '../../../src/rates/binomial.ts';
import type { Labels } from '../series-of-golden.ts';
import { ALWAYS, DAEMON, shown, type Shown, type Stretch } from '../rule-case.ts';

export type Missed = readonly [missed: number, of: number];
/** What a target's windows show. `since`: began before the daemon could know. */
export type Windows = Readonly<Record<'5m' | '10m' | '30m' | '2h', Missed>> & {
  readonly sight?: 'blind' | 'since';
};
export const NO_CALLS: Windows = { '5m': [0, 0], '10m': [0, 0], '30m': [0, 0], '2h': [0, 0] };

const LEVELS = ['0.05', '0.01'] as const;
/** Fewer calls are never significant (norm 1). */
const FEWEST_CALLS = 5;

export interface OnTarget {
  readonly target: string;
  readonly ratio: number;
  readonly labels?: Labels;
  readonly by?: Labels;
}
export const TRANSFER: OnTarget = { target: 'transfer', ratio: 0.85 };

/** All that the daemon shows of a target whose windows are, one after the other, so for so many minutes. */
export function rateSeries(
  on: OnTarget,
  stretches: readonly (readonly [Windows | undefined, number])[],
): Shown[] {
  const { target, ratio, labels = {}, by = DAEMON } = on;
  const show = (name: string, more: Labels, valueOf: (windows: Windows) => number | undefined): Shown => {
    const values = stretches.map(([windows, minutes]): Stretch => [windows && valueOf(windows), minutes]);
    return shown(name, { target, ...labels, ...more }, values, by);
  };
  const series = [shown('ringside_target_ratio', { target, ...labels }, [[ratio, ALWAYS]], by)];
  for (const window of ['5m', '10m', '30m', '2h'] as const) {
    const rate = (windows: Windows): number | undefined => {
      const [missed, of] = windows[window];
      return of === 0 ? undefined : (of - missed) / of;
    };
    series.push(
      show('ringside_rate_ratio', { window }, rate),
      show('ringside_rate_calls', { window, result: 'miss' }, (windows) => windows[window][0]),
      show(
        'ringside_rate_calls',
        { window, result: 'hit' },
        (windows) => windows[window][1] - windows[window][0],
      ),
    );
    if (window === '5m' || window === '10m') continue;
    for (const significance of LEVELS) {
      const level = { window, significance };
      series.push(
        show('ringside_rate_guard_misses', level, (windows) => guard(windows[window], ratio, significance)),
        show('ringside_rate_significant', level, (windows) =>
          significant(windows, window, ratio, significance),
        ),
      );
    }
  }
  return series;
}

function guard([, of]: Missed, ratio: number, significance: string): number | undefined {
  return of === 0 ? undefined : (fewestSignificantMisses(of, ratio, Number(significance)) ?? undefined);
}

function significant(
  windows: Windows,
  window: '30m' | '2h',
  ratio: number,
  significance: string,
): number | undefined {
  const [missed, of] = windows[window];
  if (of === 0 || windows.sight !== undefined) return undefined;
  return of >= FEWEST_CALLS && missed >= (guard([missed, of], ratio, significance) ?? Infinity) ? 1 : 0;
}
