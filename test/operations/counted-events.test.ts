import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { countedIn, countedShown } from '../../dashboards/generate/promql.ts';
import { asGrafanaAsks } from '../dashboards/grafana-variables.ts';
import { OpenMetrics } from './open-metrics.ts';
import { Prometheus } from './prometheus.ts';

const START_MS = Date.parse('2026-03-03T12:00:00Z');
const SCRAPE_MS = 15_000;
const STEP_S = 300;
const SCRAPES = 100;
const AT_STEP = STEP_S / 15;

/** By scrape: counters that get one call a minute; two start anew, in the middle of a step or at once after one began. */
const STORIES: Readonly<Record<string, (scrape: number) => number>> = {
  steady: (scrape) => 7 + Math.floor(scrape / 4),
  amid: (scrape) => Math.floor((scrape < 29 ? scrape : scrape - 29) / 4),
  // Within the step it grows past what it had: two calls before, eight after, and nothing in it falls.
  early: (scrape) => (scrape < 41 ? 2 : Math.min(8, scrape - 41)),
};

const folder = mkdtempSync(join(tmpdir(), 'ringside-counted-'));
let prometheus: Prometheus;
beforeAll(async () => {
  const tools = inject('tools');
  const text = new OpenMetrics(folder);
  for (let scrape = 0; scrape <= SCRAPES; scrape += 1) {
    const lines = Object.entries(STORIES).map(
      ([name, of]) => `calls_total{pbx="p",story="${name}"} ${of(scrape)}`,
    );
    text.add({ atMs: START_MS + scrape * SCRAPE_MS, page: lines.join('\n') });
  }
  await text.makeBlocks(tools, join(folder, 'data'), { job: 'ringside', instance: 'one' });
  prometheus = await Prometheus.start(tools, { config: 'global: {}\n', folder });
});
afterAll(async () => {
  await prometheus?.stop();
  rmSync(folder, { recursive: true });
});

const asked = (expr: string): string => asGrafanaAsks(expr, { stepS: STEP_S, rangeS: 1500, window: '30m' });

it.each([
  ['steady', [5, 5, 5, 5, 5]],
  ['amid', [5, undefined, 5, 5, 5]],
  ['early', [0, 0, undefined, 0, 0]],
] as const)('shows each event once, and no bar where a counter began anew (%s)', async (story, bars) => {
  const range = {
    fromMs: START_MS + STEP_S * 1000,
    untilMs: START_MS + SCRAPES * SCRAPE_MS,
    stepMs: STEP_S * 1000,
  };
  const [series] = await prometheus.queryRange(
    asked(countedIn(`calls_total{story="${story}"}`, 'job')),
    range,
  );
  const shown = new Map(
    series?.points.map(({ atMs, value }) => [(atMs - START_MS) / SCRAPE_MS / AT_STEP, value]),
  );
  expect([1, 2, 3, 4, 5].map((step) => shown.get(step))).toEqual(bars);
});

it('counts what is shown from the least of it, without guessing at the edges', async () => {
  const [steady] = await prometheus.query(
    asked(countedShown('calls_total{story="steady"}', 'story')),
    START_MS + SCRAPES * SCRAPE_MS,
  );
  expect(steady?.value).toBe(25);
});
