import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differencesInRules } from './promtool.ts';
import type { Values } from './scraped-series.ts';
import type { Tools } from './provide-tools.ts';

/** An expression that must have these samples, and no others, after the last scrape. */
export interface Expectation {
  readonly expr: string;
  readonly samples: readonly { readonly labels: string; readonly value: number }[];
}

export interface RuleRun {
  readonly folder: string;
  /** Whole paths. */
  readonly ruleFiles: readonly string[];
  readonly series: Iterable<readonly [string, Values]>;
  readonly scrapes: number;
  readonly everyMs: number;
  /** What Prometheus adds to each series. */
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The rules over all scrapes as Prometheus itself evaluates them, group by group after each scrape, on a time of its
 * own (`promtool test rules`, which holds 10,000 samples at most in one evaluation). Resolves to what differs from the
 * expectations, '' where nothing does.
 */
export async function differencesUnderRules(
  { promtool }: Tools,
  { folder, ruleFiles, series, scrapes, everyMs, labels }: RuleRun,
  expectations: readonly Expectation[],
): Promise<string> {
  const interval = `${everyMs / 1000}s`;
  const lastS = ((scrapes - 1) * everyMs) / 1000;
  const file = join(folder, 'rule-run.yml');
  const added = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  const test = {
    interval,
    input_series: Array.from(series, ([text, values]) => ({
      series: text.replace('{', `{${added.join(',')},`),
      values: notationOf(values),
    })),
    promql_expr_test: expectations.map(({ expr, samples }) => ({
      expr,
      eval_time: `${lastS}s`,
      exp_samples: samples,
    })),
  };
  // JSON is YAML.
  writeFileSync(
    file,
    JSON.stringify({ rule_files: ruleFiles, evaluation_interval: interval, tests: [test] }),
  );
  return await differencesInRules(promtool, file);
}

/** `7x3` is 7 and three more of it; a series that a scrape lacks is stale there, as Prometheus marks it. */
function notationOf(values: Values): string {
  const parts: string[] = [];
  for (let from = 0, to = 0; from < values.length; from = to) {
    while (to < values.length && values[to] === values[from]) to += 1;
    const value = values[from];
    if (value !== undefined) parts.push(`${value}x${to - from - 1}`);
    else parts.push(from === 0 ? '_' : 'stale', ...(to - from > 1 ? [`_x${to - from - 1}`] : []));
  }
  return parts.join(' ');
}
