import { readFileSync } from 'node:fs';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startChromium } from './chromium.ts';
import { type PracticeFloor, startPracticeFloor } from './practice-floor.ts';

const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const VIEWS = ['', 'hotlines', 'breaches', 'calls', 'call-backs', 'wall'];
const SCHEMES = ['light', 'dark'] as const;
const LANGUAGES = ['en-GB', 'zh-CN', 'zh-TW', 'es-ES'];

/** What axe-core leaves in the page. */
declare const axe: { run(context: ElementContext, options: RunOptions): Promise<AxeResults> };

let floor: PracticeFloor;
let browser: Browser;
beforeAll(async () => {
  [floor, browser] = await Promise.all([startPracticeFloor(5), startChromium(inject('chromium'))]);
});
afterAll(async () => {
  await browser?.close();
  await floor?.stop();
});

test.each(SCHEMES)('no view has a serious finding in %s colours', async (colorScheme) => {
  const page = await open({ colorScheme });
  const found: string[] = [];
  for (const view of VIEWS) {
    await page.goto(`${floor.url}#/${view}`);
    await page.getByText('Live', { exact: true }).first().waitFor();
    found.push(...(await seriousIn(page, `${view} ${colorScheme}`)));
  }
  expect(found).toEqual([]);
});

test('nor has a seat and what can be done with it, the story of a call, nor any language', async () => {
  const found: string[] = [];
  for (const locale of LANGUAGES) {
    const page = await open({ locale });
    await page.goto(floor.url);
    await page.locator('[data-seat]').first().click();
    await page.getByRole('complementary').waitFor();
    found.push(...(await seriousIn(page, `a seat ${locale}`)));
    await page.goto(`${floor.url}#/calls`);
    await page.getByRole('table').getByRole('link').first().click();
    await page.getByRole('main').getByRole('list').first().waitFor();
    found.push(...(await seriousIn(page, `a call ${locale}`)));
  }
  expect(found).toEqual([]);
});

test('nor has the page while the connection is lost', async () => {
  const page = await open({});
  await page.goto(floor.url);
  await page.getByText('Live', { exact: true }).first().waitFor();
  await page.context().setOffline(true);
  await page.getByRole('region', { name: /No sign of life|Connection lost/ }).waitFor();
  expect(await seriousIn(page, 'no connection')).toEqual([]);
});

/** Our policy lets no script in but ours: only the test's browser sets it aside. */
async function open(options: {
  readonly colorScheme?: 'light' | 'dark';
  readonly locale?: string;
}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options, bypassCSP: true });
  return context.newPage();
}

async function seriousIn(page: Page, where: string): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run({ exclude: [] }, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary = '' }) => `${where}: ${id} at ${target.join(' ')}: ${failureSummary}`,
      ),
    );
}
