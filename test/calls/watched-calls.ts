import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import { Exchange } from '../../src/exchange.ts';
import type { Fact } from '../../src/calls/facts.ts';
import type { LeftCall, Resumed } from '../../src/calls/resume.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { unbalancedBooks } from '../../src/rates/books.ts';
import { Tally } from '../../src/rates/tally.ts';

/** One exchange whose standing equation is checked after every event, as production checks it on a tick. */
export class WatchedCalls {
  readonly exchange: Exchange;
  readonly facts: Fact[] = [];
  /** Channels that something was heard of. */
  readonly touched = new Set<string>();
  readonly #tally: Tally;

  constructor(definition: WatchDefinition, startedAtMs = 0) {
    const [pbx] = definition.pbxs;
    if (pbx === undefined) throw new Error('a definition without an exchange');
    this.#tally = new Tally(definition);
    this.exchange = new Exchange(definition, pbx, {
      startedAtMs,
      emit: (fact) => {
        this.#tally.apply(Object.freeze(fact));
        this.facts.push(fact);
      },
    });
  }

  /** Goes on where another left off: its open calls by their states, its books by its facts. */
  resume(left: readonly LeftCall[], seenUntilMs: number, facts: readonly Fact[]): Resumed {
    for (const fact of facts) this.#tally.apply(fact);
    return this.exchange.resume({ calls: left, seenUntilMs, facts });
  }

  /** How many books do not close once the event is taken in. */
  take(event: PbxEvent): number {
    this.exchange.reduce(event);
    if ('uniqueid' in event) this.touched.add(event.uniqueid);
    if (event.type === 'spy-started') this.touched.add(event.spy.uniqueid);
    if (event.type === 'snapshot') for (const { uniqueid } of event.channels) this.touched.add(uniqueid);
    return unbalancedBooks(this.#tally, this.exchange.live);
  }
}

/** Every object in a fact, itself included. */
export function parts(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(parts)];
}

/** What of the calls' facts could still be changed by a reader. */
export const unfrozen = (facts: readonly Fact[]): object[] =>
  facts
    .filter(({ type }) => type !== 'seat-interval')
    .flatMap(parts)
    .filter((part) => !Object.isFrozen(part));
