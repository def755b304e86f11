import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ServerProcess } from './server-process.ts';
import type { Tools } from './provide-tools.ts';

const Labels = z.record(z.string(), z.string());
const Sample = z.tuple([z.number(), z.string()]);
const Instant = z.object({
  data: z.object({ result: z.array(z.object({ metric: Labels, value: Sample })) }),
});
const Range = z.object({
  data: z.object({ result: z.array(z.object({ metric: Labels, values: z.array(Sample) })) }),
});
const Alerts = z.object({
  data: z.object({
    alerts: z.array(
      z.object({
        labels: Labels,
        annotations: Labels,
        state: z.enum(['pending', 'firing']),
        activeAt: z.string(),
      }),
    ),
  }),
});

type LabelSet = Readonly<Record<string, string>>;
/** A series at an instant. */
export interface InstantSeries {
  readonly metric: LabelSet;
  readonly value: number;
}
/** A series over a while. */
export interface RangeSeries {
  readonly metric: LabelSet;
  readonly points: readonly { readonly atMs: number; readonly value: number }[];
}
export type PrometheusAlert = z.infer<typeof Alerts>['data']['alerts'][number];
export interface RangeMs {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly stepMs: number;
}

export interface PrometheusSettings {
  /** prometheus.yml; files it names are named by their whole path. */
  readonly config: string;
  /** Its own: it keeps its data in `data`, where blocks may lie already. */
  readonly folder: string;
}

/** Blocks of any age are kept: history of tests lies at an instant of their own. */
const KEEPS = '--storage.tsdb.retention.time=100y';

/** What has not come by then does not come. */
const LONGEST_MS = 120_000;

/** A real Prometheus. */
export class Prometheus {
  readonly server: ServerProcess;

  private constructor(server: ServerProcess) {
    this.server = server;
  }

  /** Resolves when it answers queries. Throws with the end of its log where it refuses its configuration. */
  static async start({ prometheus }: Tools, { config, folder }: PrometheusSettings): Promise<Prometheus> {
    const file = join(folder, 'prometheus.yml');
    const data = join(folder, 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(file, config);
    const args = [`--config.file=${file}`, `--storage.tsdb.path=${data}`, KEEPS];
    return new Prometheus(await ServerProcess.start(prometheus, args));
  }

  get url(): string {
    return this.server.url;
  }

  /** Of an instant vector; `atMs` unset is now. Throws with what Prometheus says of an expression it refuses. */
  async query(expression: string, atMs?: number): Promise<readonly InstantSeries[]> {
    const at = atMs === undefined ? {} : { time: seconds(atMs) };
    const answer = Instant.parse(await this.#ask('query', { query: expression, ...at }));
    return answer.data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }

  /**
   * Resolves when the expression has a sample; rejects after two minutes, with what there is of `instead` then, the
   * series it is about.
   */
  async until(expression: string, instead: string): Promise<void> {
    const untilMs = Date.now() + LONGEST_MS;
    while ((await this.query(expression)).length === 0) {
      if (Date.now() > untilMs) {
        const there = JSON.stringify(await this.query(instead));
        throw new Error(`never came: ${expression}; there is: ${there}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async queryRange(expression: string, range: RangeMs): Promise<readonly RangeSeries[]> {
    const { fromMs, untilMs, stepMs } = range;
    const asked = {
      query: expression,
      start: seconds(fromMs),
      end: seconds(untilMs),
      step: seconds(stepMs),
    };
    return Range.parse(await this.#ask('query_range', asked)).data.result.map(({ metric, values }) => ({
      metric,
      points: values.map(([at, value]) => ({ atMs: Math.round(at * 1000), value: Number(value) })),
    }));
  }

  /** Those that are pending or firing now. */
  async alerts(): Promise<readonly PrometheusAlert[]> {
    return Alerts.parse(await this.#ask('alerts', {})).data.alerts;
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  async #ask(what: string, form: Readonly<Record<string, string>>): Promise<unknown> {
    const inBody = what === 'alerts' ? {} : { method: 'POST', body: new URLSearchParams(form) };
    const answer = await fetch(`${this.url}/api/v1/${what}`, inBody);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`Prometheus refuses ${form['query'] ?? what}: ${text}`);
    return JSON.parse(text);
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
