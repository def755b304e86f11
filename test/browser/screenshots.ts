import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { provideChromium, startChromium } from './chromium.ts';
import { startPracticeFloor } from './practice-floor.ts';

/**
 * Every view of the board in every language and three widths, of the practice exchange, to be looked at by people:
 * `node test/browser/screenshots.ts [folder]`, by default `.cache/screenshots`. A Chinese font must be installed.
 */
const [folder = join(import.meta.dirname, '../../.cache/screenshots')] = process.argv.slice(2);
const LOCALES = ['en-GB', 'zh-CN', 'zh-TW', 'es-ES'];
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
  { width: 360, height: 800 },
];
const VIEWS = ['', 'hotlines', 'breaches', 'calls', 'call-backs', 'wall'];
const SEED = 5;

mkdirSync(folder, { recursive: true });
const floor = await startPracticeFloor(SEED);
const browser = await startChromium(await provideChromium());
for (const locale of LOCALES) {
  for (const viewport of SIZES) await takeAll(browser, locale, viewport);
}
await browser.close();
await floor.stop();

async function takeAll(from: Browser, locale: string, viewport: (typeof SIZES)[number]): Promise<void> {
  const context = await from.newContext({
    locale,
    viewport,
    colorScheme: viewport.width === 1366 ? 'dark' : 'light',
  });
  const page = await context.newPage();
  const shoot = (what: string): Promise<Buffer> =>
    page.screenshot({ path: join(folder, `${what}-${locale}-${viewport.width}.png`), fullPage: true });
  for (const view of VIEWS) {
    await page.goto(`${floor.url}#/${view}`);
    await page.getByRole('main').locator('h2, h3, dl, table').first().waitFor();
    await shoot(view === '' ? 'floor' : view);
    await tellOverflow(page, `${view} ${locale} ${viewport.width}`);
  }
  await page.goto(`${floor.url}#/`);
  await page.locator('[data-seat]').nth(2).click();
  await page.getByRole('complementary').waitFor();
  await shoot('seat');
  await page.goto(`${floor.url}#/calls`);
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('main').getByRole('list').first().waitFor();
  await shoot('story');
  await tellOverflow(page, `story ${locale} ${viewport.width}`);
  await context.close();
}

/** A page that is wider than its window has to be pushed about. */
async function tellOverflow(page: Page, what: string): Promise<void> {
  const { wide, window } = await page
    .locator('html')
    .evaluate(({ scrollWidth, clientWidth }) => ({ wide: scrollWidth, window: clientWidth }));
  if (wide > window) console.log(`${what}: ${wide} px wide in ${window} px`);
}
