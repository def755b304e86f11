import { SIGNIFICANCES } from '../rates/guards.ts';
import type { HotlineReport, Rate, Report, TargetReport } from '../rates/report.ts';
import { type Families, type LabelText, labelText, ReadGauge } from './families.ts';
import { LabelTexts } from './label-texts.ts';
import { guardMisses, isPaged, significant } from './significance.ts';
import { VERDICT_HELP, verdictNumber } from './verdict-number.ts';

const ON_TARGET = ['pbx', 'hotline', 'target'] as const;
const IN_WINDOW = [...ON_TARGET, 'window'] as const;
const BY_RESULT = [...IN_WINDOW, 'result'] as const;
const AT_LEVEL = [...IN_WINDOW, 'significance'] as const;

/** The labels of one target's series, in the order of its windows. */
interface TargetLabels {
  readonly target: LabelText;
  readonly windows: readonly {
    readonly window: LabelText;
    readonly hits: LabelText;
    readonly misses: LabelText;
    /** In the order of SIGNIFICANCES. */
    readonly levels: readonly LabelText[];
  }[];
}

/** The rates of the hotlines, ready made by window, with their counts, bounds and verdicts beside them. */
export class RateGauges {
  private readonly gauges: ReturnType<typeof gaugesOf>;
  private readonly labels = new LabelTexts<TargetLabels>();

  constructor(families: Families) {
    this.gauges = gaugesOf(families);
  }

  /** In steps: one for each hotline. */
  *fill(report: Report): Generator<void> {
    for (const gauge of Object.values(this.gauges)) gauge.empty();
    this.labels.of(report.definitionHash);
    const seen = new Set(report.pbxs.filter((row) => row.blindSinceMs === null).map(({ pbx }) => pbx));
    for (const hotline of report.hotlines) {
      for (const target of hotline.targets) this.fillTarget(hotline, target, seen.has(hotline.pbx));
      yield;
    }
  }

  private fillTarget({ pbx, hotline }: HotlineReport, row: TargetReport, isSeen: boolean): void {
    const { gauges } = this;
    const { target, targetRatio, rates } = row;
    const labels = this.labels.get(pbx, `${hotline}\0${target}`, () => labelsOf(pbx, hotline, row));
    gauges.target.say(labels.target, targetRatio);
    // Live, so absent while the exchange is not seen. All of it is in a rolling window, and the first window is one.
    if (isSeen) gauges.pending.say(labels.target, rates[0]?.pending);
    // Of closed hours nothing may be missed: one is a breach, and its counters say all there is.
    if (targetRatio === null) return;
    for (const [index, rate] of rates.entries()) {
      const ofWindow = labels.windows[index];
      if (ofWindow === undefined) continue;
      const { window, hits, misses, levels } = ofWindow;
      gauges.ratio.say(window, rate.ratio);
      this.fillGuard(rate, targetRatio, levels);
      gauges.verdict.say(window, verdictNumber(rate));
      gauges.calls.say(hits, rate.hits);
      gauges.calls.say(misses, rate.misses);
    }
  }

  private fillGuard(rate: Rate, targetRatio: number, levels: readonly LabelText[]): void {
    if (!isPaged(rate.window)) return;
    const { gauges } = this;
    for (const [index, significance] of SIGNIFICANCES.entries()) {
      const labels = levels[index];
      if (labels === undefined) continue;
      gauges.guard.say(labels, guardMisses(rate, targetRatio, significance));
      gauges.significant.say(labels, significant(rate, targetRatio, significance));
    }
  }
}

function labelsOf(pbx: string, hotline: string, { target, rates }: TargetReport): TargetLabels {
  const labels = { pbx, hotline, target };
  return {
    target: labelText(ON_TARGET, labels),
    windows: rates.map(({ window }) => {
      const result = (name: string) => labelText(BY_RESULT, { ...labels, window, result: name });
      return {
        window: labelText(IN_WINDOW, { ...labels, window }),
        hits: result('hit'),
        misses: result('miss'),
        levels: SIGNIFICANCES.map((level) =>
          labelText(AT_LEVEL, { ...labels, window, significance: String(level) }),
        ),
      };
    }),
  };
}

function gaugesOf(families: Families) {
  const gauge = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new ReadGauge(families, name, help, labels);
  return {
    ratio: gauge(
      'ringside_rate_ratio',
      'Hits / (hits + misses) over a window, of what has a target to meet; absent without calls.',
      IN_WINDOW,
    ),
    guard: gauge(
      'ringside_rate_guard_misses',
      'Fewest misses of so many calls that are significant at that level (exact binomial), of 30m and 2h; absent without calls, or where no count would be.',
      AT_LEVEL,
    ),
    significant: gauge(
      'ringside_rate_significant',
      'Whether the misses of a window are significant at that level, of 30m and 2h, 0 under 5 calls; absent without calls, while blind, where unknown calls could change it, and for a window that began before the daemon could know.',
      AT_LEVEL,
    ),
    verdict: gauge('ringside_rate_verdict', VERDICT_HELP, IN_WINDOW),
    calls: gauge(
      'ringside_rate_calls',
      'Hits and misses of a window, what was only known afterwards among them; set-aside and unknown calls are in ringside_scored_total.',
      BY_RESULT,
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
