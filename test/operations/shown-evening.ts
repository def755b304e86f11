import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readRules, type Rule } from '../dashboards/rules.ts';
import { readsOf } from '../dashboards/promql-selectors.ts';
import { OpenMetrics } from './open-metrics.ts';
import { goldenRest } from './golden-rest.ts';
import { liveEvening, SCRAPE_EVERY_MS } from './practice-evening.ts';
import { Prometheus, type RangeMs } from './prometheus.ts';
import type { Tools } from './provide-tools.ts';

const run = promisify(execFile);
const MINUTE_MS = 60_000;
const LABELS = { job: 'ringside', instance: 'ringside:9811' };

/** What is known of the evening: when people call, and when nobody has for longer than the longest window. */
export interface Stretches {
  readonly whole: RangeMs;
  readonly busy: RangeMs;
  readonly quiet: RangeMs;
}

/** An evening of the practice company, scraped and with its recorded rules, in a Prometheus that can be asked about it. */
export class ShownEvening {
  readonly prometheus: Prometheus;
  readonly stretches: Stretches;

  private constructor(prometheus: Prometheus, stretches: Stretches) {
    this.prometheus = prometheus;
    this.stretches = stretches;
  }

  static async start(tools: Tools, folder: string): Promise<ShownEvening> {
    const data = join(folder, 'data');
    mkdirSync(data, { recursive: true });
    const text = new OpenMetrics(folder);
    const scrapes: number[] = [];
    await liveEvening(({ atMs, page }) => {
      scrapes.push(atMs);
      text.add({ atMs, page: page + goldenRest(page, scrapes.length, scrapes[0] ?? atMs) });
    });
    await text.makeBlocks(tools, data, LABELS);
    const stretches = stretchesOf(scrapes);
    for (const rules of levelsOf(readRules())) await record(tools, folder, rules, stretches.whole);
    return new ShownEvening(await startOn(tools, folder), stretches);
  }
}

const startOn = (tools: Tools, folder: string): Promise<Prometheus> =>
  Prometheus.start(tools, { config: 'global: {}\n', folder });

function stretchesOf(scrapes: readonly number[]): Stretches {
  const startMs = scrapes[0] ?? 0;
  const stretch = (fromMin: number, untilMin: number): RangeMs => ({
    fromMs: startMs + fromMin * MINUTE_MS,
    untilMs: startMs + untilMin * MINUTE_MS,
    stepMs: SCRAPE_EVERY_MS,
  });
  return {
    whole: { fromMs: startMs, untilMs: scrapes.at(-1) ?? 0, stepMs: SCRAPE_EVERY_MS },
    busy: stretch(5, 165),
    quiet: stretch(330, 350),
  };
}

/** Recording rules in the order in which they read each other: what is made in one go must not read itself. */
function levelsOf(rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const recording = rules.filter(({ record }) => record !== undefined);
  const levels = new Map<string, number>();
  const levelOf = ({ expr }: Rule): number =>
    1 + Math.max(0, ...readsOf(expr).selectors.map(({ name }) => levels.get(name) ?? 0));
  for (const rule of recording) levels.set(rule.record ?? '', levelOf(rule));
  return Array.from({ length: Math.max(...levels.values()) }, (_, below) =>
    recording.filter(({ record }) => levels.get(record ?? '') === below + 1),
  );
}

/** Evaluates rules over the past, as Prometheus would have, into blocks beside its own. */
async function record(tools: Tools, folder: string, rules: readonly Rule[], range: RangeMs): Promise<void> {
  const file = join(folder, 'past.rules.yml');
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'past', rules }] }));
  const prometheus = await startOn(tools, folder);
  const options = {
    url: prometheus.url,
    start: String(range.fromMs / 1000),
    end: String(range.untilMs / 1000),
    'eval-interval': `${range.stepMs / 1000}s`,
    'output-dir': join(folder, 'data'),
  };
  const given = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  try {
    await run(tools.promtool, ['tsdb', 'create-blocks-from', 'rules', ...given, file]);
  } finally {
    await prometheus.stop();
  }
}
