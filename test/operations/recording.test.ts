import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Result } from '../../src/calls/facts.ts';
import { isRolling, ROLLING_MS } from '../../src/rates/series.ts';
import { WINDOWS, type Window } from '../../src/rates/report.ts';
import type { Book } from '../simulation/book.ts';
import { liveEvening, SCRAPE_EVERY_MS, TOLD_CALLS, TOLD_RATIO } from './practice-evening.ts';
import { differencesUnderRules, type Expectation } from './rule-run.ts';
import { ScrapedSeries } from './scraped-series.ts';
import { trueCalls } from './true-calls.ts';

const RULES = join(import.meta.dirname, '../../dashboards/prometheus/recording.rules.yml');
/** Each with hits, misses, set aside and unknown. */
const TARGETS = [
  ['service', 'auto'],
  ['service', 'transfer'],
  ['service', 'after-hours'],
  ['emergency', 'direct'],
  ['east-branch', 'direct'],
  ['east-branch', 'after-hours'],
] as const;
const RESULTS: readonly Result[] = ['hit', 'miss', 'set_aside', 'unknown'];
const PRACTICE = 'pbx="practice"';
const LABELS = { job: 'ringside', instance: 'ringside:9811' };

const folder = mkdtempSync(join(tmpdir(), 'ringside-recording-'));
const scraped = new ScrapedSeries([
  'ringside_scored_total',
  'ringside_period_scored_total',
  'ringside_target_ratio',
  'ringside_rate_calls',
  'ringside_rate_ratio',
  TOLD_CALLS,
  TOLD_RATIO,
]);
let book: Book;
beforeAll(async () => {
  book = await liveEvening((scrape) => scraped.add(scrape));
});
afterAll(() => rmSync(folder, { recursive: true }));

const places = (): readonly number[] => scraped.atMs.map((_, place) => place);
/** The daemon's own gauge, or where the page has none, its Report. */
const isOnPage = (target: string, result: Result = 'hit'): boolean =>
  target !== 'after-hours' && (result === 'hit' || result === 'miss');
const callsOf = (target: string, result: Result): string =>
  isOnPage(target, result) ? 'ringside_rate_calls' : TOLD_CALLS;
const rateOf = (target: string): string => (isOnPage(target) ? 'ringside_rate_ratio' : TOLD_RATIO);
const labelsOf = (hotline: string, target: string, window: string): string =>
  `${PRACTICE},hotline="${hotline}",target="${target}",window="${window}"`;
const toldOf = (hotline: string, target: string, window: string, result: Result): string =>
  `${callsOf(target, result)}{${labelsOf(hotline, target, window)},result="${result}"}`;
const ratioOf = (hotline: string, target: string, window: string): string =>
  `${rateOf(target)}{${labelsOf(hotline, target, window)}}`;

describe('the truth', () => {
  it('is what the daemon tells, wherever the exchange was heard all the while', () => {
    const differences: string[] = [];
    let compared = 0;
    for (const place of places()) {
      for (const { window, hotline, target, result, count } of trueCalls(book, scraped.atMs[place] ?? 0)) {
        compared += 1;
        const told = scraped.at(toldOf(hotline, target, window, result), place);
        if (told !== count)
          differences.push(`${place} ${window} ${hotline} ${target} ${result}: ${count}, told ${told}`);
      }
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(100_000);
  });

  it('has good hours and bad ones, hours without calls, and calls of which nothing is known', () => {
    const transfer = places().map((place) => scraped.at(ratioOf('service', 'transfer', '1h'), place));
    expect(transfer.filter((ratio) => ratio !== undefined && ratio > 0.9).length).toBeGreaterThan(100);
    expect(transfer.filter((ratio) => ratio !== undefined && ratio < 0.6).length).toBeGreaterThan(50);
    expect(transfer.filter((ratio) => ratio === undefined).length).toBeGreaterThan(100);
    const unknown = places().map((place) =>
      scraped.at(toldOf('service', 'transfer', '30m', 'unknown'), place),
    );
    expect(Math.max(...unknown.map(Number))).toBeGreaterThan(0);
  });
});

/** From here on a rolling window is known: its first instant was scraped. */
const isWhole = (window: Window, place: number): boolean =>
  !isRolling(window) || place * SCRAPE_EVERY_MS >= ROLLING_MS[window];

/** What must hold at every scrape of one target: the figure is the gauge, there is one wherever there can be, and no other. */
function expectationsOf(hotline: string, target: string): readonly Expectation[] {
  // Steps of a subquery lie on whole multiples of its step, as the scrapes do.
  const every = `[${scraped.atMs.length * SCRAPE_EVERY_MS}ms:${SCRAPE_EVERY_MS}ms]`;
  const times = (expr: string, count: number): Expectation => ({
    expr: `sum(count_over_time((${expr})${every}))`,
    samples: count === 0 ? [] : [{ labels: '{}', value: count }],
  });
  const sameAs = (figure: string, gauge: string, count: number): readonly Expectation[] => [
    times(figure, count),
    times(`${figure} == ignoring (instance) ${gauge}`, count),
  ];
  return WINDOWS.flatMap((window) => {
    const whole = places().filter((place) => isWhole(window, place));
    const rated = whole.filter((place) => scraped.at(ratioOf(hotline, target, window), place) !== undefined);
    const inWindow = `{window="${window}"}`;
    return [
      ...RESULTS.flatMap((result) => {
        const ofResult = `{window="${window}",result="${result}"}`;
        return sameAs(
          `ringside:scored:calls${ofResult}`,
          `${callsOf(target, result)}${ofResult}`,
          whole.length,
        );
      }),
      ...sameAs(`ringside:rate:ratio${inWindow}`, `${rateOf(target)}${inWindow}`, rated.length),
    ];
  });
}

describe('the recorded figures', () => {
  it.each(TARGETS)(
    'of %s, %s, are what the daemon tells, exactly and at every scrape',
    async (hotline, target) => {
      const run = {
        folder,
        ruleFiles: [RULES],
        series: scraped.of(`hotline="${hotline}",target="${target}"`),
        scrapes: scraped.atMs.length,
        everyMs: SCRAPE_EVERY_MS,
        labels: LABELS,
      };
      expect(await differencesUnderRules(inject('tools'), run, expectationsOf(hotline, target))).toBe('');
    },
  );
});
