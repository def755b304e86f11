import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ON_ITS_WAY_MS } from './bench-clock.ts';
import { lastInstantMs } from './last-instant.ts';
import { within } from './within.ts';
import { script, ScriptedExchange, type ExchangeScript, type Headers } from '../support/scripted-exchange.ts';

/** How often a paced stream is written: as often as an exchange that is busy writes, nearly. */
const PACE_MS = 5;
const EVENT_END = '\r\n\r\n';

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

  /** Writes as fast as it is read. Rejects where the connection does not last until all is written. */
  async pour(chunks: Iterable<Buffer>): Promise<void> {
    const socket = await this.#reader();
    for (const chunk of chunks) await this.#write(chunk, socket);
  }

  /**
   * Writes so many bytes a second, in small parts. Each ends where an event does, as an answer may be written next: the
   * one thread of a session writes both, each whole (manager.c, do_message). Rejects as `pour` does.
   */
  async pourAt(bytesPerS: number, chunks: Iterable<Buffer>): Promise<void> {
    const socket = await this.#reader();
    const fromMs = performance.now();
    let written = 0;
    for (const chunk of chunks) {
      for (let at = 0; at < chunk.length;) {
        const dueBytes = ((performance.now() - fromMs) * bytesPerS) / 1_000 - written;
        const end = lastEnd(chunk, at + Math.floor(dueBytes));
        if (end > at) {
          await this.#write(chunk.subarray(at, end), socket);
          written += end - at;
          at = end;
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

  async #reader(): Promise<Socket> {
    await within(this.#connected, 'a reader to connect');
    if (this.#socket === undefined) throw new Error('no reader is connected');
    return this.#socket;
  }

  async #write(chunk: Buffer, socket: Socket): Promise<void> {
    // What is left out would be waited for at the other end for ever.
    if (socket.destroyed) throw new Error('the reader cut the connection in the middle of the stream');
    const instantMs = lastInstantMs(chunk);
    if (instantMs !== undefined) this.#atMs = instantMs + ON_ITS_WAY_MS;
    if (socket.write(chunk)) return;
    const drained = new Promise<void>((resolve) => {
      const goOn = (): void => {
        socket.off('drain', goOn).off('close', goOn);
        resolve();
      };
      socket.on('drain', goOn).on('close', goOn);
    });
    await within(drained, 'the reader to read what was written to it');
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

/** Where the last event ends that is whole before this place; 0 where none is. */
function lastEnd(chunk: Buffer, before: number): number {
  const from = Math.min(before, chunk.length) - EVENT_END.length;
  const found = from < 0 ? -1 : chunk.lastIndexOf(EVENT_END, from);
  return found < 0 ? 0 : found + EVENT_END.length;
}
