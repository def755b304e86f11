import type { Fact } from '../calls/facts.ts';
import { LossBook } from './lost-facts.ts';
import type { AuditEntry, FactSource, OpenCall } from './ports.ts';
import { openCallToWire, toWire, type Batch } from './wire.ts';

interface Waiting {
  /** Place in all that was ever told. */
  readonly place: number;
  readonly fact: Fact;
  readonly source: FactSource;
}
interface Placed<T> {
  readonly place: number;
  readonly value: T;
}

/** A batch on its way: what it holds, to be put back where it could not be written. */
export interface Load {
  readonly facts: readonly Waiting[];
  readonly openCalls: ReadonlyMap<string, Placed<OpenCall>>;
  readonly seen: ReadonlyMap<string, Placed<number>>;
  readonly audits: readonly AuditEntry[];
  /** All that was told up to this place is written with it. */
  readonly place: number;
}

/** So many are given up at once where memory's bound is reached, so that not each new fact searches all. */
const GIVEN_UP_SHARE = 0.01;

/**
 * What waits to be written, in the order it was told, within a bound. Of a call's states and an exchange's sightings
 * only the latest waits, and neither goes before the facts that were told before it: an older state with newer facts
 * is told again and changes nothing, a newer one without them would hide what was lost.
 */
export class Backlog {
  readonly #mostFacts: number;
  #facts: Waiting[] = [];
  readonly #openCalls = new Map<string, Placed<OpenCall>>();
  readonly #seen = new Map<string, Placed<number>>();
  #audits: AuditEntry[] = [];
  readonly #losses = new LossBook();
  #place = 0;
  #dropped = 0;

  constructor(mostFacts: number) {
    this.#mostFacts = mostFacts;
  }

  get facts(): number {
    return this.#facts.length;
  }
  get isEmpty(): boolean {
    const { size: openCalls } = this.#openCalls;
    const others = openCalls + this.#seen.size + this.#audits.length;
    return this.#facts.length + others === 0 && this.#losses.isEmpty;
  }
  /** Facts given up for want of room, or because they could not be written whatever was tried. */
  get dropped(): number {
    return this.#dropped;
  }
  /** Of the latest that was told. */
  get place(): number {
    return this.#place;
  }

  append(fact: Fact, source: FactSource): void {
    this.#facts.push({ place: ++this.#place, fact, source });
    if (fact.type === 'call-closed') this.#openCalls.delete(keyOf(fact.record));
    if (this.#facts.length > this.#mostFacts) this.#makeRoom();
  }

  keepOpen(call: OpenCall): void {
    this.#openCalls.set(keyOf(call), { place: ++this.#place, value: call });
  }

  seen(pbx: string, atMs: number): void {
    this.#seen.set(pbx, { place: ++this.#place, value: atMs });
  }

  record(entry: AuditEntry): number {
    this.#audits.push(entry);
    return ++this.#place;
  }

  /** Takes out the oldest facts, at most `most`, and what may go with them. */
  take(most: number): Load {
    const facts = this.#facts.slice(0, most);
    this.#facts = this.#facts.slice(facts.length);
    const next = this.#facts[0]?.place;
    const place = next === undefined ? this.#place : next - 1;
    // What was given up is written down with the first batch after it.
    const audits = [...this.#audits, ...this.#losses.take()];
    this.#audits = [];
    return {
      facts,
      openCalls: takeUntil(this.#openCalls, place),
      seen: takeUntil(this.#seen, place),
      audits,
      place,
    };
  }

  /** Puts back what could not be written; what was told of the same calls since stays. */
  putBack(load: Load): void {
    this.#facts = [...load.facts, ...this.#facts];
    this.#audits = [...load.audits, ...this.#audits];
    for (const [key, call] of load.openCalls) if (!this.#openCalls.has(key)) this.#openCalls.set(key, call);
    for (const [pbx, at] of load.seen) if (!this.#seen.has(pbx)) this.#seen.set(pbx, at);
  }

  /** Counts what is given up; who did what is never the culprit, and goes with the next batch. */
  giveUp(load: Load): void {
    this.#dropped += load.facts.length;
    for (const { fact } of load.facts) this.#losses.note(fact);
    this.#audits = [...load.audits, ...this.#audits];
  }

  /** Seats' times first: a call is worth more than how long somebody sat idle. Then the oldest of all. */
  #makeRoom(): void {
    let surplus = this.#facts.length - Math.floor(this.#mostFacts * (1 - GIVEN_UP_SHARE));
    this.#dropped += surplus;
    this.#facts = this.#facts.filter(({ fact }) => {
      const isGivenUp = surplus > 0 && fact.type === 'seat-interval';
      if (isGivenUp) {
        surplus -= 1;
        this.#losses.note(fact);
      }
      return !isGivenUp;
    });
    for (const { fact } of this.#facts.slice(0, surplus)) this.#losses.note(fact);
    this.#facts = this.#facts.slice(surplus);
  }
}

/** As it goes to the writer. */
export function batchOf(load: Load): Batch {
  return {
    facts: load.facts.map(toWire),
    openCalls: Array.from(load.openCalls.values(), ({ value }) => openCallToWire(value)),
    seen: new Map([...load.seen].map(([pbx, { value }]) => [pbx, value])),
    audits: load.audits,
  };
}

const keyOf = ({ pbx, uniqueid }: { readonly pbx: string; readonly uniqueid: string }): string =>
  `${pbx}\n${uniqueid}`;

function takeUntil<T>(waiting: Map<string, Placed<T>>, place: number): Map<string, Placed<T>> {
  const taken = new Map<string, Placed<T>>();
  for (const [key, one] of waiting) {
    if (one.place > place) continue;
    taken.set(key, one);
    waiting.delete(key);
  }
  return taken;
}
