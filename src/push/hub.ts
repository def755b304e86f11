import type { Who } from '../access/who.ts';
import type { Clock } from '../lib/clock.ts';
import { Feed, frameOf } from './feed.ts';
import { FrameLimit } from './frame-limit.ts';
import { CLOSE, HEARTBEAT_MS, type Board, type ServerFrame } from './protocol.ts';
import {
  noPushFigures,
  type ClosedReason,
  type FrameKind,
  type PushFigures,
  type SnapshotReason,
} from './push-figures.ts';
import { scopeOf } from './scope.ts';
import { ScopedBoard, type SeatNames } from './scoped-board.ts';

/** One connection, as far as the hub uses it. */
export interface ClientSocket {
  /** Bytes that were handed over and that the network has not taken. */
  readonly bufferedAmount: number;
  /** Sends one text frame. */
  send(frame: Buffer): void;
  /** Ends it; whoever does not read any more is cut off soon after. */
  close(code: number, reason: string): void;
}

type Hello = Extract<ServerFrame, { type: 'hello' }>;

export interface HubPorts {
  readonly clock: Clock;
  /** The whole board as it is. */
  readonly board: () => Board;
  readonly seatNames: SeatNames;
  /** The first frame for somebody. */
  readonly hello: (who: Who, nowMs: number) => Hello;
  readonly limits?: Partial<HubLimits>;
}

export interface HubLimits {
  readonly mostClients: number;
  /** Of one name, so that whoever may look cannot keep everybody else out. */
  readonly mostOfOne: number;
  /** Above this a client is told no more until it has read. */
  readonly slowBytes: number;
  /** Below this it has. */
  readonly drainedBytes: number;
  /** Above this, or after `staleMs`, it is told the whole board when it has read, not what changed. */
  readonly mostBytes: number;
  readonly staleMs: number;
  /** After so long it is sent away. */
  readonly giveUpMs: number;
}

const LIMITS: HubLimits = {
  mostClients: 2000,
  mostOfOne: 200,
  slowBytes: 262_144,
  drainedBytes: 32_768,
  mostBytes: 4_194_304,
  staleMs: 5_000,
  giveUpMs: 30_000,
};
/** How often it is looked who has read, and to whom nothing was said for long. */
const LOOK_MS = 250;
/** The daemon stops: RFC 6455 registry, "service restart". */
const RESTART = 1012;

/** One that reads, and how far it is. Owned by the hub. */
export class HubClient {
  readonly who: Who;
  readonly socket: ClientSocket;
  readonly feed: Feed;
  readonly limit = new FrameLimit();
  brokenFrames = 0;
  /** What it was told of itself last, but for the instant. */
  greeted = '';
  /** The number it was told last. */
  seq = 0;
  lastTellMs = -Infinity;
  /** It reads too slowly, since then; undefined while it keeps up. */
  behindSinceMs: number | undefined;
  /** The board it stands at while it is behind; undefined: it is told the whole one. */
  standsAt: Board | undefined;
  snapshotFor: SnapshotReason = 'slow';

  constructor(who: Who, socket: ClientSocket, feed: Feed) {
    this.who = who;
    this.socket = socket;
    this.feed = feed;
  }
}

interface Room {
  readonly feed: Feed;
  readonly clients: Set<HubClient>;
}

/**
 * Who reads, by scope: each scope has one feed, and its frames go to all of it. Whoever reads too slowly is told the
 * latest of what it missed in one delta when it has read, the whole board when that took long, and is sent away when it
 * does not read at all; nobody else notices.
 */
export class Hub {
  readonly figures: PushFigures = noPushFigures();
  readonly #ports: HubPorts;
  readonly #limits: HubLimits;
  readonly #rooms = new Map<string, Room>();
  readonly #clients = new Map<HubClient, string>();
  readonly #behind = new Set<HubClient>();
  #cancel: (() => void) | undefined;

  constructor(ports: HubPorts) {
    this.#ports = ports;
    this.#limits = { ...LIMITS, ...ports.limits };
  }

  get isEmpty(): boolean {
    return this.#clients.size === 0;
  }

  /** Whether it is still listened to. */
  has(client: HubClient): boolean {
    return this.#clients.has(client);
  }

  /** Undefined where there are too many already: it was sent away. */
  join(who: Who, socket: ClientSocket): HubClient | undefined {
    if (this.#clients.size >= this.#limits.mostClients || this.#hasTooMany(who)) {
      this.figures.closed.full += 1;
      socket.close(CLOSE.tryLater, 'too many connections');
      return undefined;
    }
    const scope = scopeOf(who.sees);
    let room = this.#rooms.get(scope.key);
    if (room === undefined) {
      const scoped = new ScopedBoard(scope, this.#ports.seatNames);
      room = { feed: new Feed(scoped, this.#ports.board(), this.figures), clients: new Set() };
      this.#rooms.set(scope.key, room);
    }
    const client = new HubClient(who, socket, room.feed);
    room.clients.add(client);
    this.#clients.set(client, scope.key);
    this.figures.clients = this.#clients.size;
    this.#greet(client);
    this.#tellAll(client, 'join');
    this.#cancel ??= this.#ports.clock.after(LOOK_MS, () => this.#look());
    return client;
  }

  /** Where nobody signs in everybody has one name. */
  #hasTooMany({ name, kind }: Who): boolean {
    if (kind === 'local') return false;
    let count = 0;
    for (const { who } of this.#clients.keys()) if (who.name === name) count += 1;
    return count >= this.#limits.mostOfOne;
  }

  /** What they may has perhaps become something else: whoever it did for is told. */
  greetAnew(): void {
    for (const client of this.#clients.keys()) this.#greet(client);
  }

  /** It is gone, for whatever reason; counted once. */
  leave(client: HubClient, reason: ClosedReason): void {
    const key = this.#clients.get(client);
    if (key === undefined) return;
    this.#clients.delete(client);
    this.#behind.delete(client);
    client.standsAt = undefined;
    const room = this.#rooms.get(key);
    room?.clients.delete(client);
    if (room?.clients.size === 0) this.#rooms.delete(key);
    this.figures.clients = this.#clients.size;
    this.figures.closed[reason] += 1;
    if (!this.isEmpty) return;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Ends a connection ourselves. */
  dismiss(client: HubClient, code: number, reason: ClosedReason): void {
    if (!this.#clients.has(client)) return;
    this.leave(client, reason);
    client.socket.close(code, reason);
  }

  endSession(who: Who): void {
    for (const client of this.#clients.keys()) {
      if (client.who === who) this.dismiss(client, CLOSE.sessionEnded, 'session-ended');
    }
  }

  stop(): void {
    for (const client of this.#clients.keys()) this.dismiss(client, RESTART, 'stopping');
  }

  /** Tells everybody what changed of theirs. */
  publish(whole: Board): void {
    const nowMs = this.#ports.clock.nowMs();
    for (const { feed, clients } of this.#rooms.values()) {
      const frame = feed.advance(whole, nowMs);
      if (frame !== undefined) for (const client of clients) this.#tell(client, frame, nowMs);
    }
  }

  /** A gap was seen: the next it is told is the whole board. */
  resync(client: HubClient): void {
    if (!this.#clients.has(client)) return;
    if (client.behindSinceMs === undefined && !this.#isSlow(client)) {
      this.#tellAll(client, 'resync');
      return;
    }
    this.#fallBehind(client, undefined);
    client.snapshotFor = 'resync';
  }

  answer(client: HubClient, frame: Extract<ServerFrame, { type: 'answer' }>): void {
    if (this.#clients.has(client)) this.#send(client, 'answer', frameOf(frame));
  }

  #tell(client: HubClient, frame: Buffer, nowMs: number): void {
    if (client.behindSinceMs !== undefined) {
      this.figures.coalesced += 1;
    } else if (this.#isSlow(client)) {
      this.figures.coalesced += 1;
      this.#fallBehind(client, client.feed.before);
    } else {
      client.seq = client.feed.seq;
      client.lastTellMs = nowMs;
      this.#send(client, 'delta', frame);
    }
  }

  #greet(client: HubClient): void {
    const hello = this.#ports.hello(client.who, this.#ports.clock.nowMs());
    const greeted = JSON.stringify({ ...hello, nowMs: 0 });
    if (greeted === client.greeted) return;
    client.greeted = greeted;
    this.#send(client, 'hello', frameOf(hello));
  }

  #tellAll(client: HubClient, reason: SnapshotReason): void {
    const nowMs = this.#ports.clock.nowMs();
    client.seq = client.feed.seq;
    client.lastTellMs = nowMs;
    this.figures.snapshots[reason] += 1;
    this.#send(client, 'snapshot', client.feed.snapshot(nowMs));
  }

  #send(client: HubClient, kind: FrameKind, frame: Buffer): void {
    this.figures.frames[kind] += 1;
    client.socket.send(frame);
  }

  #isSlow({ socket }: HubClient): boolean {
    return socket.bufferedAmount > this.#limits.slowBytes;
  }

  #fallBehind(client: HubClient, standsAt: Board | undefined): void {
    client.behindSinceMs ??= this.#ports.clock.nowMs();
    client.standsAt = standsAt;
    client.snapshotFor = 'slow';
    this.#behind.add(client);
  }

  #look(): void {
    const nowMs = this.#ports.clock.nowMs();
    for (const client of this.#behind) this.#lookAfter(client, nowMs);
    for (const client of this.#clients.keys()) {
      const isQuiet = Math.abs(nowMs - client.lastTellMs) >= HEARTBEAT_MS;
      if (client.behindSinceMs !== undefined || !isQuiet) continue;
      client.lastTellMs = nowMs;
      this.#send(client, 'heartbeat', client.feed.heartbeat(nowMs));
    }
    this.#cancel = this.isEmpty ? undefined : this.#ports.clock.after(LOOK_MS, () => this.#look());
  }

  #lookAfter(client: HubClient, nowMs: number): void {
    const { bufferedAmount } = client.socket;
    // A clock that was set back must not let it stay for longer.
    client.behindSinceMs = Math.min(client.behindSinceMs ?? nowMs, nowMs);
    const behindMs = nowMs - client.behindSinceMs;
    if (bufferedAmount <= this.#limits.drainedBytes) this.#catchUp(client, nowMs);
    else if (behindMs >= this.#limits.giveUpMs) this.dismiss(client, CLOSE.tryLater, 'slow');
    else if (behindMs >= this.#limits.staleMs || bufferedAmount > this.#limits.mostBytes) {
      client.standsAt = undefined;
    }
  }

  #catchUp(client: HubClient, nowMs: number): void {
    const { standsAt, feed } = client;
    this.#behind.delete(client);
    client.behindSinceMs = undefined;
    client.standsAt = undefined;
    if (standsAt === undefined) {
      this.#tellAll(client, client.snapshotFor);
      return;
    }
    const frame = feed.catchUp(client.seq, standsAt, nowMs);
    client.seq = feed.seq;
    client.lastTellMs = nowMs;
    this.#send(client, 'delta', frame);
  }
}
