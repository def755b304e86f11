import type { LinkStatus } from './ami/connection.ts';
import type { PbxEvent } from './ami/pbx-event.ts';
import type { Fact } from './calls/facts.ts';
import type { Resumed } from './calls/resume.ts';
import { Exchange } from './exchange.ts';
import type { PbxDefinition, WatchDefinition } from './hotlines/definition.ts';
import { unbalancedBooks } from './rates/books.ts';
import { ReportBuilder } from './rates/build-report.ts';
import type { Report } from './rates/report.ts';
import { type FloorFigures, Tally } from './rates/tally.ts';
import type { LiveSeat } from './seats/live.ts';
import type { OpenCall, Restored } from './store/ports.ts';

/**
 * The way of the data: (event | instant) -> state -> facts -> Report. One writer, no I/O, no clock of its own; every
 * reader gets the same frozen facts and the same Report.
 */
export class Pipeline {
  readonly #exchanges = new Map<string, Exchange>();
  readonly #tally: Tally;
  readonly #builder: ReportBuilder;
  readonly #startedAtMs: number;
  readonly #readers: ((fact: Fact) => void)[] = [];

  constructor(definition: WatchDefinition, startedAtMs: number) {
    this.#tally = new Tally(definition);
    this.#builder = new ReportBuilder(this.#tally, startedAtMs);
    this.#startedAtMs = startedAtMs;
    for (const pbx of definition.pbxs) this.#add(definition, pbx);
  }

  /** Every fact, in order, from now on. */
  onFact(reader: (fact: Fact) => void): void {
    this.#readers.push(reader);
  }

  /**
   * Goes on where the last run ended, before the first event: figures from what was kept, each exchange blind since it
   * was last seen, with the calls that were open then.
   */
  resume(last: Restored): Resumed {
    this.#tally.seed(last);
    const total = { resumed: 0, refused: 0, dropped: 0 };
    const left = Map.groupBy(last.openCalls, ({ pbx }) => pbx);
    for (const [name, exchange] of this.#exchanges) {
      const calls = left.get(name) ?? [];
      left.delete(name);
      // A journal that began within the second before it ended may hold calls and not yet that anybody was seen.
      const seenUntilMs = last.seenUntilMs.get(name) ?? (calls.length > 0 ? last.sinceMs : undefined);
      if (seenUntilMs === undefined) continue;
      const { resumed, refused, dropped } = exchange.resume({ calls, seenUntilMs, facts: last.recentFacts });
      total.resumed += resumed;
      total.refused += refused;
      total.dropped += dropped;
    }
    for (const calls of left.values()) total.dropped += calls.length;
    return total;
  }

  /**
   * Calls that are not over as the next start needs them: each, once, that one of `uniqueids` has a part in. To be
   * asked between two events: within one it is half told.
   */
  *openCalls(pbx: string, uniqueids: Iterable<string>): Generator<OpenCall> {
    for (const left of this.#exchanges.get(pbx)?.openCallStates(uniqueids) ?? []) yield { pbx, ...left };
  }

  /** Whether the call of this caller is not over. */
  isOpen(pbx: string, uniqueid: string): boolean {
    return this.#exchanges.get(pbx)?.isOpen(uniqueid) ?? false;
  }

  /** Takes in one event of one exchange; an exchange that is not watched is left alone. */
  reduce(pbx: string, event: PbxEvent): void {
    this.#exchanges.get(pbx)?.reduce(event);
  }

  /** Puts what became known of a fact afterwards in its place; readers of facts are not told. */
  amend(before: Fact | undefined, after: Fact): void {
    this.#tally.amend(before, after);
  }

  /** Lets time pass to `atMs` (our clock): what is due happens. */
  advance(atMs: number): void {
    for (const exchange of this.#exchanges.values()) exchange.seats.advance(atMs);
  }

  /** The last that is said to it, after the last event: what seats do is told up to `atMs`, so that no stop loses it. */
  pause(atMs: number): void {
    for (const exchange of this.#exchanges.values()) exchange.seats.pause(atMs);
  }

  /** When something falls due next; undefined when nothing waits for time. */
  nextDueMs(): number | undefined {
    let next: number | undefined;
    for (const exchange of this.#exchanges.values()) {
      const due = exchange.seats.nextDueMs();
      if (due !== undefined && (next === undefined || due < next)) next = due;
    }
    return next;
  }

  /** The Report as of `nowMs`. */
  report(nowMs: number, links: readonly LinkStatus[]): Report {
    this.advance(nowMs);
    const exchanges = [...this.#exchanges.values()];
    const blindSince = new Map<string, number>();
    for (const { name, blindSinceMs } of exchanges) {
      if (blindSinceMs !== undefined) blindSince.set(name, blindSinceMs);
    }
    return this.#builder.build({
      nowMs,
      calls: exchanges.map((exchange) => exchange.live),
      seats: this.seats(),
      links,
      blindSince,
    });
  }

  /** Every seat of every exchange as it is now. */
  seats(): readonly LiveSeat[] {
    return [...this.#exchanges.values()].flatMap((exchange) => [...exchange.seats.live()]);
  }

  /** Hotlines and queues of an exchange whose standing equation does not hold: anything but 0 is a fault of ours. */
  unbalanced(pbx: string): number {
    const exchange = this.#exchanges.get(pbx);
    return exchange ? unbalancedBooks(this.#tally, exchange.live) : 0;
  }

  /** After a reload at `atMs`: exchanges that stay go on with their open calls, new ones begin, the others are forgotten. */
  redefine(definition: WatchDefinition, atMs: number): void {
    for (const name of this.#exchanges.keys()) {
      if (!definition.pbxs.some((pbx) => pbx.name === name)) this.#exchanges.delete(name);
    }
    for (const pbx of definition.pbxs) {
      const known = this.#exchanges.get(pbx.name);
      if (known) known.redefine(definition, pbx);
      else this.#add(definition, pbx);
    }
    this.#tally.redefine(definition, atMs);
  }

  /** What boards show beside the Report. */
  get floor(): FloorFigures {
    return this.#tally;
  }

  exchange(pbx: string): Exchange | undefined {
    return this.#exchanges.get(pbx);
  }

  #add(definition: WatchDefinition, pbx: PbxDefinition): void {
    const emit = (fact: Fact): void => this.#tell(fact);
    this.#exchanges.set(pbx.name, new Exchange(definition, pbx, { startedAtMs: this.#startedAtMs, emit }));
  }

  #tell(fact: Fact): void {
    Object.freeze(fact);
    this.#tally.apply(fact);
    for (const reader of this.#readers) reader(fact);
  }
}
