import type { Fact } from '../../src/calls/facts.ts';
import { Ledger } from '../../src/simulator/ledger.ts';
import type { InboundPlan } from '../../src/simulator/plan.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import type { Intent } from '../../src/simulator/traffic.ts';

/** What happened between these instants was never told to the daemon (true time). */
export interface Gap {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A gap is remembered as long as a caller may be there who lived through it. */
const OLDEST_CALL_MS = 3_600_000;
/** Timers ring in whole milliseconds. */
const TIMER_MS = 1;

/** The truth of an exchange, what the daemon said of it, and which caller of the one is which of the other. */
export class Book {
  readonly ledger = new Ledger(SHANGHAI);
  facts: Fact[] = [];
  /** Uniqueids of the callers' channels. */
  readonly uniqueids = new Map<InboundPlan, string>();
  /** Gaps that are over, in order. */
  readonly gaps: Gap[] = [];
  readonly #expected: InboundPlan[] = [];

  /** Somebody decided this. */
  write(intent: Intent): void {
    this.ledger.write(intent);
    if (intent.kind === 'inbound') this.#expected.push(intent);
  }

  /** An event at its instant: whose channel it is that begins is the one who meant to call now. */
  hear(text: string, atMs: number): void {
    if (this.#expected.length === 0 || !text.startsWith('Event: Newchannel')) return;
    const header = (name: string): string => new RegExp(`^${name}: (.*)\r$`, 'm').exec(text)?.[1] ?? '';
    if (header('ChannelState') !== '4') return;
    const caller = header('CallerIDNum').replace('<unknown>', '');
    const place = this.#expected.findIndex(
      (plan) =>
        plan.caller === caller && plan.number === header('Exten') && Math.abs(plan.atMs - atMs) <= TIMER_MS,
    );
    const [plan] = place < 0 ? [] : this.#expected.splice(place, 1);
    if (plan) this.uniqueids.set(plan, header('Uniqueid'));
  }

  /** Forgets what was over before `atMs`: callers, what was told of them, and gaps. */
  forget(atMs: number): void {
    this.ledger.forget(atMs);
    const plans = new Set(this.ledger.entries.map(({ plan }) => plan));
    for (const plan of this.uniqueids.keys()) if (!plans.has(plan)) this.uniqueids.delete(plan);
    const kept = new Set(this.uniqueids.values());
    this.facts = this.facts.filter(
      (fact) => fact.atMs >= atMs || ('uniqueid' in fact && kept.has(fact.uniqueid)),
    );
    while ((this.gaps[0]?.untilMs ?? Infinity) < atMs - OLDEST_CALL_MS) this.gaps.shift();
  }
}
