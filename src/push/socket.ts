import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Gate } from '../access/gate.ts';
import type { Who } from '../access/who.ts';
import type { Clock } from '../lib/clock.ts';
import type { ClientFrames } from './client-frames.ts';
import type { ClientSocket, Hub } from './hub.ts';
import { CLOSE, LARGEST_FRAME_BYTES } from './protocol.ts';
import type { ClosedReason } from './push-figures.ts';

/** Where the board is told. */
export const LIVE_PATH = '/live';

/** Whoever does not answer a close by then is cut off: it may not read at all. */
const CLOSE_MS = 2000;
/** Each is asked so often whether it is there; one that has not answered by the next time is not. */
const PING_MS = 30_000;

export interface PushSocketPorts {
  readonly gate: Gate;
  readonly hub: Hub;
  readonly frames: ClientFrames;
  readonly clock: Clock;
}

/**
 * `/live` on the HTTP server that is there: who may not come in is answered at the upgrade (404 for any other address,
 * 403 for a page that is not ours, 401 for nobody we know), and each connection belongs to a session.
 */
export class PushSocket {
  readonly #ports: PushSocketPorts;
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LARGEST_FRAME_BYTES,
  });
  readonly #open = new Set<Connection>();
  readonly #forgetSessions: () => void;

  constructor(ports: PushSocketPorts) {
    this.#ports = ports;
    this.#forgetSessions = ports.gate.onSessionEnd((who) => ports.hub.endSession(who));
  }

  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Tells everybody that the daemon stops, and waits for them for a moment. */
  async close(): Promise<void> {
    this.#forgetSessions();
    this.#ports.hub.stop();
    await Promise.all([...this.#open].map((connection) => connection.closed));
    this.#server.close();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { gate } = this.#ports;
    if (request.url?.split('?', 1)[0] !== LIVE_PATH) return refuse(socket, 404);
    // A browser says where its page is from; what is no browser has no page that could misuse its sign-in.
    if (request.headers.origin !== undefined && !gate.isOurs(request)) return refuse(socket, 403);
    const who = gate.whoOf(request);
    if (who === undefined) return refuse(socket, 401);
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#begin(who, opened));
  }

  #begin(who: Who, opened: WebSocket): void {
    const { hub, frames, clock } = this.#ports;
    const connection = new Connection(opened, clock);
    this.#open.add(connection);
    void connection.closed.then(() => this.#open.delete(connection));
    const client = hub.join(who, connection);
    if (client === undefined) return;
    connection.onEnd = (reason) => hub.leave(client, reason);
    opened.on('message', (data: Buffer, isBinary) => {
      if (isBinary) hub.dismiss(client, CLOSE.notText, 'not-text');
      else frames.hear(client, data.toString());
    });
  }
}

function refuse(socket: Duplex, status: 401 | 403 | 404): void {
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

/** One WebSocket; it ends when it is silent, or does not take its leave. */
class Connection implements ClientSocket {
  /** Resolves when it is gone. */
  readonly closed: Promise<void>;
  onEnd: (reason: ClosedReason) => void = () => undefined;
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  #reason: ClosedReason = 'left';
  #answered = true;
  #cancel: () => void;

  constructor(socket: WebSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    this.#cancel = clock.after(PING_MS, () => this.#ask());
    socket.on('pong', () => {
      this.#answered = true;
    });
    // ws answers with the code that fits before it closes; here is only told why.
    socket.on('error', (error: Error & { code?: string }) => {
      this.#reason = REASONS[error.code ?? ''] ?? this.#reason;
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#cancel();
        this.onEnd(this.#reason);
        resolve();
      });
    });
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  send(frame: Buffer): void {
    this.#socket.send(frame, SEND_AS_TEXT);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    this.#cancel();
    this.#cancel = this.#clock.after(CLOSE_MS, () => this.#socket.terminate());
  }

  #ask(): void {
    if (!this.#answered) {
      this.#reason = 'silent';
      this.#socket.terminate();
      return;
    }
    this.#answered = false;
    this.#socket.ping();
    this.#cancel = this.#clock.after(PING_MS, () => this.#ask());
  }
}

const SEND_AS_TEXT = { binary: false };

/** What ws says of frames that break RFC 6455 or a limit of ours. */
const REASONS: Readonly<Record<string, ClosedReason>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'too-large',
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 'too-large',
  WS_ERR_INVALID_UTF8: 'broken-frames',
  WS_ERR_INVALID_OPCODE: 'broken-frames',
  WS_ERR_EXPECTED_FIN: 'broken-frames',
  WS_ERR_EXPECTED_MASK: 'broken-frames',
  WS_ERR_UNEXPECTED_RSV_1: 'broken-frames',
  WS_ERR_UNEXPECTED_RSV_2_3: 'broken-frames',
  WS_ERR_INVALID_CLOSE_CODE: 'broken-frames',
  WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH: 'broken-frames',
};
