import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import { AmiClient, BANNER, type PracticeLogin } from './ami-client.ts';
import { AmiLine } from './ami-line.ts';
import { befall } from './befall.ts';
import type { EmittedEvent } from './exchange.ts';
import type { Habit, Incident } from './faults.ts';
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
  /** As of PracticePbx: whoever keeps a book of the truth beside it is told the same. */
  readonly onIntent?: (intent: Intent) => void;
  readonly onOutage?: (fromMs: number, untilMs: number) => void;
  readonly onEvent?: EmittedEvent;
  /** What it does all the time that it need not do, and what befalls it, by its own time; nothing by default. */
  readonly habits?: readonly Habit[];
  readonly incidents?: readonly Incident[];
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
  readonly line: AmiLine;
  /** Timers that end with the connection. */
  readonly cancels: (() => void)[];
  isClosing: boolean;
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
    habits: settings.habits ?? [],
    onEvent: (eventClass, text) => {
      settings.onEvent?.(eventClass, text);
      for (const { line } of connections) line.hear(eventClass, text, pbx.floor.exchange.nowMs);
    },
    ...(settings.onIntent ? { onIntent: settings.onIntent } : {}),
    ...(settings.onOutage ? { onOutage: settings.onOutage } : {}),
  });
  pbx.advanceTo(startedMs);

  const incidents = [...(settings.incidents ?? [])];
  let reachableFromMs = -Infinity;
  const flushAll = (): void => {
    const { nowMs: atMs } = pbx.floor.exchange;
    for (const connection of connections)
      flush(connection, atMs, settings.maxUnreadBytes ?? MAX_UNREAD_BYTES, clock);
  };
  let cancelWake: () => void = () => undefined;
  const advance = (): void => {
    cancelWake();
    const atMs = nowMs();
    for (let due = incidents[0]; due !== undefined && due.atMs <= atMs; due = incidents[0]) {
      incidents.shift();
      pbx.advanceTo(due.atMs);
      flushAll();
      const isCut = befall(
        due,
        pbx,
        Array.from(connections, ({ line }) => line),
      );
      flushAll();
      if (!isCut) continue;
      reachableFromMs = due.atMs + due.lastsMs;
      for (const { socket } of connections) socket.end();
    }
    pbx.advanceTo(atMs);
    flushAll();
    const lineMs = Math.min(Infinity, ...Array.from(connections, ({ line }) => line.dueMs));
    const dueMs = Math.min(pbx.nextDueMs(), incidents[0]?.atMs ?? Infinity, lineMs);
    const sleepMs = Math.min((dueMs - nowMs()) / speed, LONGEST_SLEEP_MS);
    cancelWake = clock.after(Math.max(1, Math.ceil(sleepMs)), advance);
  };

  let count = 0;
  const isRacing = settings.habits?.includes('racing-lists') ?? false;
  const server = createServer((socket) => {
    if (pbx.floor.exchange.isDown || nowMs() < reachableFromMs) return void socket.destroy();
    count += 1;
    const client = new AmiClient(pbx.floor, settings, String(100_000_000 + count * 7919 + settings.seed));
    accept(socket, new AmiLine(client, isRacing), connections, { clock, advance, nowMs });
  });
  await listen(server, settings.port);
  advance();
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    port,
    configText: practiceConfigText({ ...settings, port, zone: site.zone }),
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
  line: AmiLine,
  connections: Set<Connection>,
  at: { readonly clock: Clock; readonly advance: () => void; readonly nowMs: () => number },
): void {
  const cancelLogin = at.clock.after(LOGIN_MS, () => {
    if (!line.isLoggedIn) socket.destroy();
  });
  const connection: Connection = { socket, line, cancels: [cancelLogin], isClosing: false };
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
    at.advance();
    line.receive(text, at.nowMs());
    at.advance();
  });
  socket.write(BANNER);
}

function flush(connection: Connection, atMs: number, maxUnreadBytes: number, clock: Clock): void {
  const { socket, line, cancels } = connection;
  const text = line.dueMs <= atMs ? line.take(atMs) : '';
  if (text !== '' && socket.writableLength > maxUnreadBytes) socket.destroy();
  else if (text !== '' && socket.writable) socket.write(text);
  const { closing } = line;
  if (line.isDead) socket.end();
  if (closing === undefined || connection.isClosing) return;
  connection.isClosing = true;
  if (closing.afterMs === 0) socket.end(closing.text);
  else cancels.push(clock.after(closing.afterMs, () => socket.end(closing.text)));
}
