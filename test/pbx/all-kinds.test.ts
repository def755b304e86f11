import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { AmiClient } from './ami-client.ts';
import { play } from './driver.ts';
import { type Pair, placeAll, startPair } from './pair.ts';
import { queueLogDifferences } from './queue-log.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { seatDifferences } from './seat-truth.ts';
import { differences, type SettledTruth, settle } from './truth.ts';
import { PBX_NAME } from './watch-config.ts';
import { isQuiet, startWatch, type Watch } from './watch.ts';
import { until } from './until.ts';

/** Every kind of call at once, on one exchange: each has its own number, queues and seats, and none may mix. */
let pair: Pair;
let watch: Watch;
const truths = new Map<string, SettledTruth>();

beforeAll(async () => {
  pair = await startPair(inject('chroot'), placeAll(SCENARIOS));
  watch = await startWatch(pair);
  const leader = await AmiClient.login({
    host: pair.pbxPlace.address,
    port: pair.pbxPlace.amiPort,
    user: 'ringside-acting',
    secret: pair.pbxPlace.secret,
  });
  await Promise.all(pair.placed.map((placed) => play(pair, placed, leader)));
  await until(() => isQuiet(watch));
  leader.close();
  for (const placed of pair.placed) truths.set(placed.scenario.key, settle(placed, pair.timeline));
});

afterAll(async () => {
  await watch.stop();
  await pair.stop();
});

const truthOf = (key: string): SettledTruth => {
  const truth = truths.get(key);
  if (truth === undefined) throw new Error(`${key} was not played`);
  return truth;
};

test.for(SCENARIOS.map(({ key, title }) => [key, title] as const))('%s: %s', ([key]) => {
  expect(differences(truthOf(key), watch.facts)).toEqual([]);
});

test.for(SCENARIOS.filter(({ seats }) => seats !== undefined).map(({ key }) => key))(
  'seats of %s did what their phones did',
  (key) => {
    expect(seatDifferences(truthOf(key), watch.facts)).toEqual([]);
  },
);

test('when all is over, every seat is at rest as it should be', () => {
  const live = [...(watch.app.pipeline.exchange(PBX_NAME)?.seats.live() ?? [])];
  const told = Object.fromEntries(live.map((seat) => [seat.interface, seat.state]));
  const truly = Object.assign({}, ...[...truths.values()].map((truth) => truth.finally)) as object;
  expect(told).toEqual(truly);
});

test("the exchange's own queue_log agrees where it speaks", () => {
  expect(queueLogDifferences(join(pair.folder, 'pbx/log/queue_log'), watch.facts)).toEqual([]);
});

test('the number that no hotline has is told of, once, without the number', () => {
  const unlisted = watch.facts.filter((fact) => fact.type === 'unattributed');
  expect(unlisted).toHaveLength(1);
  expect(JSON.stringify(unlisted)).not.toContain('4008880');
});

test('Prometheus reads as many calls of every outcome, and as many hits and misses, as there truly were', async () => {
  const page = await (await fetch(`${watch.app.url}/metrics`)).text();
  const calls = [...truths.values()].flatMap((truth) => truth.calls).filter((call) => !call.test);
  expect(nonZero(page, 'ringside_calls_total', ['hotline', 'outcome'])).toEqual(
    tally(calls.map(({ hotline, outcome }) => `${hotline} ${outcome}`)),
  );
  expect(nonZero(page, 'ringside_scored_total', ['hotline', 'target', 'result'])).toEqual(
    tally(
      calls.flatMap(({ hotline, scores }) =>
        Object.entries(scores).map(([target, result]) => `${hotline} ${target} ${result}`),
      ),
    ),
  );
});

/** Series of a metric that are not 0: values of the labels -> value. */
function nonZero(page: string, metric: string, labels: readonly string[]): Record<string, number> {
  const series = page.split('\n').filter((line) => line.startsWith(`${metric}{`) && !line.endsWith(' 0'));
  return Object.fromEntries(
    series.map((line) => [
      labels.map((label) => new RegExp(`[{,]${label}="([^"]*)"`).exec(line)?.[1]).join(' '),
      Number(line.slice(line.lastIndexOf(' '))),
    ]),
  );
}
function tally(words: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));
}

test('no caller number is in any fact, line of the log, metric or report', async () => {
  const pages = ['/metrics', '/api/report', '/', '/readyz'].map(async (path) =>
    (await fetch(watch.app.url + path)).text(),
  );
  const said = [JSON.stringify(watch.facts), ...watch.log, ...(await Promise.all(pages))].join('\n');
  const callers = pair.placed.flatMap(({ scenario, names }) => [
    ...scenario.callers.map((_, index) => names.caller(index)),
    ...Object.keys(scenario.mobiles ?? {}).map(names.mobile),
  ]);
  expect(callers.filter((number) => said.includes(number))).toEqual([]);
});
