import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type App, startApp } from '../../src/app.ts';
import { loadConfigText } from '../../src/config/load.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { HABITS, type Incident } from '../../src/simulator/faults.ts';
import { type PracticeServer, startPracticeServer } from '../../src/simulator/server.ts';
import { type PracticeSite, SHANGHAI } from '../../src/simulator/site.ts';
import { Book } from './book.ts';
import { LOGIN } from './day-definition.ts';
import { QuietWire } from './quiet-wire.ts';
import { StepClock } from './step-clock.ts';

/** Events that only the line held back come at once when it goes on. */
const HELD_BACK_MS = 1000;
const RETRY_MS = 1000;

/**
 * The whole daemon, as `npm start` runs it, and the practice exchange on a socket of 127.0.0.1, on one clock: it goes
 * on only when all that was said at an instant has been read, so that days pass in seconds and nothing is ever late.
 */
export class SocketExchange {
  readonly app: App;
  readonly server: PracticeServer;
  readonly book: Book;
  readonly #clock: StepClock;
  readonly #wire: QuietWire;
  readonly #incidents: Incident[];
  /** Since when the daemon is told nothing, and over how many connections it had been told. */
  #deaf: { readonly sinceMs: number; readonly connections: number; mayHoldOut: boolean } | undefined;
  #stalledUntilMs = -Infinity;

  private constructor(
    parts: Pick<SocketExchange, 'app' | 'server' | 'book'>,
    wire: QuietWire,
    clock: StepClock,
    incidents: readonly Incident[],
  ) {
    this.app = parts.app;
    this.server = parts.server;
    this.book = parts.book;
    this.#wire = wire;
    this.#clock = clock;
    this.#incidents = [...incidents];
  }

  static async start(settings: {
    readonly seed: number;
    readonly startMs: number;
    readonly callsPerHour: number;
    /** In order of time. */
    readonly incidents: readonly Incident[];
    readonly site?: PracticeSite;
    /** Settings of the daemon beside those of the practice company, YAML. */
    readonly settings?: string;
  }): Promise<SocketExchange> {
    const clock = new StepClock(settings.startMs);
    const book = new Book();
    const server = await startPracticeServer({
      ...LOGIN,
      site: SHANGHAI,
      ...settings,
      clock,
      port: 0,
      speed: 1,
      warmUpMs: 0,
      habits: HABITS,
      readsCdr: true,
      onIntent: (intent) => book.write(intent),
      onOutage: (fromMs, untilMs) => book.ledger.writeOutage(fromMs, untilMs),
      onEvent: (_, block) => book.hear(block, clock.nowMs()),
    });
    const wire = new QuietWire(() => server.port);
    const environment = { RINGSIDE_HTTP__PORT: '0' };
    const text = `${server.configText}${settings.settings ?? ''}`;
    const loaded = await loadConfigText(text, { file: 'practice.yaml', environment });
    if (!loaded.ok)
      throw new Error(`the practice configuration is wrong: ${JSON.stringify(loaded.mistakes)}`);
    const app = await startApp({
      config: loaded.config,
      version: 'soak',
      clock,
      log: createLogger('silent'),
      jitter: () => 1,
    });
    app.pipeline.onFact((fact) => book.facts.push(fact));
    await wire.settle();
    return new SocketExchange({ app, server, book }, wire, clock, settings.incidents);
  }

  get nowMs(): number {
    return this.#clock.nowMs();
  }

  /** Connections to the exchange since the start. */
  get connections(): number {
    return this.app.links()[0]?.connections ?? 0;
  }

  /** Lets time pass for everybody. */
  async advanceTo(untilMs: number): Promise<void> {
    while (this.nowMs < untilMs) {
      this.#clock.step(untilMs);
      this.#noteIncidents();
      await this.#wire.settle();
      this.#listen();
    }
  }

  /** Lets time pass until the daemon watches the exchange, where it does not. */
  async untilReady(): Promise<void> {
    while (this.app.links()[0]?.state !== 'ready') await this.advanceTo(this.nowMs + RETRY_MS);
  }

  /** A page over a connection of its own, which is closed when it resolves. */
  async read(path: string): Promise<string> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${this.app.url}${path}`, { agent: false }, resolve).once('error', reject);
    });
    const page = await text(answer);
    await this.#wire.settle();
    return page;
  }

  async stop(): Promise<void> {
    await this.app.stop();
    await this.server.close();
    this.#wire.close();
  }

  #noteIncidents(): void {
    for (let due = this.#incidents[0]; due && due.atMs <= this.nowMs; due = this.#incidents[0]) {
      this.#incidents.shift();
      const { kind, atMs, lastsMs } = due;
      if (kind === 'clock-step' || kind === 'reload') continue;
      const isHeldBack = kind === 'stall' || kind === 'silence';
      if (isHeldBack) this.#stalledUntilMs = Math.max(this.#stalledUntilMs, atMs + lastsMs);
      this.#deaf ??= { sinceMs: atMs, connections: this.connections, mayHoldOut: true };
      this.#deaf.mayHoldOut &&= isHeldBack;
    }
  }

  /** Whether the daemon is told again: over a new connection, or because the line held nothing back for good. */
  #listen(): void {
    if (!this.#deaf || this.app.links()[0]?.state !== 'ready') return;
    const { sinceMs, connections, mayHoldOut } = this.#deaf;
    if (this.connections > connections) {
      this.book.gaps.push({ fromMs: sinceMs, untilMs: this.nowMs });
      this.#deaf = undefined;
    } else if (mayHoldOut && this.nowMs > this.#stalledUntilMs + HELD_BACK_MS) this.#deaf = undefined;
  }
}
