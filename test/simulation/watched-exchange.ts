import { AmiClient, BANNER, type PracticeLogin } from '../../src/simulator/ami-client.ts';
import { ReadingSession, type SessionEffect, type SessionInput } from '../../src/ami/session.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { Pipeline } from '../../src/pipeline.ts';
import type { EventClass } from '../../src/simulator/ami-block.ts';
import { AmiLine } from '../../src/simulator/ami-line.ts';
import { befall } from '../../src/simulator/befall.ts';
import type { Habit, Incident, IncidentKind } from '../../src/simulator/faults.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { PracticePbx } from '../../src/simulator/practice-pbx.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import { connection } from '../support/session-driver.ts';
import { Book } from './book.ts';
import { LOGIN } from './day-definition.ts';

export interface WatchedSettings {
  readonly definition: WatchDefinition;
  readonly seed: number;
  readonly startMs: number;
  /** Inbound calls in the busiest hour. */
  readonly callsPerHour: number;
  readonly habits?: readonly Habit[];
  /** In order of time. */
  readonly incidents?: readonly Incident[];
}

/** After these every event is still told. */
const HARMLESS: ReadonlySet<IncidentKind> = new Set(['clock-step', 'reload', 'half-message']);
const LONGEST_PING_MS = 6000;

/**
 * The whole daemon but its sockets, watching the practice exchange on one virtual time: bytes go through session,
 * framer and pipeline as in production, and the ledger stands beside with the truth.
 */
export class WatchedExchange {
  readonly pbx: PracticePbx;
  readonly book = new Book();
  readonly session: ReadingSession;
  readonly pipeline: Pipeline;
  events = 0;
  unbalanced = 0;
  /** When the last incident was over, or the last gap. */
  lastTroubleMs = -Infinity;
  nowMs: number;
  #line: AmiLine | undefined;
  #deafSinceMs: number | undefined;
  /** So long nobody can connect after the next cut. */
  #unreachableMs = 0;
  #reachableFromMs = -Infinity;
  #stalledUntilMs = -Infinity;
  #tokens = 0;
  readonly #inbox: SessionInput[] = [];
  readonly #incidents: Incident[];
  readonly #isRacing: boolean;
  readonly #login: PracticeLogin;

  constructor(settings: WatchedSettings) {
    const { definition, seed, startMs, callsPerHour, habits = [] } = settings;
    this.nowMs = startMs;
    this.#incidents = [...(settings.incidents ?? [])];
    this.#isRacing = habits.includes('racing-lists');
    // Where sources may be late, those are heard too that the product's own user does not read.
    this.#login = { ...LOGIN, readsCdr: habits.includes('late-sources') };
    this.pipeline = new Pipeline(definition, startMs);
    this.pipeline.onFact((fact) => this.book.facts.push(fact));
    const token = (): string => `token-${(this.#tokens += 1)}`;
    const to = connection({ pbx: PRACTICE_PBX, ...LOGIN });
    this.session = new ReadingSession(to, { token, jitter: () => 1 });
    this.pbx = new PracticePbx({
      seed,
      callsPerHour,
      site: SHANGHAI,
      startMs,
      systemName: '',
      habits,
      onIntent: (intent) => this.book.write(intent),
      onOutage: (fromMs, untilMs) => this.book.ledger.writeOutage(fromMs, untilMs),
      onEvent: (eventClass, text) => this.#onEvent(eventClass, text),
    });
    this.#take({ type: 'start', atMs: startMs });
  }

  /** Since when the daemon is told nothing; undefined while it is. */
  get deafSinceMs(): number | undefined {
    return this.#deafSinceMs;
  }

  /** Lets time pass for everybody. */
  advanceTo(untilMs: number): void {
    for (let next = this.#nextMs(); next <= untilMs; next = this.#nextMs()) this.#goTo(next);
    this.#goTo(untilMs);
    this.pipeline.advance(untilMs);
  }

  #goTo(atMs: number): void {
    this.nowMs = Math.max(this.nowMs, atMs);
    this.pbx.advanceTo(this.nowMs);
    for (let due = this.#incidents[0]; due && due.atMs <= this.nowMs; due = this.#incidents[0]) {
      this.#incidents.shift();
      if (due.kind === 'clock-step' && this.#stalledUntilMs >= this.nowMs) this.#putOff(due);
      else this.#suffer(due);
    }
    this.#deliver();
    if (this.session.dueMs <= this.nowMs) this.#take({ type: 'time', atMs: this.nowMs });
  }

  #nextMs(): number {
    const incidentMs = this.#incidents[0]?.atMs ?? Infinity;
    return Math.min(this.pbx.nextDueMs(), this.session.dueMs, this.#line?.dueMs ?? Infinity, incidentMs);
  }

  /**
   * Of an event that is read late just after the clock was set nobody can say how late it is before the next Ping: a
   * step within a stall may be misread by as long as the stall was.
   */
  #putOff(step: Incident): void {
    this.#incidents.push({ ...step, atMs: this.#stalledUntilMs + LONGEST_PING_MS });
    this.#incidents.sort((one, other) => one.atMs - other.atMs);
  }

  #suffer(incident: Incident): void {
    const { kind, lastsMs } = incident;
    this.#deliver();
    this.lastTroubleMs = Math.max(this.lastTroubleMs, this.nowMs + lastsMs);
    const isCut = befall(incident, this.pbx, this.#line ? [this.#line] : []);
    if (kind === 'half-message' || kind === 'cut') this.#unreachableMs = lastsMs;
    if (kind === 'stall' || kind === 'silence')
      this.#stalledUntilMs = Math.max(this.#stalledUntilMs, this.nowMs + lastsMs);
    this.#deliver();
    // Where the far end does not hold out, all that is held back is lost.
    if (!HARMLESS.has(kind)) this.#goDeaf();
    if (isCut) this.#cut();
  }

  #goDeaf(): void {
    this.#deafSinceMs ??= this.nowMs;
  }

  #cut(): void {
    if (!this.#line) return;
    this.#reachableFromMs = this.nowMs + this.#unreachableMs;
    this.#unreachableMs = 0;
    this.#line = undefined;
    const fault = { code: 'closed-by-exchange', message: 'closed' } as const;
    this.#take({ type: 'closed', atMs: this.nowMs, fault });
  }

  #onEvent(eventClass: EventClass, text: string): void {
    this.book.hear(text, this.nowMs);
    this.#line?.hear(eventClass, text, this.nowMs);
  }

  #deliver(): void {
    const line = this.#line;
    if (!line) return;
    const text = line.dueMs <= this.nowMs ? line.take(this.nowMs) : '';
    if (text !== '') {
      // The far end held out: nothing was lost.
      if (line.isLoggedIn) this.#deafSinceMs = undefined;
      this.#take({ type: 'bytes', atMs: this.nowMs, chunk: Buffer.from(text, 'latin1') });
    }
    if (!line.isDead) return;
    this.#goDeaf();
    this.#cut();
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
      }
      if (this.pipeline.unbalanced(PRACTICE_PBX) > 0) this.unbalanced += 1;
    } else if (effect.type === 'connect') this.#connect();
    else if (effect.type === 'disconnect') {
      if (this.#line) this.#goDeaf();
      this.#line = undefined;
    } else if (effect.type === 'send') this.#write(effect.text);
  }

  #connect(): void {
    if (this.pbx.floor.exchange.isDown || this.nowMs < this.#reachableFromMs) {
      const fault = { code: 'unreachable', message: 'nobody there' } as const;
      return this.#take({ type: 'closed', atMs: this.nowMs, fault });
    }
    this.#line = new AmiLine(new AmiClient(this.pbx.floor, this.#login, '123456789'), this.#isRacing);
    this.#take({ type: 'connected', atMs: this.nowMs });
    this.#take({ type: 'bytes', atMs: this.nowMs, chunk: Buffer.from(BANNER) });
  }

  #write(text: string): void {
    const line = this.#line;
    if (!line) return;
    const wasIn = line.isLoggedIn;
    line.receive(text, this.nowMs);
    const answer = line.dueMs <= this.nowMs ? line.take(this.nowMs) : '';
    if (!wasIn && line.isLoggedIn) this.#hearAgain();
    if (answer !== '') this.#take({ type: 'bytes', atMs: this.nowMs, chunk: Buffer.from(answer, 'latin1') });
  }

  /** From the login on every event is told. */
  #hearAgain(): void {
    if (this.#deafSinceMs !== undefined)
      this.book.gaps.push({ fromMs: this.#deafSinceMs, untilMs: this.nowMs });
    this.#deafSinceMs = undefined;
    this.lastTroubleMs = Math.max(this.lastTroubleMs, this.nowMs);
  }
}
