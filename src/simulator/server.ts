import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import type { EventClass } from './ami-block.ts';
import { AmiClient, BANNER, type ClientEffect, type PracticeLogin } from './ami-client.ts';
import { practiceConfigText } from './practice-config.ts';
import { PracticePbx } from './practice-pbx.ts';
import { type PracticeSite, siteInDaylight } from './site.ts';
import type { Intent } from './traffic.ts';

export interface PracticeServerSettings extends PracticeLogin {
  readonly clock: Clock;
  /** 0: any free port. Always on 127.0.0.1. */
  readonly port: number;
  /** Same seed and same start: the same calls. */
  readonly seed: number;
  /** Inbound calls in the busiest hour. */
  readonly callsPerHour: number;
  /** Seconds of the exchange in one second of ours; above 1 its clock runs ahead, as its timestamps say. */
  readonly speed: number;
  /** So long the exchange has been working when the server starts: calls are in progress at once. */
  readonly warmUpMs: number;
  /** By default one where it is day at the start. */
  readonly site?: PracticeSite;
  /** A client that leaves this many bytes unread is cut off. */
  readonly maxUnreadBytes?: number;
  readonly onIntent?: (intent: Intent) => void;
}

export interface PracticeServer {
  readonly port: number;
  /** The YAML text of a config file that watches this server. */
  readonly configText: string;
  readonly pbx: PracticePbx;
  /** The exchange's clock, unix ms. */
  nowMs(): number;
  /** Connections there are now, logged in or not. */
  clients(): number;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/** A look at least this often, so that a changed clock cannot make it sleep. */
const LONGEST_SLEEP_MS = 1000;
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;
/** manager.conf authtimeout. */
const LOGIN_MS = 30_000;

interface Connection {
  readonly socket: Socket;
  readonly client: AmiClient;
  /** Timers that end with the connection. */
  readonly cancels: (() => void)[];
  /** Events of this instant that are not written yet. */
  pending: string;
}

/** Starts the practice exchange on a socket of 127.0.0.1. Rejects when the port is taken. */
export async function startPracticeServer(settings: PracticeServerSettings): Promise<PracticeServer> {
  const { clock, speed } = settings;
  const startedMs = clock.nowMs();
  const nowMs = (): number => startedMs + (clock.nowMs() - startedMs) * speed;
  const site = settings.site ?? siteInDaylight(startedMs);
  const connections = new Set<Connection>();
  const pbx = new PracticePbx({
    seed: settings.seed,
    callsPerHour: settings.callsPerHour,
    site,
    startMs: startedMs - settings.warmUpMs,
    systemName: '',
    onEvent: (eventClass, text) => queueEvent(connections, eventClass, text),
    ...(settings.onIntent ? { onIntent: settings.onIntent } : {}),
  });
  pbx.advanceTo(startedMs);

  let cancelWake: () => void = () => undefined;
  const advance = (): void => {
    cancelWake();
    pbx.advanceTo(nowMs());
    for (const connection of connections) flush(connection, settings.maxUnreadBytes ?? MAX_UNREAD_BYTES);
    const sleepMs = Math.min((pbx.nextDueMs() - nowMs()) / speed, LONGEST_SLEEP_MS);
    cancelWake = clock.after(Math.max(1, Math.ceil(sleepMs)), advance);
  };

  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    const client = new AmiClient(pbx.floor, settings, String(100_000_000 + count * 7919 + settings.seed));
    accept(socket, client, connections, clock, advance);
  });
  await listen(server, settings.port);
  advance();
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    port,
    configText: practiceConfigText({ user: settings.user, secret: settings.secret, port, zone: site.zone }),
    pbx,
    nowMs,
    clients: () => connections.size,
    close: async () => {
      cancelWake();
      for (const { socket } of connections) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function accept(
  socket: Socket,
  client: AmiClient,
  connections: Set<Connection>,
  clock: Clock,
  advance: () => void,
): void {
  const cancelLogin = clock.after(LOGIN_MS, () => {
    if (!client.isLoggedIn) socket.destroy();
  });
  const connection: Connection = { socket, client, cancels: [cancelLogin], pending: '' };
  connections.add(connection);
  socket.setNoDelay(true);
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    for (const cancel of connection.cancels) cancel();
    connections.delete(connection);
  });
  socket.on('data', (text: string) => {
    // What is due comes first: an answer tells the state of this instant.
    advance();
    for (const effect of client.receive(text)) carryOut(connection, effect, clock);
  });
  socket.write(BANNER);
}

function carryOut(connection: Connection, effect: ClientEffect, clock: Clock): void {
  const { socket, cancels } = connection;
  if (effect.type === 'send') socket.write(effect.text);
  else if (effect.afterMs === 0) socket.end(effect.text);
  else cancels.push(clock.after(effect.afterMs, () => socket.end(effect.text)));
}

function queueEvent(connections: Set<Connection>, eventClass: EventClass, text: string): void {
  for (const connection of connections) {
    if (connection.client.wants(eventClass)) connection.pending += text;
  }
}

function flush(connection: Connection, maxUnreadBytes: number): void {
  const { socket, pending } = connection;
  if (pending === '') return;
  connection.pending = '';
  if (socket.writableLength > maxUnreadBytes) socket.destroy();
  else if (socket.writable) socket.write(pending);
}
