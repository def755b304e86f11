import { expect, inject, test } from 'vitest';
import { AmiClient } from './ami-client.ts';
import { play } from './driver.ts';
import { type Gap, gapDifferences, isTouched } from './gap.ts';
import { placeAll, startPair } from './pair.ts';
import { Proxy } from './proxy.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { seatDifferences } from './seat-truth.ts';
import { differences, settle } from './truth.ts';
import { isQuiet, isReady, startWatch, type Watch } from './watch.ts';
import { until } from './until.ts';

/** Cuts the daemon off for so long; the gap lasts until its next snapshot is in. */
async function cutFor(proxy: Proxy, watch: Watch, seconds: number): Promise<Gap> {
  const fromMs = Date.now();
  proxy.cut();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  proxy.restore();
  await until(() => isReady(watch));
  return { fromMs, untilMs: Date.now() };
}

test('the AMI session is cut twice in the middle of every kind of call', async () => {
  const pair = await startPair(inject('chroot'), placeAll(SCENARIOS));
  const proxy = await Proxy.open({ host: pair.pbxPlace.address, port: pair.pbxPlace.amiPort });
  const watch = await startWatch(pair, { address: '127.0.0.1', amiPort: proxy.port });
  const leader = await AmiClient.login({
    host: pair.pbxPlace.address,
    port: pair.pbxPlace.amiPort,
    user: 'ringside-acting',
    secret: pair.pbxPlace.secret,
  });
  const played = Promise.all(pair.placed.map((placed) => play(pair, placed, leader)));
  await pair.timeline.reached('queue-answered', 'a.up');
  const gaps = [await cutFor(proxy, watch, 2)];
  await pair.timeline.reached('leave-empty', 'caller1.end');
  gaps.push(await cutFor(proxy, watch, 4));
  await played;
  await until(() => isQuiet(watch));
  const found = pair.placed.flatMap((placed) =>
    isTouched(placed, pair.timeline, gaps)
      ? gapDifferences(placed, pair.timeline, gaps, watch.facts)
      : differences(settle(placed, pair.timeline), watch.facts),
  );
  const seats = pair.placed.flatMap((placed) =>
    seatDifferences(settle(placed, pair.timeline), watch.facts, gaps),
  );
  const blind = watch.facts.filter((fact) => fact.type === 'blind');
  leader.close();
  await watch.stop();
  await proxy.close();
  await pair.stop();
  expect(found).toEqual([]);
  expect(seats).toEqual([]);
  // There was something to lose in each gap.
  for (const { openCalls } of blind) expect(openCalls).toBeGreaterThan(5);
  expect(blind).toHaveLength(gaps.length);
});
