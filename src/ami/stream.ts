import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import { IncidentLog } from '../lib/incident-log.ts';
import type { Logger } from '../lib/log.ts';
import { failureOf, type LinkStatus, type PbxConnection } from './connection.ts';
import type { PbxEvent } from './pbx-event.ts';
import type { RightsVerdict } from './rights.ts';
import { ReadingSession, type SessionEffect, type SessionInput } from './session.ts';
import type { ReadonlyTotals } from './session-totals.ts';
import { faultOf, openSocket } from './socket.ts';

export interface StreamPorts {
  readonly clock: Clock;
  readonly log: Logger;
  /** Called for each event in order, on the loop that reads the socket: whatever is slow here slows the reading. */
  readonly onEvent: (event: PbxEvent) => void;
  readonly onStatus: (status: LinkStatus) => void;
  /** 0 to 1, for the waits between tries. */
  readonly jitter: () => number;
  /** Hears what comes over the wire before it is understood, for a recording. */
  readonly tap?: StreamTap;
}
/** The bytes of one connection after the other; a chunk must not be kept, nor written to. */
export interface StreamTap {
  readonly connected: () => void;
  readonly bytes: (chunk: Buffer) => void;
}
export interface StreamStats extends ReadonlyTotals {
  readonly bytes: number;
}
export interface ReadingStream {
  status(): LinkStatus;
  stats(): StreamStats;
  /** What of the login's rights is too wide or too narrow; undefined before Asterisk has said. */
  rights(): RightsVerdict | undefined;
  /** Ends the session; resolves when its socket is closed. */
  stop(): Promise<void>;
}

/** Starts reading one exchange, and goes on until stopped: comes back by itself after whatever ends a connection. */
export function openReadingSession(connection: PbxConnection, ports: StreamPorts): ReadingStream {
  const stream = new SocketStream(connection, ports);
  stream.start();
  return stream;
}

/** Carries out what the session asks for: the socket, the timer, the log. Decides nothing. */
class SocketStream implements ReadingStream {
  readonly #connection: PbxConnection;
  readonly #ports: StreamPorts;
  readonly #session: ReadingSession;
  readonly #incidents: IncidentLog;
  readonly #saidWarnings = new Set<string>();
  /** Inputs that came while one was being worked on: a callback may stop the session. */
  readonly #inbox: SessionInput[] = [];
  #isWorking = false;
  #socket: Socket | undefined;
  #bytes = 0;
  #timer: { readonly dueMs: number; readonly cancel: () => void } | undefined;
  readonly #closed: (() => void)[] = [];

  constructor(connection: PbxConnection, ports: StreamPorts) {
    this.#connection = connection;
    this.#ports = ports;
    this.#incidents = new IncidentLog(ports.log);
    const token = (): string => randomBytes(12).toString('hex');
    this.#session = new ReadingSession(connection, { token, jitter: ports.jitter });
  }

  start(): void {
    this.#take({ type: 'start', atMs: this.#ports.clock.nowMs() });
  }

  status(): LinkStatus {
    return this.#session.status;
  }

  stats(): StreamStats {
    const { messages, known, unknown, dropped } = this.#session.totals;
    return { bytes: this.#bytes, messages, known, unknown, dropped };
  }

  rights(): RightsVerdict | undefined {
    return this.#session.rights;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#closed.push(resolve));
    this.#take({ type: 'stop', atMs: this.#ports.clock.nowMs() });
    this.#tellClosed();
    await closed;
  }

  #take(input: SessionInput): void {
    this.#inbox.push(input);
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      for (let next = this.#inbox.shift(); next !== undefined; next = this.#inbox.shift()) {
        for (const effect of this.#session.step(next)) this.#apply(effect);
      }
    } finally {
      this.#isWorking = false;
    }
    this.#arm();
  }

  #apply(effect: SessionEffect): void {
    switch (effect.type) {
      case 'emit':
        for (const event of effect.events) this.#ports.onEvent(event);
        break;
      case 'send':
        this.#socket?.write(effect.text);
        break;
      case 'connect':
        this.#connect();
        break;
      case 'disconnect':
        this.#socket?.destroy();
        break;
      case 'status':
        this.#report(effect.status);
        break;
    }
  }

  #connect(): void {
    const { clock, tap } = this.#ports;
    try {
      const socket = openSocket(this.#connection, {
        connected: () => {
          tap?.connected();
          this.#takeFrom(socket, { type: 'connected', atMs: clock.nowMs() });
        },
        bytes: (chunk) => {
          this.#bytes += chunk.length;
          if (this.#socket === socket) tap?.bytes(chunk);
          this.#takeFrom(socket, { type: 'bytes', atMs: clock.nowMs(), chunk });
        },
        closed: (fault) => {
          this.#takeFrom(socket, { type: 'closed', atMs: clock.nowMs(), fault });
          if (this.#socket === socket) this.#socket = undefined;
          this.#tellClosed();
        },
      });
      this.#socket = socket;
    } catch (cause) {
      const error = cause instanceof Error ? cause : undefined;
      this.#take({ type: 'closed', atMs: clock.nowMs(), fault: faultOf(this.#connection, error) });
    }
  }

  /** A socket that was given up may still speak; nothing of it belongs to the connection after it. */
  #takeFrom(socket: Socket, input: SessionInput): void {
    if (this.#socket === socket) this.#take(input);
  }

  #tellClosed(): void {
    if (this.#session.status.state !== 'stopped' || this.#socket !== undefined) return;
    for (const resolve of this.#closed.splice(0)) resolve();
  }

  /** One timer, set again only when something is due earlier: it may ring too early, never too late. */
  #arm(): void {
    const { dueMs } = this.#session;
    const isNever = dueMs === Number.POSITIVE_INFINITY;
    if (this.#timer !== undefined && this.#timer.dueMs <= dueMs && !isNever) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    if (isNever) return;
    const { clock } = this.#ports;
    const cancel = clock.after(Math.max(0, dueMs - clock.nowMs()), () => {
      this.#timer = undefined;
      this.#take({ type: 'time', atMs: clock.nowMs() });
    });
    this.#timer = { dueMs, cancel };
  }

  #report(status: LinkStatus): void {
    const { pbx } = status;
    const { log, onStatus } = this.#ports;
    const failure = failureOf(status);
    if (failure !== undefined) {
      this.#incidents.failed(failure.atMs, failure.code, { pbx, failure: failure.code }, failure.message);
    }
    if (status.state === 'ready') {
      this.#incidents.recovered(status.sinceMs, { pbx }, 'The exchange is being watched again.');
    }
    for (const warning of status.warnings) {
      if (this.#saidWarnings.has(warning)) continue;
      this.#saidWarnings.add(warning);
      log.warn({ pbx }, warning);
    }
    onStatus(status);
  }
}
