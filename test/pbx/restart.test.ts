import { expect, inject, test } from 'vitest';
import { AmiClient } from './ami-client.ts';
import { play } from './driver.ts';
import { type Gap, gapDifferences } from './gap.ts';
import { type Pair, placeAll, startPair } from './pair.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { differences, settle } from './truth.ts';
import { isQuiet, isReady, startWatch } from './watch.ts';
import { until } from './until.ts';

/** Scenarios whose callers all come at once: none of them calls again, by mistake, when the exchange is back. */
const AT_ONCE = new Set(
  SCENARIOS.filter(
    ({ callers, acts }) => acts === undefined && callers.every(({ after }) => after === undefined),
  ),
);
/** Played anew on the exchange that came back. */
const AFTERWARDS = new Set([
  'queue-overflow',
  'timeout-message',
  'people-group',
  'blind-to-seat',
  'exit-key',
]);

const WAYS_TO_GO = {
  killed: (pair: Pair) => pair.pbx.kill(),
  stopped: async (pair: Pair) => {
    const operator = await AmiClient.login({
      host: pair.pbxPlace.address,
      port: pair.pbxPlace.amiPort,
      user: 'record',
      secret: pair.pbxPlace.secret,
    });
    await operator.send({ Action: 'Command', Command: 'core stop now' }).catch(() => undefined);
    await pair.pbx.gone();
    operator.close();
  },
};

test.for([
  ['killed', WAYS_TO_GO.killed],
  ['stopped', WAYS_TO_GO.stopped],
] as const)('the exchange is %s under many open calls', async ([how, end]) => {
  const pair = await startPair(inject('chroot'), placeAll(SCENARIOS));
  const watch = await startWatch(pair);
  const before = pair.placed.filter(({ scenario }) => AT_ONCE.has(scenario) && !AFTERWARDS.has(scenario.key));
  const after = pair.placed.filter(({ scenario }) => AFTERWARDS.has(scenario.key));
  for (const placed of before) void play(pair, placed, undefined);
  await pair.timeline.reached('blocked-busy', 'caller0.end');
  await pair.timeline.reached('self-served', 'caller0.end');
  await pair.timeline.reached('queue-answered', 'a.up');
  // A moment in which nobody is just being answered: what happens at the cut itself proves nothing.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const fromMs = Date.now();
  await end(pair);
  // Their phones hear nothing any more; the callers put the receiver down.
  await pair.driver.send({ Action: 'Hangup', Channel: '/^PJSIP\\/pbx-.*$/' });
  await pair.pbx.start();
  await until(() => isReady(watch));
  const gap: Gap = { fromMs, untilMs: Date.now(), exchange: how };
  await Promise.all(after.map((placed) => play(pair, placed, undefined)));
  await until(() => isQuiet(watch));
  const found = [
    ...before.flatMap((placed) => gapDifferences(placed, pair.timeline, [gap], watch.facts)),
    ...after.flatMap((placed) => differences(settle(placed, pair.timeline), watch.facts)),
  ];
  const blind = watch.facts.filter((fact) => fact.type === 'blind');
  await watch.stop();
  await pair.stop();
  expect(found).toEqual([]);
  for (const { openCalls } of blind) expect(openCalls).toBeGreaterThan(how === 'killed' ? 10 : -1);
  expect(blind.map(({ rebooted }) => rebooted)).toEqual([true]);
});
