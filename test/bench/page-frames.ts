import { chromium } from 'playwright-core';
import type { Floor } from '../board/generated-board.ts';
import { busyFloor } from '../board/busy-floor.ts';
import { startFakeFeed } from '../board/fake-feed.ts';
import { generatedBoard } from '../board/generated-board.ts';

/**
 * How smooth the built page stays on a busy floor: 500 seats, 50 of them changing each second in 10 frames, for half a
 * minute in headless Chromium. Run `npm run build` first; then `node test/bench/page-frames.ts [seats] [changes a second]`.
 */
const [seats = 500, changesEachS = 50] = process.argv.slice(2).map(Number);
const FRAMES_EACH_S = 10;
const MEASURED_MS = 30_000;
const CHROMIUM = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
const FLOOR: Floor = {
  seed: 11,
  nowMs: Date.now(),
  seats,
  queues: Array.from({ length: 20 }, (_, at) => `queue ${at + 1}`),
  hotlines: Array.from({ length: 6 }, (_, at) => `Hotline ${at + 1}`),
};

/** Runs in the page: time between frames, and tasks over 50 ms as the browser counts them. */
const WATCH = `
  window.frames_ = []; window.tasks_ = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.tasks_.push(duration);
  }).observe({ type: 'longtask' });
  let before = performance.now();
  const next = (now) => { window.frames_.push(now - before); before = now; requestAnimationFrame(next); };
  requestAnimationFrame(next);
`;

const feed = await startFakeFeed(generatedBoard(FLOOR), () => Date.now());
const browser = await chromium.launch(CHROMIUM);
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
await page.goto(feed.url);
await page.waitForSelector('.seat');
const shown = await page.locator('.seat').count();
await page.evaluate(WATCH);
const nextChanges = busyFloor(FLOOR, Math.round(changesEachS / FRAMES_EACH_S));
const timer = setInterval(() => feed.change(nextChanges(Date.now()), Date.now()), 1000 / FRAMES_EACH_S);
const before = await cpuSeconds();
await page.waitForTimeout(MEASURED_MS);
const cpuS = (await cpuSeconds()) - before;
clearInterval(timer);
const frames = (await page.evaluate<number[]>('window.frames_')).toSorted((a, b) => a - b);
const tasks = await page.evaluate<number[]>('window.tasks_');
await browser.close();
await feed.close();

const at = (share: number): string => (frames[Math.floor(frames.length * share)] ?? 0).toFixed(1);
console.log(
  `${shown} seats, ${changesEachS} changes a second, ${frames.length} frames in ${MEASURED_MS / 1000} s`,
);
console.log(
  `time between frames, ms: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(0.9999)}`,
);
console.log(`tasks over 50 ms: ${tasks.length}, longest ${Math.max(0, ...tasks).toFixed(0)} ms`);
console.log(`script, style and layout: ${((cpuS / MEASURED_MS) * 100_000).toFixed(0)} % of one core`);

/** Time the page's own thread has worked since it began, s. */
async function cpuSeconds(): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}
