import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { CompiledConfig } from '../../src/config/compile.ts';
import { someFolder } from '../store/journals.ts';
import { AmiServer } from '../support/ami-server.ts';
import { someHotline, someWatch } from '../support/definitions.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { RunningApp } from './running-app.ts';

const WATER = someHotline({ name: 'water', numbers: ['200'] });
const BOTH = someWatch({ hash: 'both', hotlines: [someHotline(), WATER] });
const WITHOUT = someWatch({ hash: 'without', hotlines: [someHotline()] });

/** Since when the windows of a hotline are short of calls, and their verdicts, each once. */
function shortOf({ app }: RunningApp, name: string) {
  const hotline = app.report().hotlines.find((row) => row.hotline === name);
  const rates = hotline?.targets.flatMap((target) => target.rates) ?? [];
  return {
    sinceMs: [...new Set(rates.map(({ sinceMs }) => sinceMs))],
    verdicts: [...new Set(rates.map(({ verdict }) => verdict))],
  };
}

it('a hotline that a reload brought back has no verdict on older windows, after a restart either', async () => {
  const exchange = await new AmiServer({ queues: [] }).listen();
  onTestFinished(() => exchange.close());
  const journal: CompiledConfig['journal'] = {
    file: join(someFolder(), 'journal.db'),
    keyFile: undefined,
    keys: [],
    retention: { numbersDays: 90, callsMonths: 25 },
  };
  const clock = new VirtualClock(Date.now());
  const start = async () => {
    const to = { host: '127.0.0.1', port: exchange.port };
    const running = await RunningApp.start(to, { definition: BOTH, journal }, clock);
    onTestFinished(() => running.app.stop());
    await running.until(async () => (await running.ready()).status === 200);
    return running;
  };
  const first = await start();
  const awayMs = clock.nowMs();
  await first.reload({ definition: WITHOUT });
  await first.until(() => clock.nowMs() > awayMs + 5000);
  const backMs = clock.nowMs();
  await first.reload({ definition: BOTH });
  await first.until(() => clock.nowMs() > backMs + 5000);
  const short = { sinceMs: [backMs], verdicts: ['since'] };
  expect(shortOf(first, 'water')).toEqual(short);
  expect(Math.max(...shortOf(first, 'gas').sinceMs.map(Number))).toBeLessThan(backMs);
  await first.app.stop();

  const next = await start();
  expect(shortOf(next, 'water')).toEqual(short);
  expect(Math.max(...shortOf(next, 'gas').sinceMs.map(Number))).toBeLessThan(backMs);
});
