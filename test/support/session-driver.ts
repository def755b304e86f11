import type { LinkStatus, PbxConnection } from '../../src/ami/connection.ts';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import { ReadingSession, type SessionEffect, type SessionInput } from '../../src/ami/session.ts';
import { script, ScriptedExchange, type ExchangeScript } from './scripted-exchange.ts';
import { VirtualClock } from './virtual-clock.ts';

export const START_MS = 1_795_284_000_000;

export function connection(changes: Partial<PbxConnection> = {}): PbxConnection {
  return {
    pbx: 'main',
    host: '127.0.0.1',
    port: 5038,
    user: 'ringside',
    secret: 'long secret',
    tls: undefined,
    acting: undefined,
    ...changes,
  };
}

/** A session and its far end on one virtual clock: what the session wants is done at once, unless told otherwise. */
export class SessionDriver {
  readonly clock = new VirtualClock(START_MS);
  readonly session: ReadingSession;
  readonly script: ExchangeScript;
  readonly events: PbxEvent[] = [];
  readonly statuses: LinkStatus[] = [];
  readonly connectsMs: number[] = [];
  /** How a try to connect goes: 'accept', or what it fails with, or 'hang'. */
  arrival: 'accept' | 'refuse' | 'hang' = 'accept';
  /** Whether what the session writes is answered. */
  isAnswering = true;
  /** What each connection's far end heard. */
  exchanges: ScriptedExchange[] = [];
  /** Like a socket, it tells what comes of an effect only after the effects of the step. */
  readonly #inbox: SessionInput[] = [];
  #isUp = false;
  #tokens = 0;
  #exchangeAheadMs = 0;

  constructor(changes: Partial<ExchangeScript> = {}, to: PbxConnection = connection()) {
    this.script = script({ nowMs: () => this.clock.nowMs() + this.#exchangeAheadMs, ...changes });
    const token = (): string => `token-${(this.#tokens += 1)}`;
    this.session = new ReadingSession(to, { token, jitter: () => 1 });
  }

  get exchange(): ScriptedExchange {
    const last = this.exchanges.at(-1);
    if (last === undefined) throw new Error('nothing connected yet');
    return last;
  }
  get status(): LinkStatus {
    return this.session.status;
  }
  /** Kinds of what the core was given, a snapshot by its purpose. */
  get kinds(): string[] {
    return this.events.map((one) => (one.type === 'snapshot' ? `snapshot ${one.purpose}` : one.type));
  }

  start(): this {
    this.#step({ type: 'start', atMs: this.clock.nowMs() });
    return this;
  }

  /** Bytes from the far end. */
  hear(text: string | Buffer): void {
    if (this.#isUp) this.#step({ type: 'bytes', atMs: this.clock.nowMs(), chunk: Buffer.from(text) });
  }

  /** The far end hangs up. */
  cut(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    const fault = { code: 'closed-by-exchange', message: 'closed' } as const;
    this.#step({ type: 'closed', atMs: this.clock.nowMs(), fault });
  }

  stop(): void {
    this.#step({ type: 'stop', atMs: this.clock.nowMs() });
  }

  /** Somebody sets our clock back; the exchange's goes on, and so do the timers that were set. */
  setBack(ms: number): void {
    const dueInMs = this.session.dueMs - this.clock.nowMs();
    this.clock.set(this.clock.nowMs() - ms);
    this.#exchangeAheadMs += ms;
    this.clock.advance(dueInMs);
    this.#step({ type: 'time', atMs: this.clock.nowMs() });
  }

  /** Lets time pass, telling the session whenever it wants to be told. */
  wait(ms: number): void {
    const untilMs = this.clock.nowMs() + ms;
    for (let due = this.session.dueMs; due <= untilMs; due = this.session.dueMs) {
      this.clock.advance(Math.max(0, due - this.clock.nowMs()));
      this.#step({ type: 'time', atMs: this.clock.nowMs() });
    }
    this.clock.advance(untilMs - this.clock.nowMs());
  }

  #step(input: SessionInput): void {
    this.#inbox.push(input);
    if (this.#inbox.length > 1) return;
    for (let next = this.#inbox[0]; next !== undefined; next = this.#inbox[0]) {
      for (const effect of this.session.step(next)) this.#apply(effect);
      this.#inbox.shift();
    }
  }

  #apply(effect: SessionEffect): void {
    if (effect.type === 'emit') this.events.push(...effect.events);
    else if (effect.type === 'status') this.statuses.push(effect.status);
    else if (effect.type === 'disconnect') this.#isUp = false;
    else if (effect.type === 'connect') this.#connect();
    else this.#write(effect.text);
  }

  #connect(): void {
    this.connectsMs.push(this.clock.nowMs());
    if (this.arrival === 'hang') return;
    if (this.arrival === 'refuse') {
      const fault = { code: 'unreachable', message: 'nobody there' } as const;
      this.#step({ type: 'closed', atMs: this.clock.nowMs(), fault });
      return;
    }
    this.#isUp = true;
    this.exchanges.push(new ScriptedExchange(this.script));
    this.#step({ type: 'connected', atMs: this.clock.nowMs() });
    this.hear(this.exchange.greet());
  }

  #write(text: string): void {
    const answer = this.exchange.take(text);
    if (this.isAnswering && answer !== '') this.hear(answer);
  }
}
