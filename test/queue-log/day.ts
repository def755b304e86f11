import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import { eventsOf } from '../../src/ami/recording.ts';
import type { BlindTime, Fact } from '../../src/calls/facts.ts';
import type { HotlineDefinition, WatchDefinition } from '../../src/hotlines/definition.ts';
import { LogTerms } from '../../src/queue-log/log-terms.ts';
import { QueueLogCalls, type QueueLogReading } from '../../src/queue-log/queue-log-calls.ts';
import { callRowOf } from '../../src/store/call-row.ts';
import type { StoredFact } from '../../src/store/compact.ts';
import { homeOf } from '../../src/store/fact-home.ts';
import { merge } from '../../src/store/merge.ts';
import type { FactSource, StoredCall } from '../../src/store/ports.ts';
import { pictureAfter } from '../calls/picture-at.ts';
import { WatchedCalls } from '../calls/watched-calls.ts';

const FOLDER = join(import.meta.dirname, 'day');
export const PBX = 'asterisk';

/**
 * A recorded day of a real Asterisk 22 (`test/pbx/record-queue-log.ts`): every scenario with a queue on one exchange,
 * what its AMI said and its own queue_log. Numbers are invented.
 */
export const DAY: {
  readonly definition: WatchDefinition;
  readonly events: readonly PbxEvent[];
  readonly log: string;
} = {
  definition: definition(),
  events: eventsOf(readFileSync(join(FOLDER, 'day.ami'))),
  log: readFileSync(join(FOLDER, 'queue_log'), 'utf8'),
};

function definition(): WatchDefinition {
  const told = JSON.parse(readFileSync(join(FOLDER, 'day.json'), 'utf8')) as { definition: WatchDefinition };
  const hotlines = told.definition.hotlines.map((hotline): HotlineDefinition => ({
    ...hotline,
    hours: { ...hotline.hours, exceptions: new Map() },
  }));
  return { ...told.definition, hotlines };
}

export const someTerms = (): LogTerms => new LogTerms(DAY.definition, PBX, { aheadMs: 0, seats: new Map() });

export function readingOf(...texts: readonly string[]): QueueLogReading {
  const calls = new QueueLogCalls();
  for (const text of texts) for (const line of text.split('\n')) calls.take(line);
  return calls.reading();
}

/** The day as it was watched, all of it or with everything between two of its instants unheard. */
export function watchedDay(gap?: { readonly fromMs: number; readonly untilMs: number }): readonly Fact[] {
  const watched = new WatchedCalls(DAY.definition);
  if (gap === undefined) {
    for (const event of DAY.events) watched.take(event);
    return watched.facts;
  }
  const { fromMs, untilMs } = gap;
  const before = DAY.events.filter(({ pbxMs }) => pbxMs <= fromMs);
  const heard = DAY.events.filter(({ pbxMs }) => pbxMs <= untilMs);
  for (const event of before) watched.take(event);
  watched.take({ type: 'link-lost', pbxMs: fromMs, atMs: fromMs, lastHeardMs: fromMs });
  watched.take(pictureAfter(heard, untilMs));
  for (const event of DAY.events) if (event.pbxMs > untilMs) watched.take(event);
  return watched.facts;
}

export const blindTimeOf = (facts: readonly Fact[]): BlindTime | undefined =>
  facts.find((fact) => fact.type === 'blind');

/** The journal's merge without its file. */
export class MergedFacts {
  readonly #kept = new Map<string, { readonly fact: Fact; readonly source: FactSource }>();

  add(facts: readonly Fact[], source: FactSource): this {
    for (const fact of facts) {
      const kept = this.#kept.get(fact.id);
      this.#kept.set(fact.id, kept === undefined ? { fact, source } : merge(kept, { fact, source }));
    }
    return this;
  }

  all(): readonly Fact[] {
    return [...this.#kept.values()].map(({ fact }) => fact);
  }

  call(pbx: string, uniqueid: string): StoredCall | undefined {
    const told = [...this.#kept.values()].filter(
      (one): one is { fact: StoredFact; source: FactSource } =>
        one.fact.type !== 'caller-heard' && isOf(one.fact, uniqueid),
    );
    if (told.length === 0) return undefined;
    return { row: callRowOf({ pbx, uniqueid }, told), facts: told.map(({ fact }) => fact) };
  }
}

function isOf(fact: StoredFact, uniqueid: string): boolean {
  const home = homeOf(fact);
  return 'uniqueid' in home && home.uniqueid === uniqueid;
}
