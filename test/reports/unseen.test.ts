import { expect, it } from 'vitest';
import { renderReport } from '../../src/reports/report-text.ts';
import { LANGUAGES } from '../../src/lib/languages.ts';
import { MADE_AT_MS, shanghai } from './month-facts.ts';
import { someDocument } from './some-report.ts';
import { monthSources } from './some-month.ts';

const monthSeenUntil = (seenUntil: ReadonlyMap<string, number>, sinceMs: number | undefined = 0) =>
  someDocument('month', '2026-10', {
    sources: monthSources({ seenUntil: async () => seenUntil, knownSinceMs: async () => sinceMs }),
  });

it('a month at whose end nobody watched says so, and judges no rate', async () => {
  const atMs = shanghai('2026-10-28', '15:00');
  const document = await monthSeenUntil(new Map([['north', atMs]]));
  expect(document.sight.exchanges[0]?.unseenSinceMs).toBe(atMs);
  const verdicts = document.hotlines.flatMap(({ targets }) => targets.map(({ verdict }) => verdict));
  expect(new Set(verdicts)).toEqual(new Set(['blind']));
  const page = renderReport(document, 'html', 'en');
  expect(page).toContain('north has not been watched since');
  for (const language of LANGUAGES)
    expect(renderReport(document, 'csv', language)).toContain(`,unseenSinceMs,${atMs},`);
});

it('a month that was over when the watch ended was seen', async () => {
  const document = await monthSeenUntil(new Map([['north', shanghai('2026-11-02', '00:00')]]));
  expect(document.sight.exchanges[0]?.unseenSinceMs).toBeNull();
});

it('an exchange that was never seen was not watched from where the journal begins', async () => {
  const beginMs = shanghai('2026-10-05', '09:00');
  const document = await monthSeenUntil(new Map(), beginMs);
  expect(document.sight.exchanges[0]?.unseenSinceMs).toBe(beginMs);
  expect((await monthSeenUntil(new Map(), MADE_AT_MS)).sight.exchanges[0]?.unseenSinceMs).toBeNull();
});

it('of a month that runs, a minute is not noticed', async () => {
  const running = (agoMs: number) =>
    someDocument('month', '2026-11', {
      sources: monthSources({ seenUntil: async () => new Map([['north', MADE_AT_MS - agoMs]]) }),
    });
  expect((await running(60_000)).sight.exchanges[0]?.unseenSinceMs).toBeNull();
  expect((await running(60_001)).sight.exchanges[0]?.unseenSinceMs).toBe(MADE_AT_MS - 60_001);
});
