import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { until } from '../pbx/until.ts';
import { answeredCalls, MISSED_AFTER_MS, missedCalls } from './hand-placed-calls.ts';
import { EVERY_S, PagedCompany } from './paged-company.ts';
import { PracticePast, siteInTheMorning } from './practice-past.ts';
import type { Told } from './webhook.ts';

/** What the rules promise, seconds. */
const FOR_S = { AnswerRateFalling: 30, AmiDown: 30, RingsideDown: 60 } as const;
const KEEP_FIRING_S = 180;
/** What the example of an Alertmanager promises of a page. */
const GROUP_WAIT_S = 10;
/** A scrape, a look at the rules, and a machine that is busy. */
const WITHIN_S = EVERY_S + EVERY_S + 10;

/** Far more than chance explains of the calls there were in half an hour. */
const MISSED = 12;
/** So many that the rate of five minutes is back on its target. */
const ANSWERED = 80;
const ON = 'hotline="service",target="transfer"';

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
  await company.prometheus.until(`ringside_rate_calls{${ON},window="30m",result="miss"} == ${MISSED}`);
  return atMs + MISSED_AFTER_MS;
}

const pagesOf = ({ told }: PagedCompany, name: string): readonly Told[] =>
  told.filter((one) => one.receiver === 'page' && one.name === name);
const answerRates = ({ told }: PagedCompany): readonly Told[] =>
  told.filter(({ name }) => name === 'AnswerRateFalling');

/** Waits for the message about it, by its place among them, and says how many seconds after `sinceMs` it came. */
async function page(
  company: PagedCompany,
  name: keyof typeof FOR_S,
  of: { readonly place: number; readonly sinceMs: number },
): Promise<{ readonly told: Told; readonly afterS: number }> {
  await until(() => pagesOf(company, name).length > of.place);
  const told = pagesOf(company, name)[of.place];
  if (told === undefined) throw new Error('it was there just now');
  return { told, afterS: (told.atMs - of.sinceMs) / 1000 };
}

function expectPromised(afterS: number, promisedS: number): void {
  expect(afterS).toBeGreaterThanOrEqual(promisedS);
  expect(afterS).toBeLessThanOrEqual(promisedS + WITHIN_S);
}

describe.concurrent('whoever is on duty', () => {
  it('is not paged of answer rates by a cold start, and is when the daemon dies', async ({ expect }) => {
    const company = await open('cold');
    await giveUp(company);
    const missed = `ringside_rate_calls{${ON},window="30m",result="miss"} == ${MISSED}`;
    // A page would have come by now.
    const looksS = FOR_S.AnswerRateFalling + GROUP_WAIT_S + WITHIN_S;
    await company.prometheus.until(`count_over_time((${missed})[10m:${EVERY_S}s]) > ${looksS / EVERY_S}`);
    expect(answerRates(company)).toEqual([]);
    expect(company.told.filter(({ receiver }) => receiver === 'page')).toEqual([]);

    const sinceMs = Date.now();
    await company.kill();
    const { told, afterS } = await page(company, 'RingsideDown', { place: 0, sinceMs });
    expect(told).toMatchObject({ status: 'firing', labels: { job: 'ringside', severity: 'page' } });
    expectPromised(afterS, FOR_S.RingsideDown + GROUP_WAIT_S);
    expect(company.told.filter(({ receiver }) => receiver === 'page')).toHaveLength(1);
  });

  it('is paged once when traffic goes bad, and told when it is good again', async ({ expect }) => {
    const company = await open('bad', past);
    const missedAtMs = await giveUp(company);
    // The counters went on: what is recorded of them reaches back over the restart.
    await company.prometheus.until(`ringside:missed:calls{${ON},window="30m"} == ${MISSED}`);
    const falling = await page(company, 'AnswerRateFalling', { place: 0, sinceMs: missedAtMs });
    expect(falling.told).toMatchObject({
      status: 'firing',
      labels: { job: 'ringside', pbx: 'practice', hotline: 'service', target: 'transfer', severity: 'page' },
    });
    expect(falling.told.annotations['description']).toMatch(/^Missed 12 of 2\d in 30 minutes/);
    expectPromised(falling.afterS, FOR_S.AnswerRateFalling + GROUP_WAIT_S);

    const calls = answeredCalls(Date.now(), ANSWERED);
    company.place(calls);
    await company.prometheus.until(
      `ringside_rate_ratio{${ON},window="5m"} >= ignoring (window) ringside_target_ratio{${ON}}`,
    );
    const goodByMs = Date.now();
    const over = await page(company, 'AnswerRateFalling', { place: 1, sinceMs: goodByMs });
    expect(over.told.status).toBe('resolved');
    expect(over.afterS).toBeLessThanOrEqual(KEEP_FIRING_S + WITHIN_S);
    expect((over.told.atMs - (calls[0]?.atMs ?? 0)) / 1000).toBeGreaterThanOrEqual(KEEP_FIRING_S);
    expect(pagesOf(company, 'AnswerRateFalling')).toHaveLength(2);
    expect(company.told.filter(({ receiver }) => receiver === 'page')).toHaveLength(2);
  });

  it('is told that the exchange is not seen, and nothing of answer rates', async ({ expect }) => {
    const company = await open('cut', past);
    await giveUp(company);
    await company.prometheus.until(`ringside_rate_significant{${ON},window="30m",significance="0.01"} == 1`);
    const sinceMs = Date.now();
    await company.cut();
    const down = await page(company, 'AmiDown', { place: 0, sinceMs });
    expect(down.told).toMatchObject({ status: 'firing', labels: { pbx: 'practice', severity: 'page' } });
    expectPromised(down.afterS, FOR_S.AmiDown + GROUP_WAIT_S);
    expect(answerRates(company)).toEqual([]);

    await company.comeBack();
    const back = await page(company, 'AmiDown', { place: 1, sinceMs: Date.now() });
    expect(back.told.status).toBe('resolved');
    expect(answerRates(company)).toEqual([]);
    expect(company.told.filter(({ receiver }) => receiver === 'page')).toHaveLength(2);
  });
});
