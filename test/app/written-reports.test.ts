import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { someFolder } from '../store/journals.ts';
import { someHotline, someHours, someWatch } from '../support/definitions.ts';
import { RunningApp } from './running-app.ts';

const HOUR_MS = 3_600_000;

it(
  'the daemon writes the report of a shift at its end, and says where it cannot',
  { timeout: 60_000 },
  async () => {
    const folder = join(someFolder(), 'reports');
    mkdirSync(folder);
    const now = Date.now();
    // A shift that ends within the hour, whenever this is run.
    const minute = Math.floor((now % (24 * HOUR_MS)) / 60_000);
    const shifts = [
      { name: 'one', fromMin: (minute + 2) % 1440 },
      { name: 'two', fromMin: (minute + 720) % 1440 },
    ];
    const definition = someWatch({ hotlines: [someHotline({ hours: someHours({ shifts }) })] });
    const running = await RunningApp.start(
      { port: 1 },
      {
        definition,
        journal: {
          file: join(folder, '..', 'journal.db'),
          keyFile: undefined,
          keys: [],
          retention: { numbersDays: 90, callsMonths: 25 },
        },
        reports: { language: 'en', folder, languages: ['zh-Hant'], formats: ['html', 'json'] },
      },
    );
    onTestFinished(() => running.app.stop());
    const written = (): string[] => readdirSync(folder).filter((name) => name.startsWith('shift-'));
    await running.until(() => existsSync(join(folder, '.ringside-written.json')));
    expect(written()).toEqual([]);
    running.clock.advance(3 * 60_000);
    await running.until(() => written().length === 2);
    const name = written().find((one) => one.endsWith('.zh-Hant.html')) ?? '';
    expect(name).toMatch(/^shift-\d{4}-\d\d-\d\d-two\./);
    // Nobody watched: said at the top, as in every report.
    expect(readFileSync(join(folder, name), 'utf8')).toContain('<html lang="zh-Hant">');
    await running.until(async () => (await running.metric('ringside_reports_written_total')) === 1);
    expect(await running.metric('ringside_reports_up')).toBe(1);
    rmSync(folder, { recursive: true });
    running.clock.advance(12 * HOUR_MS);
    await running.until(async () => (await running.metric('ringside_reports_up')) === 0);
    expect(running.log.lines.map(({ line }) => line)).toContain(
      'reports cannot be written; it is tried again',
    );
  },
);
