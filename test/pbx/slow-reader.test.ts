import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { LinkStatus } from '../../src/ami/connection.ts';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import { type App, startApp } from '../../src/app.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { type AmiBlock, AmiClient } from './ami-client.ts';
import { type Pair, placeAll, startPair } from './pair.ts';
import { Proxy } from './proxy.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { until } from './until.ts';
import { compiledConfig, PBX_NAME } from './watch-config.ts';

/** A login that no filter spares anything, and whose `writetimeout` is Asterisk's own 100 ms. */
const USER = 'everything';
const LINES = 16;
const ROUNDS = 3_000;

/** Each round is a NoOp with its number, and what Asterisk says of the other three steps. */
const LOAD = `
[load]
exten => _XX,1,Answer()
 same => n,Set(N=0)
 same => n(again),Set(N=$[\${N} + 1])
 same => n,NoOp(\${EXTEN} \${N})
 same => n,GotoIf($[\${N} < ${ROUNDS}]?again)
 same => n,Hangup()
exten => end,1,NoOp(end)
`;
const ALL_NUMBERS = LINES * ROUNDS;
const EVERYBODY = 3;

let pair: Pair;
/** Places the calls and asks the exchange; hears no event. */
let desk: AmiClient;

beforeAll(async () => {
  pair = await startPair(inject('chroot'), placeAll(SCENARIOS.slice(0, 1)));
  const { secret } = pair.pbxPlace;
  const etc = join(pair.folder, 'pbx/etc');
  appendFileSync(
    join(etc, 'manager.conf'),
    `\n[${USER}]\nsecret = ${secret}\nread = all\nwrite = reporting\n`,
  );
  appendFileSync(join(etc, 'extensions.conf'), LOAD);
  desk = await login('record');
  await desk.send({ Action: 'Events', EventMask: 'off' });
  for (const command of ['manager reload', 'dialplan reload', 'core set verbose 0'])
    await desk.send({ Action: 'Command', Command: command });
});
afterAll(async () => {
  desk.close();
  await pair.stop();
});

test('reads thousands of events a second and is not cut off', async ({ annotate }) => {
  const watch = await Reader.start(pair.pbxPlace);
  const startedMs = performance.now();
  await makeNoise();
  await until(() => watch.numbers.size >= ALL_NUMBERS || watch.link?.state !== 'ready');
  const tookS = (performance.now() - startedMs) / 1_000;
  const blindS = await watch.metric('ringside_blind_seconds_total');
  await watch.app.stop();
  expect(watch.link).toMatchObject({ connections: 1, failure: undefined });
  // Each number once: nothing was lost, and nothing came twice.
  expect(watch.numbers.size).toBe(ALL_NUMBERS);
  expect(watch.heard).toBe(ALL_NUMBERS);
  expect(watch.facts.filter(({ type }) => type === 'blind')).toEqual([]);
  expect(blindS).toBe(0);
  await annotate(`${Math.round(watch.events / tookS)} known events a second, ${Math.round(tookS)} s`);
});

test('a reader that stalls is cut off, knows for how long it was blind, and comes back by itself', async () => {
  const proxy = await Proxy.open({ host: pair.pbxPlace.address, port: pair.pbxPlace.amiPort });
  const watch = await Reader.start({ address: '127.0.0.1', amiPort: proxy.port });
  // Somebody who is patient hears what was truly said, and when.
  const saidMs = new Map<string, number>();
  const witness = await login('record', (event) => {
    if (event['application'] === 'NoOp')
      saidMs.set(event['appdata'] ?? '', Number(event['timestamp']) * 1_000);
  });
  // The desk, the witness and the one that will stall; one of an earlier test may not have been seen to go yet.
  while ((await sessions()) !== EVERYBODY) await new Promise((resolve) => setTimeout(resolve, 20));
  proxy.hold();
  await makeNoise();
  while ((await sessions()) === EVERYBODY) await new Promise((resolve) => setTimeout(resolve, 20));
  proxy.goOn();
  await until(() => watch.facts.some(({ type }) => type === 'blind') && saidMs.size === ALL_NUMBERS);
  // The exchange tells in order: what was not read by then was lost.
  await call('end');
  await until(() => watch.numbers.has('end'));
  const blindS = await watch.metric('ringside_blind_seconds_total');
  witness.close();
  await watch.app.stop();
  await proxy.close();
  expect(watch.link).toMatchObject({ connections: 2, failure: { code: 'closed-by-exchange' } });
  const [blind, ...more] = watch.facts.filter((fact) => fact.type === 'blind');
  expect(more).toEqual([]);
  const lost = [...saidMs].filter(([number]) => !watch.numbers.has(number));
  expect(lost.length).toBeGreaterThan(0);
  // All that was lost was said in the time that is told as blind; the two clocks are one, read a Ping apart.
  const outside = lost.filter(
    ([, atMs]) => atMs < (blind?.fromMs ?? Infinity) - 50 || atMs > (blind?.untilMs ?? 0) + 50,
  );
  expect(outside.slice(0, 5)).toEqual([]);
  // Counted in whole ms, so that what the journal keeps comes back as the same sum: both ends are rounded.
  const toldS = ((blind?.untilMs ?? 0) - (blind?.fromMs ?? 0)) / 1000;
  expect(Math.abs(blindS - toldS)).toBeLessThanOrEqual(0.001);
});

/** The whole daemon as that user, and the numbers it read. */
class Reader {
  readonly app: App;
  readonly facts: Fact[] = [];
  readonly numbers = new Set<string>();
  /** Numbers read, those that came twice too; and everything that came. */
  heard = 0;
  events = 0;

  private constructor(app: App) {
    this.app = app;
  }

  static async start(at: { readonly address: string; readonly amiPort: number }): Promise<Reader> {
    const config = await compiledConfig(pair.placed, { ...at, secret: pair.pbxPlace.secret });
    const quiet = (): void => undefined;
    let take: (event: PbxEvent) => void = quiet;
    const app = await startApp({
      config: { ...config, connections: config.connections.map((one) => ({ ...one, user: USER })) },
      version: '0.0.0',
      clock: systemClock,
      log: { info: quiet, warn: quiet, error: quiet },
      jitter: Math.random,
      onEvent: (_pbx, event) => take(event),
    });
    const reader = new Reader(app);
    take = (event) => reader.#take(event);
    app.pipeline.onFact((fact) => reader.facts.push(fact));
    await until(() => reader.link?.state === 'ready');
    return reader;
  }

  get link(): LinkStatus | undefined {
    return this.app.links().find(({ pbx }) => pbx === PBX_NAME);
  }

  async metric(name: string): Promise<number> {
    const page = await (await fetch(`${this.app.url}/metrics`)).text();
    return Number(new RegExp(`^${name}\\{pbx="${PBX_NAME}"\\} (\\S+)$`, 'm').exec(page)?.[1]);
  }

  #take(event: PbxEvent): void {
    this.events += 1;
    if (event.type !== 'dialplan-step' || event.application !== 'NoOp') return;
    this.heard += 1;
    this.numbers.add(event.data);
  }
}

/** Every line counts to its last number. */
async function makeNoise(): Promise<void> {
  await Promise.all(Array.from({ length: LINES }, (_, index) => call(String(index + 10))));
}

async function call(extension: string): Promise<void> {
  await desk.send({
    Action: 'Originate',
    Channel: `Local/${extension}@load/n`,
    Application: 'Wait',
    Data: '600',
    Async: 'true',
  });
}

/** How many are logged in at the exchange: the last line of what its console says. */
async function sessions(): Promise<number> {
  const { response } = await desk.send({ Action: 'Command', Command: 'manager show connected' });
  return Number(/^(\d+) users connected/.exec(response['output'] ?? '')?.[1]);
}

function login(user: string, onEvent?: (event: AmiBlock) => void): Promise<AmiClient> {
  const { address, amiPort, secret } = pair.pbxPlace;
  const listener = onEvent === undefined ? {} : { onEvent };
  return AmiClient.login({ host: address, port: amiPort, user, secret }, listener);
}
