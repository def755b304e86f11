import { createServer, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Board, Changes, ServerFrame } from '../../src/push/protocol.ts';
import { applyChanges } from '../../src/push/apply-changes.ts';

const BUILT = join(import.meta.dirname, '../../dist/board');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** As strict as the daemon's. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'";

/** The built page and a `/live` that speaks the protocol out of a board of the test's own. */
export interface FakeFeed {
  readonly url: string;
  /** Tells every page of a change. */
  change(changes: Changes, nowMs: number): void;
  beat(nowMs: number): void;
  /** A text as it is, for what breaks the rules. */
  say(text: string): void;
  /** Ends every socket with that code. */
  cut(code: number): void;
  /** Whether new sockets are answered at all. */
  answers: boolean;
  /** What the pages said, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export async function startFakeFeed(board: Board, nowMs: () => number): Promise<FakeFeed> {
  const server = await listening();
  const sockets = new WebSocketServer({ server, path: '/live' });
  const asked: string[] = [];
  let [told, seq] = [board, 1];
  const tell = (socket: WebSocket, frame: ServerFrame): void => socket.send(JSON.stringify(frame));
  const tellAll = (frame: ServerFrame): void => {
    for (const socket of sockets.clients) tell(socket, frame);
  };
  const snapshot = (): ServerFrame => ({ type: 'snapshot', seq, nowMs: nowMs(), board: mutable(told) });
  const feed = { answers: true };
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      asked.push(String(data));
      if (String(data).includes('resync')) tell(socket, snapshot());
    });
    if (!feed.answers) return;
    tell(socket, hello(nowMs()));
    tell(socket, snapshot());
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(feed, {
    url: `http://127.0.0.1:${port}/`,
    asked,
    change: (changes: Changes, atMs: number) => {
      told = applyChanges(told, changes);
      seq += 1;
      tellAll({ type: 'delta', after: seq - 1, seq, nowMs: atMs, changes });
    },
    beat: (atMs: number) => tellAll({ type: 'heartbeat', seq, nowMs: atMs }),
    say: (text: string) => {
      for (const socket of sockets.clients) socket.send(text);
    },
    cut: (code: number) => {
      for (const socket of sockets.clients) socket.close(code);
    },
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

const hello = (nowMs: number): ServerFrame => ({
  type: 'hello',
  protocol: 1,
  version: '0.1.0',
  nowMs,
  heartbeatMs: 5000,
  who: { name: 'mei', title: 'Mei Lin', role: 'leader', kind: 'person' },
  may: { move: true, acknowledge: true, closeCallBacks: true, unmask: true },
  pauseReasons: ['lunch', 'training'],
});

const mutable = (board: Board): Extract<ServerFrame, { type: 'snapshot' }>['board'] => ({
  pbxs: [...board.pbxs],
  hotlines: [...board.hotlines],
  queues: [...board.queues],
  seats: [...board.seats],
  breaches: [...board.breaches],
  moves: [...board.moves],
});

async function listening(): Promise<Server> {
  const server = createServer((request, response) => {
    void answer(fileOf(request.url ?? '/'), response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function answer(file: string, response: ServerResponse): Promise<void> {
  try {
    const body = await readFile(join(BUILT, file));
    const type = TYPES[extname(file)] ?? 'text/plain';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

const fileOf = (url: string): string => {
  const path = normalize(new URL(url, 'http://page').pathname);
  return path === '/' ? 'index.html' : path;
};
