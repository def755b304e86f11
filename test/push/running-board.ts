import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { vi } from 'vitest';
import type { Asking, Gate } from '../../src/access/gate.ts';
import type { Who } from '../../src/access/who.ts';
import { LiveBoard, type LiveBoardOptions } from '../../src/live-board.ts';
import type { LiveSeat } from '../../src/seats/live.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { someSeat } from '../support/picture.ts';
import { someReport } from '../support/report.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { someWho, TWO_LINES } from './some-board.ts';
import { VirtualClient } from './virtual-client.ts';

export const OUR_PAGE = 'http://board.test';

/** Lets in whoever says a name that is known, and ends their session where a test says so. */
export class NameGate implements Gate {
  readonly known = new Map<string, Who>([['li', someWho()]]);
  readonly #listeners = new Set<(who: Who) => void>();

  whoOf({ headers }: Asking): Who | undefined {
    return this.known.get(headers.authorization ?? '');
  }
  isOurs({ headers }: Asking): boolean {
    return headers.origin === OUR_PAGE;
  }
  onSessionEnd(listener: (who: Who) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  end(name: string): void {
    const who = this.known.get(name);
    this.known.delete(name);
    if (who !== undefined) for (const listener of this.#listeners) listener(who);
  }
}

/** What a test's WebSocket took, and how it ended. */
export class RealClient {
  readonly socket: WebSocket;
  readonly read = new VirtualClient();
  closed: number | undefined;
  /** Status of an upgrade that was refused. */
  refused: number | undefined;

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.socket = new WebSocket(url, { headers, perMessageDeflate: false });
    this.socket.on('message', (data: Buffer) => this.read.send(data));
    this.socket.on('close', (code) => (this.closed = code));
    this.socket.on('error', () => undefined);
    this.socket.on('unexpected-response', (request, response) => {
      this.refused = response.statusCode;
      request.destroy();
    });
  }

  say(said: unknown): void {
    this.socket.send(JSON.stringify(said));
  }

  async until(isSo: () => boolean): Promise<void> {
    await vi.waitFor(
      () => {
        if (!isSo()) throw new Error('what the test waits for has not come');
      },
      { timeout: 10_000, interval: 2 },
    );
  }
}

/** The board at `/live` of a server of its own; seats and time are the test's. */
export class RunningBoard {
  readonly clock = new VirtualClock();
  readonly gate = new NameGate();
  readonly log = new MemoryLog();
  readonly board: LiveBoard;
  seats: LiveSeat[] = [someSeat()];
  builds = 0;
  readonly #server: Server = createServer((_request, response) => response.end());
  readonly #clients: RealClient[] = [];

  constructor(options: Partial<LiveBoardOptions> = {}) {
    this.board = new LiveBoard({
      clock: this.clock,
      log: this.log,
      version: 'test',
      report: () => {
        this.builds += 1;
        return someReport([], { seats: this.seats }, TWO_LINES);
      },
      seats: () => this.seats,
      definition: () => TWO_LINES,
      gate: this.gate,
      ...options,
    });
    this.board.attach(this.#server);
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  connect(name: string, { path = '/live', ...headers }: Readonly<Record<string, string>> = {}): RealClient {
    const { port } = this.#server.address() as AddressInfo;
    const client = new RealClient(`ws://127.0.0.1:${port}${path}`, { authorization: name, ...headers });
    this.#clients.push(client);
    return client;
  }

  /** Connected, and told the whole board. */
  async come(name = 'li'): Promise<RealClient> {
    const client = this.connect(name);
    await client.until(() => client.read.board !== undefined);
    return client;
  }

  /** The seat has another agent from now on, and somebody says that something changed. */
  rename(agent: string): void {
    this.seats = [someSeat({ agent })];
    this.board.touch();
  }

  async stop(): Promise<void> {
    const stopped = this.board.stop();
    for (const { socket } of this.#clients) socket.resume();
    await stopped;
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
