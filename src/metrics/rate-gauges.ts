import type { Registry } from 'prom-client';
import type { HotlineReport, Rate, Report, TargetReport } from '../rates/report.ts';
import { ReadGauge } from './families.ts';
import { VERDICT_HELP, verdictNumber } from './verdict-number.ts';

const ON_TARGET = ['pbx', 'hotline', 'target'] as const;
const IN_WINDOW = [...ON_TARGET, 'window'] as const;

/** The rates of the hotlines, ready made by window, with their counts, bounds and verdicts beside them. */
export class RateGauges {
  private readonly gauges: ReturnType<typeof gaugesOf>;

  constructor(registry: Registry) {
    this.gauges = gaugesOf(registry);
  }

  /** In steps: one for each hotline. */
  *fill(report: Report): Generator<void> {
    for (const gauge of Object.values(this.gauges)) gauge.empty();
    const seen = new Set(report.pbxs.filter((row) => row.blindSinceMs === null).map(({ pbx }) => pbx));
    for (const hotline of report.hotlines) {
      for (const target of hotline.targets) {
        this.fillTarget(hotline, target);
        if (seen.has(hotline.pbx)) this.fillPending(hotline, target);
      }
      yield;
    }
  }

  private fillTarget({ pbx, hotline }: HotlineReport, { target, targetRatio, rates }: TargetReport): void {
    const labels = { pbx, hotline, target };
    this.gauges.target.set(labels, targetRatio);
    for (const rate of rates) this.fillRate({ ...labels, window: rate.window }, rate);
  }

  /** Live, so absent while the exchange is not seen. All of it is in a rolling window, and the first window is one. */
  private fillPending({ pbx, hotline }: HotlineReport, { target, rates }: TargetReport): void {
    this.gauges.pending.set({ pbx, hotline, target }, rates[0]?.pending);
  }

  private fillRate(labels: Readonly<Record<(typeof IN_WINDOW)[number], string>>, rate: Rate): void {
    const { gauges } = this;
    gauges.ratio.set(labels, rate.ratio);
    gauges.low.set(labels, rate.wilsonLow);
    gauges.high.set(labels, rate.wilsonHigh);
    gauges.guard.set(labels, rate.guardK);
    gauges.verdict.set(labels, verdictNumber(rate));
    gauges.calls.set({ ...labels, result: 'hit' }, rate.hits);
    gauges.calls.set({ ...labels, result: 'miss' }, rate.misses);
    gauges.calls.set({ ...labels, result: 'set_aside' }, rate.setAside);
    gauges.calls.set({ ...labels, result: 'unknown' }, rate.unknown);
  }
}

function gaugesOf(registry: Registry) {
  const gauge = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new ReadGauge(registry, name, help, labels);
  return {
    ratio: gauge(
      'ringside_rate_ratio',
      'Hits / (hits + misses) over a window; absent without calls.',
      IN_WINDOW,
    ),
    low: gauge(
      'ringside_rate_wilson_low_ratio',
      "Lower bound of Wilson's 95 % interval of a rate; absent without calls.",
      IN_WINDOW,
    ),
    high: gauge(
      'ringside_rate_wilson_high_ratio',
      "Upper bound of Wilson's 95 % interval of a rate; absent without calls.",
      IN_WINDOW,
    ),
    guard: gauge(
      'ringside_rate_guard_misses',
      'Fewest misses of so many calls that are significant at 5 % (exact binomial); absent without calls, or where no count would be.',
      IN_WINDOW,
    ),
    verdict: gauge('ringside_rate_verdict', VERDICT_HELP, IN_WINDOW),
    calls: gauge(
      'ringside_rate_calls',
      'Calls of a window by result; only hits and misses are in the rate.',
      [...IN_WINDOW, 'result'],
    ),
    target: gauge(
      'ringside_target_ratio',
      'What the norm asks; absent for after-hours, where nothing may be missed.',
      [...ON_TARGET],
    ),
    pending: gauge(
      'ringside_pending_calls',
      'Calls that will enter a rate and are not decided yet.',
      ON_TARGET,
    ),
  };
}
