import { CallRecords } from './call-records.ts';
import { QUEUES, SEATS } from './company.ts';
import { type EmittedEvent, Exchange } from './exchange.ts';
import { eventHabits, type Habit } from './faults.ts';
import { Deadlines } from '../lib/deadlines.ts';
import { ParkingLot } from './parking-lot.ts';
import { logIn, playAbsence } from './play-absence.ts';
import { playInbound, playInternal, playOutbound } from './play-call.ts';
import type { Floor, Script } from './play-ring.ts';
import { QueueDesk } from './queue-desk.ts';
import { type Random, seededRandom } from './random.ts';
import { Posts } from './posts.ts';
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
  /** What it does all the time that it need not do; none by default. */
  readonly habits?: readonly Habit[];
  /** Told every event, in order. */
  readonly onEvent: EmittedEvent;
  /** Told every intent before the first event of it: the book of the truth is written from these. */
  readonly onIntent?: (intent: Intent) => void;
  /** Told of an outage as it begins: calls end with it, and who calls before its end reaches nothing. */
  readonly onOutage?: (fromMs: number, untilMs: number) => void;
}

interface Task {
  readonly run: () => void;
  /** It is part of a call, and ends where the exchange goes down. */
  readonly ofCall: boolean;
  readonly boot: number;
}

/**
 * The practice exchange on virtual time: no clock, no socket. `advanceTo` lets its people act and calls
 * `onEvent` with AMI text; between two calls `floor` is the state that the lists are made from.
 */
export class PracticePbx {
  readonly floor: Floor;
  readonly #records: CallRecords;
  readonly #traffic: Traffic;
  readonly #tasks = new Deadlines<Task>();
  readonly #onIntent: (intent: Intent) => void;
  readonly #onOutage: (fromMs: number, untilMs: number) => void;
  #boot = 1;

  constructor(settings: PracticeSettings) {
    const random = seededRandom(settings.seed);
    const exchange = new Exchange({
      system: settings.systemName,
      bootMs: settings.startMs,
      random: random.fork(),
      sink: settings.onEvent,
    });
    const posts = new Posts();
    this.floor = { exchange, desk: new QueueDesk(exchange, QUEUES), lot: new ParkingLot(exchange), posts };
    this.#records = new CallRecords(exchange);
    for (const seat of SEATS) logIn(this.floor, seat.interface);
    this.#onIntent = settings.onIntent ?? (() => undefined);
    this.#onOutage = settings.onOutage ?? (() => undefined);
    const { callsPerHour, site, startMs } = settings;
    const habits = new Set(settings.habits);
    this.#traffic = new Traffic({
      random: random.fork(),
      roster: new Roster(),
      posts,
      site,
      callsPerHour,
      startMs,
      pickups: habits.has('pickups'),
    });
    this.#takeHabits(random, habits);
  }

  #takeHabits(random: Random, habits: ReadonlySet<Habit>): void {
    const { exchange } = this.floor;
    if (!habits.has('late-sources') && !habits.has('repeated-dial-ends')) return;
    exchange.habits = eventHabits(random.fork(), habits, {
      nowMs: () => exchange.nowMs,
      after: (atMs, run) => this.#tasks.set(atMs, { run, ofCall: true, boot: this.#boot }),
    });
  }

  /** Somebody means to do this; it begins at its own instant, or at once where that has passed. */
  begin(intent: Intent): void {
    this.#onIntent(intent);
    const script = scriptOf(this.floor, intent);
    const ofCall = intent.kind === 'inbound' || intent.kind === 'outbound' || intent.kind === 'internal';
    this.#play(script, Math.max(intent.atMs, this.floor.exchange.nowMs), ofCall);
  }

  /** Nobody begins anything new; what has been decided goes on to its end. */
  stopTraffic(): void {
    this.#traffic.stop();
  }

  /**
   * It goes down, every call with it, and comes up again at `untilMs`, with nothing said while it is down. A restart
   * that was asked for announces itself; a crash does not.
   */
  goDown(untilMs: number, announced: boolean): void {
    const { exchange, desk, lot } = this.floor;
    if (exchange.isDown) return;
    if (announced)
      exchange.emit('system', 'Shutdown', [
        ['Shutdown', 'Cleanly'],
        ['Restart', 'True'],
      ]);
    exchange.isDown = true;
    this.#onOutage(exchange.nowMs, untilMs);
    const comeUp = (): void => {
      this.#boot += 1;
      exchange.reboot();
      desk.reboot();
      lot.reboot();
      this.#records.reboot();
    };
    this.#tasks.set(untilMs, { run: comeUp, ofCall: false, boot: this.#boot });
  }

  /** The next instant at which something happens; Infinity when nothing will. */
  nextDueMs(): number {
    return Math.min(this.#traffic.nextMs(), this.#tasks.nextDueMs() ?? Infinity);
  }

  /** Lets time pass until `atMs` (true time). */
  advanceTo(atMs: number): void {
    const { exchange } = this.floor;
    for (let dueMs = this.nextDueMs(); dueMs <= atMs; dueMs = this.nextDueMs()) {
      exchange.nowMs = Math.max(exchange.nowMs, dueMs);
      if (this.#traffic.nextMs() <= dueMs) for (const intent of this.#traffic.decide()) this.begin(intent);
      for (let due = this.#tasks.takeDue(dueMs); due; due = this.#tasks.takeDue(dueMs)) this.#run(due.item);
    }
    exchange.nowMs = Math.max(exchange.nowMs, atMs);
  }

  #run({ run, ofCall, boot }: Task): void {
    if (ofCall && (boot !== this.#boot || this.floor.exchange.isDown)) return;
    run();
  }

  #play(script: Script, atMs: number, ofCall: boolean): void {
    const run = (): void => {
      const step = script.next();
      if (!step.done) this.#play(script, this.floor.exchange.nowMs + Math.max(0, step.value), ofCall);
    };
    this.#tasks.set(atMs, { run, ofCall, boot: this.#boot });
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
