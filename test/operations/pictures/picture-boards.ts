/**
 * Pictures of Grafana's boards as this machine can have them: what Prometheus answers to every query of every panel over
 * an evening of the practice company, laid out and drawn after Grafana, not by it. `npm run dashboards:pictures [folder]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideChromium, startChromium } from '../../browser/chromium.ts';
import { BOARD_NAMES } from '../../dashboards/grafana-boards.ts';
import { provideTools } from '../provide-tools.ts';
import { ShownEvening } from '../shown-evening.ts';
import { pageOf } from './panel-html.ts';
import { shownBoard } from './shown-board.ts';

const [folder = join(import.meta.dirname, '../../../dashboards')] = process.argv.slice(2);
const STEP_MS = 60_000;

const working = mkdtempSync(join(tmpdir(), 'ringside-pictures-'));
const { prometheus, stretches } = await ShownEvening.start(await provideTools(), working);
const browser = await startChromium(await provideChromium());
const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
const shots = [
  ...BOARD_NAMES.map((name) => ({ name, file: `grafana-${name}.png`, stretch: stretches.busy })),
  { name: 'hotlines', file: 'grafana-hotlines-no-calls.png', stretch: stretches.quiet },
];
for (const { name, file, stretch } of shots) {
  await page.setContent(pageOf(await shownBoard(prometheus, name, { ...stretch, stepMs: STEP_MS })));
  await page.screenshot({ path: join(folder, file), fullPage: true });
}
await browser.close();
await prometheus.stop();
rmSync(working, { recursive: true });
