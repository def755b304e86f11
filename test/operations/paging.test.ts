import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { until } from '../pbx/until.ts';
import { answeredCalls, MISSED_AFTER_MS, missedCalls } from './hand-placed-calls.ts';
import { EVERY_S, PagedCompany } from './paged-company.ts';
import { PracticePast, siteInTheMorning } from './practice-past.ts';
import { promisedOf } from './promise.ts';
import type { Told } from './webhook.ts';

const ANSWER_RATE = promisedOf('AnswerRateFalling');
const AMI_DOWN = promisedOf('AmiDown');
const RINGSIDE_DOWN = promisedOf('RingsideDown');
/** A scrape, a look at the rules, and a machine that is busy. */
const WITHIN_S = EVERY_S + EVERY_S + 10;
/** What has not come by then does not come. */
const LONGEST_MS = 240_000;

/** Far more than chance explains of the calls there were in half an hour. */
const MISSED = 12;
/** So many that the rate of five minutes is back on its target. */
const ANSWERED = 80;
const ON = 'hotline="service",target="transfer"';
/** Said where what is waited for never comes. */
const WATCHED = `ringside_rate_calls{${ON}} or {__name__=~"ringside_ami_up|ringside:missed:calls"}`;

const folder = mkdtempSync(join(tmpdir(), 'ringside-paging-'));
const site = siteInTheMorning(Date.now());
const companies: PagedCompany[] = [];
let past: PracticePast;
beforeAll(async () => {
  const lived = join(folder, 'past');
  mkdirSync(lived);
  past = await PracticePast.live(inject('tools'), site, lived);
});
afterAll(async () => {
  await Promise.all(companies.map((company) => company.close()));
  rmSync(folder, { recursive: true });
});

async function open(name: string, history?: PracticePast): Promise<PagedCompany> {
  const own = join(folder, name);
  mkdirSync(own);
  const company = await PagedCompany.open(inject('tools'), site, own, history);
  companies.push(company);
  return company;
}

/** Callers who all give up at one instant; resolves with that instant when the daemon has counted them. */
async function giveUp(company: PagedCompany): Promise<number> {
  const atMs = Date.now();
  company.place(missedCalls(atMs, MISSED));
  await company.prometheus.until(
    `ringside_rate_calls{${ON},window="30m",result="miss"} == ${MISSED}`,
    WATCHED,
  );
  return atMs + MISSED_AFTER_MS;
}

const pagesOf = ({ told }: PagedCompany, name: string): readonly Told[] =>
  told.filter((one) => one.receiver === 'page' && one.name === name);
const answerRates = ({ told }: PagedCompany): readonly Told[] =>
  told.filter(({ name }) => name === 'AnswerRateFalling');

/** The message about it, by its place among them, and how many seconds after `sinceMs` it came. */
async function page(
  company: PagedCompany,
  name: string,
  of: { readonly place: number; readonly sinceMs: number },
): Promise<{ readonly told: Told; readonly afterS: number }> {
  const untilMs = Date.now() + LONGEST_MS;
  await until(() => pagesOf(company, name).length > of.place || Date.now() > untilMs);
  const told = pagesOf(company, name)[of.place];
  if (told === undefined) {
    const heard = company.told.map((one) => `${one.receiver} ${one.name} ${one.status}`);
    const standing = (await company.prometheus.alerts()).map(
      ({ state, labels }) => `${state} ${labels['alertname'] ?? ''}`,
    );
    throw new Error(`no message of ${name}; told: ${heard.join(', ')}; standing: ${standing.join(', ')}`);
  }
  return { told, afterS: (told.atMs - of.sinceMs) / 1000 };
}

function expectPromised(afterS: number, promisedS: number): void {
  expect(afterS).toBeGreaterThanOrEqual(promisedS);
  expect(afterS).toBeLessThanOrEqual(promisedS + WITHIN_S);
}

describe.concurrent('whoever is on duty', { timeout: 480_000 }, () => {
  it('is not paged of answer rates by a cold start, and is when the daemon dies', async ({ expect }) => {
    const company = await open('cold');
    await giveUp(company);
    const missed = `ringside_rate_calls{${ON},window="30m",result="miss"} == ${MISSED}`;
    // A page would have come by now.
    const looksS = ANSWER_RATE.firingAfterS + WITHIN_S;
    await company.prometheus.until(
      `count_over_time((${missed})[10m:${EVERY_S}s]) > ${looksS / EVERY_S}`,
      WATCHED,
    );
    expect(answerRates(company)).toEqual([]);
    expect(company.told.filter(({ receiver }) => receiver === 'page')).toEqual([]);

    const sinceMs = Date.now();
    await company.kill();
    const { told, afterS } = await page(company, 'RingsideDown', { place: 0, sinceMs });
    expect(told).toMatchObject({ status: 'firing', labels: { job: 'ringside', severity: 'page' } });
    expectPromised(afterS, RINGSIDE_DOWN.firingAfterS);
    expect(company.told.filter(({ receiver }) => receiver === 'page')).toHaveLength(1);
  });

  it('is paged once when traffic goes bad, and told when it is good again', async ({ expect }) => {
    const company = await open('bad', past);
    const missedAtMs = await giveUp(company);
    // The counters went on: what is recorded of them reaches back over the restart.
    await company.prometheus.until(`ringside:missed:calls{${ON},window="30m"} == ${MISSED}`, WATCHED);
    const falling = await page(company, 'AnswerRateFalling', { place: 0, sinceMs: missedAtMs });
    expect(falling.told).toMatchObject({
      status: 'firing',
      labels: { job: 'ringside', pbx: 'practice', hotline: 'service', target: 'transfer', severity: 'page' },
    });
    expect(falling.told.annotations['description']).toMatch(/^Missed 12 of 2\d in 30 minutes/);
    expectPromised(falling.afterS, ANSWER_RATE.firingAfterS);

    const calls = answeredCalls(Date.now(), ANSWERED);
    company.place(calls);
    await company.prometheus.until(
      `ringside_rate_ratio{${ON},window="5m"} >= ignoring (window) ringside_target_ratio{${ON}}`,
      WATCHED,
    );
    const goodByMs = Date.now();
    const over = await page(company, 'AnswerRateFalling', { place: 1, sinceMs: goodByMs });
    expect(over.told.status).toBe('resolved');
    expect(over.afterS).toBeLessThanOrEqual(ANSWER_RATE.resolvedAfterS + WITHIN_S);
    const sinceFirstS = (over.told.atMs - (calls[0]?.atMs ?? 0)) / 1000;
    expect(sinceFirstS).toBeGreaterThanOrEqual(ANSWER_RATE.resolvedAfterS);
    expect(pagesOf(company, 'AnswerRateFalling')).toHaveLength(2);
    expect(company.told.filter(({ receiver }) => receiver === 'page')).toHaveLength(2);
  });

  it('is told that the exchange is not seen, and nothing of answer rates', async ({ expect }) => {
    const company = await open('cut', past);
    await giveUp(company);
    await company.prometheus.until(
      `ringside_rate_significant{${ON},window="30m",significance="0.01"} == 1`,
      WATCHED,
    );
    const sinceMs = Date.now();
    await company.cut();
    const down = await page(company, 'AmiDown', { place: 0, sinceMs });
    expect(down.told).toMatchObject({ status: 'firing', labels: { pbx: 'practice', severity: 'page' } });
    expectPromised(down.afterS, AMI_DOWN.firingAfterS);
    expect(answerRates(company)).toEqual([]);

    await company.comeBack();
    const back = await page(company, 'AmiDown', { place: 1, sinceMs: Date.now() });
    expect(back.told.status).toBe('resolved');
    expect(answerRates(company)).toEqual([]);
    expect(company.told.filter(({ receiver }) => receiver === 'page')).toHaveLength(2);
  });
});
