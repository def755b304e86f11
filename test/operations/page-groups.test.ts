import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { until } from '../pbx/until.ts';
import { startAlertmanager } from './alertmanager.ts';
import type { ServerProcess } from './server-process.ts';
import { Webhook } from './webhook.ts';

const EXAMPLE = join(import.meta.dirname, '../../dashboards/alertmanager/alertmanager.yml');
/** Far less than the example's time between two messages of a group. */
const LONGEST_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'ringside-groups-'));
let webhook: Webhook;
let alertmanager: ServerProcess;
beforeAll(async () => {
  webhook = await Webhook.start();
  // Nothing but the addresses differs: what is tried are the times as they are.
  const config = parse(readFileSync(EXAMPLE, 'utf8')) as {
    receivers: { webhook_configs: { url: string }[] }[];
  };
  for (const receiver of config.receivers) for (const to of receiver.webhook_configs) to.url = webhook.url;
  alertmanager = await startAlertmanager(inject('tools'), { config: stringify(config), folder });
});
afterAll(async () => {
  await alertmanager.stop();
  webhook.stop();
  rmSync(folder, { recursive: true });
});

type Labels = Readonly<Record<string, string>>;

async function fire(labels: Labels): Promise<void> {
  const answer = await fetch(`${alertmanager.url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([{ labels: { ...labels, severity: 'page' } }]),
  });
  expect(answer.status).toBe(200);
}

/** Whether somebody is told of it, long before the next message of a group would be due. */
async function isTold(name: string, of: Labels): Promise<boolean> {
  const untilMs = Date.now() + LONGEST_MS;
  const was = (): boolean =>
    webhook.told.some(
      (one) => one.name === name && Object.entries(of).every(([label, is]) => one.labels[label] === is),
    );
  await until(() => was() || Date.now() > untilMs);
  return was();
}

describe.concurrent('a page is not held back by another', { timeout: 3 * LONGEST_MS }, () => {
  it.each([
    ['RingsideDown', 'JournalDown', { job: 'full-disk' }],
    ['QueueUnstaffed', 'CallersWaitingTooLong', { job: 'ringside', pbx: 'north', queue: 'gas' }],
  ] as const)('%s, which follows %s', async (second, first, of) => {
    await fire({ alertname: first, ...of });
    expect(await isTold(first, of)).toBe(true);
    await fire({ alertname: second, ...of });
    expect(await isTold(second, of)).toBe(true);
  });
});
