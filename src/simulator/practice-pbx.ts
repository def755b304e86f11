import { QUEUES, SEATS } from './company.ts';
import { type EmittedEvent, Exchange } from './exchange.ts';
import { Deadlines } from '../lib/deadlines.ts';
import { logIn, playAbsence } from './play-absence.ts';
import { playInbound, playInternal, playOutbound } from './play-call.ts';
import type { Floor, Script } from './play-ring.ts';
import { QueueDesk } from './queue-desk.ts';
import { seededRandom } from './random.ts';
import { Roster } from './roster.ts';
import type { PracticeSite } from './site.ts';
import { type Intent, Traffic } from './traffic.ts';

export interface PracticeSettings {
  /** Same seed, same start, same settings: the same bytes. */
  readonly seed: number;
  /** Inbound calls in the busiest hour; the night has fewer. 0: nobody calls but who is told to (`begin`). */
  readonly callsPerHour: number;
  readonly site: PracticeSite;
  /** The exchange's clock at its boot, unix ms. */
  readonly startMs: number;
  /** `systemname` of asterisk.conf: header SystemName and a prefix of every Uniqueid. Empty: neither. */
  readonly systemName: string;
  /** Told every event, in order. */
  readonly onEvent: EmittedEvent;
  /** Told every intent before the first event of it: the book of the truth is written from these. */
  readonly onIntent?: (intent: Intent) => void;
}

/**
 * The practice exchange on virtual time: no clock, no socket. `advanceTo` lets its people act and calls
 * `onEvent` with AMI text; between two calls `floor` is the state that the lists are made from.
 */
export class PracticePbx {
  readonly floor: Floor;
  readonly #traffic: Traffic;
  readonly #scripts = new Deadlines<Script>();
  readonly #onIntent: (intent: Intent) => void;

  constructor(settings: PracticeSettings) {
    const random = seededRandom(settings.seed);
    const exchange = new Exchange({
      system: settings.systemName,
      bootMs: settings.startMs,
      random: random.fork(),
      sink: settings.onEvent,
    });
    this.floor = { exchange, desk: new QueueDesk(exchange, QUEUES) };
    for (const seat of SEATS) logIn(this.floor, seat.interface);
    this.#onIntent = settings.onIntent ?? (() => undefined);
    const { callsPerHour, site, startMs } = settings;
    this.#traffic = new Traffic({ random: random.fork(), roster: new Roster(), site, callsPerHour, startMs });
  }

  /** Somebody means to do this; it begins at its own instant, or at once where that has passed. */
  begin(intent: Intent): void {
    this.#onIntent(intent);
    this.#scripts.set(Math.max(intent.atMs, this.floor.exchange.nowMs), scriptOf(this.floor, intent));
  }

  /** Nobody begins anything new; what has been decided goes on to its end. */
  stopTraffic(): void {
    this.#traffic.stop();
  }

  /** The next instant at which something happens; Infinity when nothing will. */
  nextDueMs(): number {
    return Math.min(this.#traffic.nextMs(), this.#scripts.nextDueMs() ?? Infinity);
  }

  /** Lets time pass until `atMs` (unix ms of the exchange's clock). */
  advanceTo(atMs: number): void {
    const { exchange } = this.floor;
    for (let dueMs = this.nextDueMs(); dueMs <= atMs; dueMs = this.nextDueMs()) {
      exchange.nowMs = Math.max(exchange.nowMs, dueMs);
      if (this.#traffic.nextMs() <= dueMs) for (const intent of this.#traffic.decide()) this.begin(intent);
      for (let due = this.#scripts.takeDue(dueMs); due; due = this.#scripts.takeDue(dueMs))
        this.#resume(due.item);
    }
    exchange.nowMs = Math.max(exchange.nowMs, atMs);
  }

  #resume(script: Script): void {
    const step = script.next();
    if (!step.done) this.#scripts.set(this.floor.exchange.nowMs + Math.max(0, step.value), script);
  }
}

function scriptOf(floor: Floor, intent: Intent): Script {
  switch (intent.kind) {
    case 'inbound':
      return playInbound(floor, intent);
    case 'outbound':
      return playOutbound(floor, intent);
    case 'internal':
      return playInternal(floor, intent);
    default:
      return playAbsence(floor, intent);
  }
}
