import type { LinkStatus } from '../../src/ami/connection.ts';
import { type App, startApp } from '../../src/app.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Pair } from './pair.ts';
import { until } from './until.ts';
import { compiledConfig, PBX_NAME } from './watch-config.ts';

/** The product, from the socket to its web server, on the exchange of a pair. */
export interface Watch {
  readonly app: App;
  readonly facts: readonly Fact[];
  /** Everything the operator was told: no caller number may be in it. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

/** Resolves when the first snapshot is in. `at` leads the daemon somewhere else than straight to the exchange. */
export async function startWatch(
  pair: Pair,
  at: { readonly address: string; readonly amiPort: number } = pair.pbxPlace,
): Promise<Watch> {
  const facts: Fact[] = [];
  const log: string[] = [];
  const say = (about: object, line: string): void => void log.push(`${line} ${JSON.stringify(about)}`);
  const app = await startApp({
    config: await compiledConfig(pair.placed, { ...at, secret: pair.pbxPlace.secret }),
    version: '0.0.0',
    clock: systemClock,
    log: { info: say, warn: say, error: say },
    jitter: Math.random,
  });
  app.pipeline.onFact((fact) => facts.push(fact));
  const watch: Watch = { app, facts, log, stop: () => app.stop() };
  await until(() => isReady(watch));
  return watch;
}

export function linkOf({ app }: Watch): LinkStatus | undefined {
  return app.links().find(({ pbx }) => pbx === PBX_NAME);
}
export function isReady(watch: Watch): boolean {
  return linkOf(watch)?.state === 'ready';
}

/** No call is open and no channel is alive, as far as the watch knows. */
export function isQuiet({ app }: Watch): boolean {
  const exchange = app.pipeline.exchange(PBX_NAME);
  return exchange !== undefined && exchange.openCalls === 0 && exchange.openChannels === 0;
}
