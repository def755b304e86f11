import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startAlertmanager } from './alertmanager.ts';
import { Prometheus } from './prometheus.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringside-operations-'));
let prometheus: Prometheus;
beforeAll(async () => {
  prometheus = await Prometheus.start(inject('tools'), { config: 'global: {}\n', folder });
});
afterAll(async () => {
  await prometheus?.stop();
  rmSync(folder, { recursive: true });
});

it('answers for an instant and for a while', async () => {
  expect(await prometheus.query('vector(7)', 1_000_000)).toEqual([{ metric: {}, value: 7 }]);
  const range = { fromMs: 1_000_000, untilMs: 1_030_000, stepMs: 15_000 };
  const points = [1000, 1015, 1030].map((value) => ({ atMs: value * 1000, value }));
  expect(await prometheus.queryRange('time()', range)).toEqual([{ metric: {}, points }]);
  expect(await prometheus.alerts()).toEqual([]);
});

it('says why it refuses an expression', async () => {
  await expect(prometheus.query('rate(')).rejects.toThrow('parse error');
});

it('has an Alertmanager beside it, and says why that refuses its configuration', async () => {
  const config = 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n';
  const alertmanager = await startAlertmanager(inject('tools'), { config, folder });
  expect((await fetch(`${alertmanager.url}/api/v2/alerts`)).status).toBe(200);
  await alertmanager.stop();
  await expect(startAlertmanager(inject('tools'), { config: 'route: {}\n', folder })).rejects.toThrow(
    'receiver',
  );
});
