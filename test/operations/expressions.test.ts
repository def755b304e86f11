import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { wilson95 } from '../../src/rates/binomial.ts';
import { asGrafanaAsks } from '../dashboards/grafana-variables.ts';
import { BOARD_NAMES, expressionsOf, panelsOf, readBoard } from '../dashboards/grafana-boards.ts';
import { readsOf, type Selector } from '../dashboards/promql-selectors.ts';
import { readRules } from '../dashboards/rules.ts';
import { parsedByPrometheus } from './parsed-by-prometheus.ts';
import type { RangeMs, RangeSeries } from './prometheus.ts';
import { ShownEvening } from './shown-evening.ts';
import { formsWithoutCalls } from './without-calls.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringside-expressions-'));
let evening: ShownEvening;
beforeAll(async () => {
  evening = await ShownEvening.start(inject('tools'), folder);
}, 300_000);
afterAll(async () => {
  await evening.prometheus.stop();
  rmSync(folder, { recursive: true });
});

const onBoards = BOARD_NAMES.flatMap((name) => expressionsOf(readBoard(name)));
const onPanels = onBoards.filter(({ where }) => !/: (annotation|variable) /.test(where));
const rules = readRules().map(({ record, alert, expr }, place) => ({
  where: `rule ${place}: ${record ?? alert ?? ''}`,
  expr,
  isAlert: alert !== undefined,
}));
const recording = rules.filter(({ isAlert }) => !isAlert);

/** Nothing of it happened: all zero, or empty where only a fault or a journal of weeks would show it. */
const NOT_THIS_EVENING: readonly string[] = [
  'ringside-hotlines: Beside the rates, in the time shown: Lost after answer',
  'ringside-hotlines: Beside the rates, in the time shown: Transferred in',
  'ringside-hotlines: Beside the rates, in the time shown: Taken up',
  'ringside-hotlines: Beside the rates, in the time shown: Backfilled',
  'ringside-floor: Seats by state: offline',
  "ringside-floor: Where the seats' time went, over the last $window: offline",
  'ringside-floor: Seats of the queues by state: offline',
  'ringside-floor: Seats of the queues by state: unknown',
  'ringside-floor: Callers who came to each queue: taken up {{pbx}} {{queue}}',
  "ringside-floor: Calls that are nobody's: unknown origin, {{pbx}}",
  'ringside-ringside: Books out of balance: {{pbx}}',
  'ringside-ringside: Sessions, in the time shown: Clock',
  'ringside-ringside: Sessions, in the time shown: Its restarts',
  'ringside-ringside: Sessions, in the time shown: Taken up',
  'ringside-ringside: Sessions, in the time shown: Unseen',
  'ringside-ringside: Corrections of the live picture: {{pbx}} {{reason}}',
  'ringside-ringside: Clock of each exchange less ours: {{pbx}}',
  'ringside-ringside: Reports: Waiting',
];

/** What a stretch of the evening shows of an expression. */
type Shown = 'nothing' | 'zeros' | 'figures';

const GRAPH_S = 60;
/** Bars stand for at least so long. */
const EVENTS_S = 300;

async function seriesOf(expr: string, stretch: RangeMs): Promise<readonly RangeSeries[]> {
  const stepS = expr.includes('$__interval') ? EVENTS_S : GRAPH_S;
  const rangeS = (stretch.untilMs - stretch.fromMs) / 1000;
  const asked = asGrafanaAsks(expr, { stepS, rangeS, window: '30m' });
  return evening.prometheus.queryRange(asked, { ...stretch, stepMs: stepS * 1000 });
}

async function shownOf(expr: string, stretch: RangeMs): Promise<Shown> {
  const values = (await seriesOf(expr, stretch)).flatMap(({ points }) => points.map(({ value }) => value));
  if (values.length === 0) return 'nothing';
  return values.every((value) => value === 0) ? 'zeros' : 'figures';
}

describe('every expression', () => {
  it.each([...onBoards, ...rules])('of $where gives numbers, and no 0 / 0', async ({ expr }) => {
    const values = (await seriesOf(expr, evening.stretches.whole)).flatMap(({ points }) => points);
    expect(values.filter(({ value }) => Number.isNaN(value))).toEqual([]);
  });

  it.each([...onBoards, ...rules])('of $where is read here as Prometheus reads it', async ({ expr }) => {
    const asked = asGrafanaAsks(expr, { stepS: EVENTS_S, rangeS: GRAPH_S, window: '30m' });
    const { selectors, labels } = readsOf(asked);
    const parsed = await parsedByPrometheus(evening.prometheus.url, asked);
    const inOrder = (read: readonly Selector[]): string[] =>
      read.map((one) => JSON.stringify(one)).toSorted();
    expect(inOrder(selectors)).toEqual(inOrder(parsed.selectors));
    expect([...labels].toSorted()).toEqual([...parsed.labels].toSorted());
  });
});

describe('with traffic', () => {
  it.each(onBoards.filter(({ where }) => where.includes('annotation')))(
    '$where marks where it is 1, and has no other value',
    async ({ expr }) => {
      const values = (await seriesOf(expr, evening.stretches.whole)).flatMap(({ points }) => points);
      expect(values.length).toBeGreaterThan(0);
      expect(values.filter(({ value }) => value !== 1)).toEqual([]);
    },
  );

  it('every expression has figures that are not all zero, but of what did not happen this evening', async () => {
    const missing: string[] = [];
    for (const { where, expr } of [...onBoards, ...recording]) {
      if ((await shownOf(expr, evening.stretches.whole)) !== 'figures') missing.push(where);
    }
    expect(missing).toEqual(NOT_THIS_EVENING);
  });
});

describe('while the exchange is not seen', () => {
  // Amid the blind time of the evening: one look of a graph.
  const instant = (): RangeMs => {
    const atMs = evening.stretches.whole.fromMs + 85.75 * 60_000;
    return { fromMs: atMs, untilMs: atMs + 30_000, stepMs: GRAPH_S * 1000 };
  };
  const lines = BOARD_NAMES.flatMap((name) => panelsOf(readBoard(name)))
    .filter(({ type }) => type === 'timeseries')
    .flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })))
    .filter(({ expr }) => /(_ratio|:ratio|_wait_seconds|time_seconds|speed_of_answer|:calls)/.test(expr))
    .filter(({ expr }) => !/target_ratio|window="day"|day_budget|live_longest/.test(expr));

  it('is so in what is asked for here', async () => {
    expect(await shownOf('ringside_blind == 1', instant())).toBe('figures');
    expect(await shownOf('ringside_rate_ratio{window="30m"}', instant())).toBe('figures');
  });

  it.each(lines)('no line of "$title" is drawn on: $expr', async ({ expr }) => {
    expect(await shownOf(expr, instant())).toBe('nothing');
  });

  it('the table of sessions counts the time that runs', async () => {
    const panel = onPanels.find(({ where }) => where.endsWith(': Blind time'));
    const [{ points } = { points: [] }] = await seriesOf(panel?.expr ?? '', instant());
    expect(points[0]?.value).toBeGreaterThan(0);
  });
});

describe('bars of events', () => {
  it('hold every call of the evening exactly once', async () => {
    const { whole } = evening.stretches;
    const inBars = onPanels.find(({ where }) => where.includes('Calls that reached each hotline'));
    const firstMs = whole.fromMs + EVENTS_S * 1000;
    const bars = await seriesOf(inBars?.expr ?? '', { ...whole, fromMs: firstMs });
    const counted = bars.flatMap(({ points }) => points).reduce((sum, { value }) => sum + value, 0);
    const [last] = await evening.prometheus.query('sum(ringside_reached_total)', whole.untilMs);
    const [first] = await evening.prometheus.query('sum(ringside_reached_total)', whole.fromMs);
    expect(counted).toBe((last?.value ?? 0) - (first?.value ?? 0));
    expect(counted).toBeGreaterThan(100);
  });
});

describe("the bounds of Wilson's interval", () => {
  it.each([
    ['At least', 'low'],
    ['At most', 'high'],
  ] as const)('%s are those of the rate, to a thousandth', async (title, bound) => {
    const { busy } = evening.stretches;
    const panel = onPanels.find(({ where }) => where.endsWith(`: ${title}`));
    const hits = await callsAt('hit', busy);
    const misses = await callsAt('miss', busy);
    const wrong: string[] = [];
    let compared = 0;
    for (const { metric, points } of await seriesOf(panel?.expr ?? '', busy)) {
      for (const { atMs, value } of points) {
        const place = `${metric['hotline']} ${metric['target']} ${atMs}`;
        const hit = hits.get(place) ?? NaN;
        const truth = wilson95(hit, hit + (misses.get(place) ?? NaN))[bound];
        compared += 1;
        if (!(Math.abs(truth - value) < 0.001)) wrong.push(`${place}: ${truth}, shown ${value}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(300);
  });

  async function callsAt(result: string, stretch: RangeMs): Promise<ReadonlyMap<string, number>> {
    const expr = `ringside_rate_calls{window="30m",result="${result}"}`;
    const series = await seriesOf(expr, stretch);
    return new Map(
      series.flatMap(({ metric, points }) =>
        points.map(({ atMs, value }) => [`${metric['hotline']} ${metric['target']} ${atMs}`, value] as const),
      ),
    );
  }
});

describe('without calls, for longer than a window', () => {
  it.each(onPanels)('$where shows just that', async ({ expr }) => {
    expect(formsWithoutCalls(expr)).toContain(await shownOf(expr, evening.stretches.quiet));
  });

  it.each(rules.filter(({ isAlert }) => isAlert))('$where is silent', async ({ where, expr }) => {
    // What is spent of a day's budget stays spent until midnight.
    const silent = where.includes('DayBudgetSpent') ? 'figures' : 'nothing';
    expect([silent, 'nothing']).toContain(await shownOf(expr, evening.stretches.quiet));
  });
});
