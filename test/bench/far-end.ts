import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ON_ITS_WAY_MS } from './bench-clock.ts';
import { lastInstantMs } from './last-instant.ts';
import { script, ScriptedExchange, type ExchangeScript, type Headers } from '../support/scripted-exchange.ts';

/** How often a paced stream is written: as often as an exchange that is busy writes, nearly. */
const PACE_MS = 5;

/** The exchange's side of one connection at a time: answers a login where it is asked to, and pours out a stream. */
export class FarEnd {
  readonly #server: Server;
  readonly #script: ExchangeScript;
  #socket: Socket | undefined;
  /** The exchange's clock is where its stream has come to: a Ping in between is answered with it. */
  #atMs: number | undefined;
  #onConnected = (): void => undefined;
  /** Somebody connected: a client may know that before its server does. */
  readonly #connected: Promise<void>;

  /**
   * @param talks whether it greets and answers; a reader that only reads is told nothing but the stream
   * @param startMs what its clock says before a stream is poured; the machine's own where it is undefined
   */
  constructor(
    talks: boolean,
    startMs: number | undefined,
    lists: { readonly queues?: readonly Headers[]; readonly channels?: readonly Headers[] } = {},
  ) {
    this.#atMs = startMs;
    const nowMs = (): number => this.#atMs ?? Date.now();
    const statuses = (lists.channels ?? []).map((line) => ({ ...line, Event: 'Status' }));
    this.#connected = new Promise((resolve) => (this.#onConnected = resolve));
    this.#script = script({
      nowMs,
      queues: [...(lists.queues ?? [])],
      channels: [...(lists.channels ?? [])],
      statuses,
    });
    this.#server = createServer((socket) => {
      this.#socket = socket;
      this.#onConnected();
      // A reader that has read enough cuts.
      socket.on('error', () => socket.destroy());
      if (talks) this.#talk(socket);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** Writes as fast as it is read. */
  async pour(chunks: Iterable<Buffer>): Promise<void> {
    for (const chunk of chunks) await this.#write(chunk);
  }

  /** Writes so many bytes a second, in small parts. */
  async pourAt(bytesPerS: number, chunks: Iterable<Buffer>): Promise<void> {
    const fromMs = performance.now();
    let written = 0;
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.length;) {
        const dueBytes = ((performance.now() - fromMs) * bytesPerS) / 1_000;
        const part = Math.min(chunk.length - at, Math.floor(dueBytes - written));
        if (part > 0) {
          await this.#write(chunk.subarray(at, at + part));
          at += part;
          written += part;
        } else await sleep(PACE_MS);
      }
    }
  }

  cut(): void {
    this.#socket?.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #write(chunk: Buffer): Promise<void> {
    await this.#connected;
    const instantMs = lastInstantMs(chunk);
    if (instantMs !== undefined) this.#atMs = instantMs + ON_ITS_WAY_MS;
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed || socket.write(chunk)) return;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        socket.off('drain', goOn).off('close', goOn);
        resolve();
      };
      socket.on('drain', goOn).on('close', goOn);
    });
  }

  #talk(socket: Socket): void {
    const exchange = new ScriptedExchange(this.#script);
    socket.on('data', (bytes) => {
      const answer = exchange.take(bytes.toString());
      if (answer !== '') socket.write(answer);
    });
    socket.write(exchange.greet());
  }
}
