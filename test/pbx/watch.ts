import type { LinkStatus } from '../../src/ami/connection.ts';
import { openReadingSession, type ReadingStream } from '../../src/ami/stream.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Pipeline } from '../../src/pipeline.ts';
import { definitionOf, PBX_NAME } from './definition.ts';
import type { Pair } from './pair.ts';
import { until } from './until.ts';

/** The product, from the socket to the facts, on the exchange of a pair. */
export interface Watch {
  readonly pipeline: Pipeline;
  readonly facts: readonly Fact[];
  /** Everything the operator would have been told: no caller number may be in it. */
  readonly log: readonly string[];
  /** Every state the link was in, in order, with its instant. */
  readonly link: readonly LinkStatus[];
  stop(): Promise<void>;
}

/** Resolves when the first snapshot is in. `at` leads the daemon somewhere else than straight to the exchange. */
export async function startWatch(
  pair: Pair,
  at: { readonly host: string; readonly port: number } = {
    host: pair.pbxPlace.address,
    port: pair.pbxPlace.amiPort,
  },
): Promise<Watch> {
  const pipeline = new Pipeline(definitionOf(pair.placed), systemClock.nowMs());
  const facts: Fact[] = [];
  const log: string[] = [];
  const link: LinkStatus[] = [];
  pipeline.onFact((fact) => facts.push(fact));
  const say = (about: object, line: string): void => void log.push(`${line} ${JSON.stringify(about)}`);
  const stream: ReadingStream = openReadingSession(
    {
      pbx: PBX_NAME,
      ...at,
      user: 'ringside',
      secret: pair.pbxPlace.secret,
      tls: undefined,
      acting: undefined,
    },
    {
      clock: systemClock,
      log: { info: say, warn: say, error: say },
      onEvent: (event) => pipeline.reduce(PBX_NAME, event),
      onStatus: (status) => link.push(status),
      jitter: Math.random,
    },
  );
  const watch: Watch = { pipeline, facts, log, link, stop: () => stream.stop() };
  await until(() => isReady(watch));
  return watch;
}

export function isReady(watch: Watch): boolean {
  return watch.link.at(-1)?.state === 'ready';
}

/** No call is open and no channel is alive, as far as the watch knows. */
export function isQuiet({ pipeline }: Watch): boolean {
  const exchange = pipeline.exchange(PBX_NAME);
  return exchange !== undefined && exchange.openCalls === 0 && exchange.openChannels === 0;
}
