import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { get, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import type { Outcome } from '../../src/calls/facts.ts';
import { HABITS } from '../../src/simulator/faults.ts';
import { type PracticeServer, startPracticeServer } from '../../src/simulator/server.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import { Book } from '../simulation/book.ts';
import { LOGIN } from '../simulation/day-definition.ts';
import { StepClock } from '../simulation/step-clock.ts';
import { Life } from './life.ts';
import { type Stage, stageOf } from './stage-of.ts';

export interface WorldSettings {
  readonly seed: number;
  readonly startMs: number;
  readonly callsPerHour: number;
  /** For the journal and for compiled code. */
  readonly folder: string;
}

/** What is said at one instant is read at the next of these. */
const STEP_MS = 100;
/** What was told may wait so long before the journal is handed it (keeping.ts STATES_EVERY_MS). */
const STATES_MS = 100;
const TURNS = 100_000;
/** Of so many calls the last ones may be open. */
const RECENT = 2000;

/**
 * The practice exchange, which goes on, and one daemon after the other that watches it and is killed; on one clock,
 * held here.
 */
export class World {
  readonly book = new Book();
  readonly server: PracticeServer;
  readonly file: string;
  /** When each life ended, and from when on the next one watched. */
  readonly downs: { readonly fromMs: number; untilMs: number }[] = [];
  /** What was committed for certain: an outcome, or undefined of a call that was only opened. */
  readonly committed = new Map<string, Outcome | undefined>();
  configText: string;
  readonly #cache: string;
  readonly #clock: StepClock;
  readonly #sockets: Set<Socket>;
  readonly #forget: () => void;
  #life: Life | undefined;
  #next: Life;
  /** From here on nothing is committed for certain. */
  #unsureMs: number;

  private constructor(
    settings: WorldSettings,
    parts: Pick<World, 'server'> & {
      clock: StepClock;
      sockets: Set<Socket>;
      forget: () => void;
      book: Book;
    },
  ) {
    this.book = parts.book;
    this.server = parts.server;
    this.file = `${settings.folder}/journal.db`;
    const journal = { file: this.file, keyFile: `${settings.folder}/keys` };
    this.configText = `${this.server.configText}journal: ${JSON.stringify(journal)}\n`;
    this.#clock = parts.clock;
    this.#sockets = parts.sockets;
    this.#forget = parts.forget;
    this.#cache = `${settings.folder}/cache`;
    this.#unsureMs = settings.startMs;
    this.#next = new Life(this.#cache);
  }

  static async start(settings: WorldSettings): Promise<World> {
    const clock = new StepClock(settings.startMs);
    const book = new Book();
    const server = await startPracticeServer({
      ...LOGIN,
      seed: settings.seed,
      callsPerHour: settings.callsPerHour,
      clock,
      port: 0,
      speed: 1,
      warmUpMs: 0,
      site: SHANGHAI,
      habits: HABITS,
      readsCdr: true,
      onIntent: (intent) => book.write(intent),
      onEvent: (_, block) => book.hear(block, clock.nowMs()),
    });
    const sockets = new Set<Socket>();
    const keep = (message: unknown): void => {
      const { socket } = message as { socket: Socket };
      if (socket.localPort !== server.port) return;
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    };
    subscribe('net.server.socket', keep);
    const forget = (): void => void unsubscribe('net.server.socket', keep);
    return new World(settings, { server, clock, sockets, forget, book });
  }

  get nowMs(): number {
    return this.#clock.nowMs();
  }

  /** What was told until then is committed for certain. */
  get sureMs(): number {
    return this.#unsureMs;
  }

  get life(): Life {
    if (!this.#life) throw new Error('nobody watches');
    return this.#life;
  }

  /** Callers of hotlines on the line now, by where they are. */
  open(): ReadonlyMap<Stage, number> {
    const open = new Map<Stage, number>();
    for (const entry of this.book.ledger.entries.slice(-RECENT)) {
      const stage = stageOf(entry, this.nowMs);
      if (stage) open.set(stage, (open.get(stage) ?? 0) + 1);
    }
    return open;
  }

  /** From the next start on every hotline has another target for answers. */
  setTarget(direct: number): void {
    const norm = `norm: { targets: { direct: ${direct} } }\n`;
    this.configText = `${this.configText.replace(/^norm: .*\n/m, '')}${norm}`;
  }

  /** Another daemon begins on the same journal; one more is loaded for the time after it. */
  async begin(): Promise<Life> {
    const life = this.#next;
    await life.loaded();
    this.#next = new Life(this.#cache);
    this.#life = life;
    life.begin(this.configText, this.nowMs);
    return life;
  }

  /** Lets time pass, for the exchange alone where nobody watches. */
  async advanceTo(untilMs: number): Promise<void> {
    while (this.nowMs < untilMs) {
      this.#step(Math.min(untilMs, this.nowMs + STEP_MS));
      if (this.#life) await this.#settle(this.#life);
    }
  }

  /** Until the daemon watches the exchange. */
  async untilReady(): Promise<void> {
    while (this.life.readyAtMs === undefined) await this.advanceTo(this.nowMs + STEP_MS);
    this.#hearAgain(this.life.readyAtMs);
  }

  /** Kills it in the middle of what it does: so many turns of our loop after time went on for it. */
  async kill(turns: number): Promise<void> {
    const { life } = this;
    if (life.url !== '') {
      this.#step(this.nowMs + STEP_MS);
      life.push(this.nowMs, this.#written());
    }
    for (let turn = 0; turn < turns; turn += 1) await setImmediate();
    await life.kill();
    await this.#leave(life);
  }

  /** Stops it as an operator does. */
  async stop(): Promise<void> {
    const { life } = this;
    await this.#settle(life);
    this.#unsureMs = this.nowMs;
    await life.stop();
    await this.#leave(life, true);
  }

  async read(path: string): Promise<string> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${this.life.url}${path}`, { agent: false }, resolve).once('error', reject);
    });
    return text(answer);
  }

  async close(): Promise<void> {
    if (this.#life) await this.#life.kill();
    await this.#next.kill();
    await this.server.close();
    this.#forget();
  }

  #step(untilMs: number): void {
    while (this.nowMs < untilMs) this.#clock.step(untilMs);
  }

  /** Nobody watches any more; what was not committed may be lost. */
  async #leave(life: Life, isClean = false): Promise<void> {
    this.#life = undefined;
    while (this.server.clients() > 0) await setImmediate();
    const commits = isClean ? life.told.length : life.committed;
    for (const { place, uniqueid, outcome } of life.told) {
      if (!isClean && place > commits) continue;
      this.committed.set(uniqueid, outcome ?? this.committed.get(uniqueid));
    }
    const [sureMs, last] = life.commitsMs;
    if (!isClean && last !== undefined && sureMs !== undefined && life.readyAtMs !== undefined)
      this.#unsureMs = Math.max(this.#unsureMs, sureMs - STATES_MS - STEP_MS);
    if (this.downs.at(-1)?.untilMs !== Infinity) this.downs.push({ fromMs: this.nowMs, untilMs: Infinity });
  }

  #hearAgain(atMs: number): void {
    this.book.gaps.push({ fromMs: this.#unsureMs, untilMs: atMs });
    this.#unsureMs = atMs;
    const down = this.downs.at(-1);
    if (down) down.untilMs = Math.min(down.untilMs, atMs);
  }

  /** Both sides have read everything that was said until now. */
  async #settle(life: Life): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const written = this.#written();
      const { wrote } = await life.go(this.nowMs, written);
      while (!this.#hasRead(wrote)) await setImmediate();
      const now = this.#written();
      const ports = Object.keys(now);
      const isSame = ports.every((port) => now[port] === written[port] && wrote[port] !== undefined);
      if (isSame && Object.keys(wrote).length === ports.length) return;
    }
    throw new Error('the wire does not come to rest');
  }

  #written(): Record<string, number> {
    return Object.fromEntries(
      Array.from(this.#sockets, ({ remotePort, bytesWritten }) => [String(remotePort), bytesWritten]),
    );
  }

  #hasRead(wrote: Readonly<Record<string, number>>): boolean {
    return [...this.#sockets].every(({ remotePort, bytesRead, destroyed }) => {
      const bytes = wrote[String(remotePort)];
      return bytes === undefined || destroyed || bytesRead >= bytes;
    });
  }
}
