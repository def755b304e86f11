import { BANNER, AmiClient } from '../../src/simulator/ami-client.ts';
import { ReadingSession, type SessionEffect, type SessionInput } from '../../src/ami/session.ts';
import type { Fact } from '../../src/calls/facts.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { Pipeline } from '../../src/pipeline.ts';
import { Ledger } from '../../src/simulator/ledger.ts';
import type { InboundPlan } from '../../src/simulator/plan.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { PracticePbx } from '../../src/simulator/practice-pbx.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import type { EventClass } from '../../src/simulator/ami-block.ts';
import { connection } from '../support/session-driver.ts';
import { LOGIN } from './day-definition.ts';

export interface WatchedSettings {
  readonly definition: WatchDefinition;
  readonly seed: number;
  readonly startMs: number;
  /** Inbound calls in the busiest hour. */
  readonly callsPerHour: number;
}

/**
 * The whole daemon but its sockets, watching the practice exchange on one virtual time: bytes go through session,
 * framer and pipeline as in production, and the ledger stands beside with the truth.
 */
export class WatchedExchange {
  readonly pbx: PracticePbx;
  readonly ledger = new Ledger(SHANGHAI);
  readonly session: ReadingSession;
  readonly pipeline: Pipeline;
  readonly facts: Fact[] = [];
  /** Uniqueids of the callers' channels. */
  readonly uniqueids = new Map<InboundPlan, string>();
  events = 0;
  unbalanced = 0;
  nowMs: number;
  #client: AmiClient | undefined;
  #outgoing = '';
  #tokens = 0;
  readonly #inbox: SessionInput[] = [];
  #expected: InboundPlan[] = [];

  constructor(settings: WatchedSettings) {
    const { definition, seed, startMs, callsPerHour } = settings;
    this.nowMs = startMs;
    this.pipeline = new Pipeline(definition, startMs);
    this.pipeline.onFact((fact) => this.facts.push(fact));
    const token = (): string => `token-${(this.#tokens += 1)}`;
    this.session = new ReadingSession(connection({ pbx: PRACTICE_PBX, ...LOGIN }), {
      token,
      jitter: () => 1,
    });
    this.pbx = new PracticePbx({
      seed,
      callsPerHour,
      site: SHANGHAI,
      startMs,
      systemName: '',
      onIntent: (intent) => {
        this.ledger.write(intent);
        if (intent.kind === 'inbound') this.#expected.push(intent);
      },
      onEvent: (eventClass, text) => this.#onEvent(eventClass, text),
    });
    this.#take({ type: 'start', atMs: startMs });
  }

  /** Lets time pass for everybody. */
  advanceTo(untilMs: number): void {
    for (let next = this.#nextMs(); next <= untilMs; next = this.#nextMs()) {
      this.nowMs = Math.max(this.nowMs, next);
      this.pbx.advanceTo(this.nowMs);
      this.#deliver();
      if (this.session.dueMs <= this.nowMs) this.#take({ type: 'time', atMs: this.nowMs });
    }
    this.nowMs = untilMs;
    this.pbx.advanceTo(untilMs);
    this.#deliver();
    this.pipeline.advance(untilMs);
  }

  #nextMs(): number {
    return Math.min(this.pbx.nextDueMs(), this.session.dueMs);
  }

  #onEvent(eventClass: EventClass, text: string): void {
    if (this.#expected.length > 0 && text.startsWith('Event: Newchannel')) this.#recognise(text);
    if (this.#client?.wants(eventClass)) this.#outgoing += text;
  }

  /** Whose channel it is that begins: the one who meant to call now. */
  #recognise(text: string): void {
    const header = (name: string): string => new RegExp(`^${name}: (.*)\r$`, 'm').exec(text)?.[1] ?? '';
    if (header('ChannelState') !== '4') return;
    const caller = header('CallerIDNum').replace('<unknown>', '');
    const place = this.#expected.findIndex(
      (plan) =>
        plan.caller === caller &&
        plan.number === header('Exten') &&
        plan.atMs <= this.pbx.floor.exchange.nowMs,
    );
    const [plan] = place < 0 ? [] : this.#expected.splice(place, 1);
    if (plan) this.uniqueids.set(plan, header('Uniqueid'));
  }

  #deliver(): void {
    const text = this.#outgoing;
    if (text === '') return;
    this.#outgoing = '';
    this.#take({ type: 'bytes', atMs: this.nowMs, chunk: Buffer.from(text, 'latin1') });
  }

  /** Like a socket, it tells what comes of an effect only after the effects of the step. */
  #take(input: SessionInput): void {
    this.#inbox.push(input);
    if (this.#inbox.length > 1) return;
    for (let next = this.#inbox[0]; next !== undefined; next = this.#inbox[0]) {
      for (const effect of this.session.step(next)) this.#apply(effect);
      this.#inbox.shift();
    }
  }

  #apply(effect: SessionEffect): void {
    if (effect.type === 'emit') {
      for (const event of effect.events) {
        this.events += 1;
        this.pipeline.reduce(PRACTICE_PBX, event);
        this.unbalanced += this.pipeline.unbalanced(PRACTICE_PBX);
      }
    } else if (effect.type === 'connect') this.#connect();
    else if (effect.type === 'disconnect') this.#client = undefined;
    else if (effect.type === 'send') this.#write(effect.text);
  }

  #connect(): void {
    this.#client = new AmiClient(this.pbx.floor, LOGIN, '123456789');
    this.#outgoing = '';
    this.#take({ type: 'connected', atMs: this.nowMs });
    this.#take({ type: 'bytes', atMs: this.nowMs, chunk: Buffer.from(BANNER) });
  }

  #write(text: string): void {
    for (const effect of this.#client?.receive(text) ?? []) {
      this.#take({ type: 'bytes', atMs: this.nowMs, chunk: Buffer.from(effect.text, 'latin1') });
    }
  }
}
