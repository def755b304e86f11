import { chromium } from 'playwright-core';
import type { Floor } from '../board/generated-board.ts';
import { busyFloor } from '../board/busy-floor.ts';
import { startFakeFeed } from '../board/fake-feed.ts';
import { generatedBoard } from '../board/generated-board.ts';

/**
 * How smooth the built page stays on a busy floor: 500 seats, 50 of them changing each second in 10 frames, in headless
 * Chromium, beside the same page while nothing changes but the running times: a loaded machine is to be told from the page.
 * Run `npm run build` first; then `node test/bench/page-frames.ts [seats] [changes a second]`.
 */
const [seats = 500, changesEachS = 50] = process.argv.slice(2).map(Number);
const FRAMES_EACH_S = 10;
const MEASURED_MS = 20_000;
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
const session = await page.context().newCDPSession(page);
// Time its thread has worked, not time that passed: others run on this machine too.
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
await page.goto(feed.url);
await page.waitForSelector('.seat');
const shown = await page.locator('.seat').count();
await page.evaluate(WATCH);
const beats = setInterval(() => feed.beat(Date.now()), 2000);
await measure(`${shown} seats, nothing changes`);
const nextChanges = busyFloor(FLOOR, Math.round(changesEachS / FRAMES_EACH_S));
const timer = setInterval(() => feed.change(nextChanges(Date.now()), Date.now()), 1000 / FRAMES_EACH_S);
await measure(`${shown} seats, ${changesEachS} changes a second`);
clearInterval(timer);
clearInterval(beats);
await browser.close();
await feed.close();

async function measure(what: string): Promise<void> {
  const before = await worked();
  await page.evaluate('window.frames_.length = 0; window.tasks_.length = 0;');
  await page.waitForTimeout(MEASURED_MS);
  const after = await worked();
  const frames = (await page.evaluate<number[]>('window.frames_')).toSorted((a, b) => a - b);
  const tasks = await page.evaluate<number[]>('window.tasks_');
  const at = (share: number): string => (frames[Math.floor(frames.length * share)] ?? 0).toFixed(1);
  const share = (name: string): string =>
    (((after.get(name) ?? 0) - (before.get(name) ?? 0)) * (100_000 / MEASURED_MS)).toFixed(1);
  console.log(`${what}: ${frames.length} frames in ${MEASURED_MS / 1000} s`);
  console.log(`  between frames, ms: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(0.9999)}`);
  console.log(`  tasks over 50 ms: ${tasks.length}, longest ${Math.max(0, ...tasks).toFixed(0)} ms`);
  console.log(
    `  of one core, %: ${share('TaskDuration')} (script ${share('ScriptDuration')}, style ${share('RecalcStyleDuration')}, layout ${share('LayoutDuration')})`,
  );
}

async function worked(): Promise<ReadonlyMap<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}
