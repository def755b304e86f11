import { signal, type ReadonlySignal } from '@preact/signals';
import { backoffMs } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import {
  CLOSE,
  HEARTBEAT_MS,
  serverFrameSchema,
  type Board,
  type Changes,
  type ClientFrame,
  type ServerFrame,
} from '../push/protocol.ts';

/**
 * `live` only while the picture is whole and the daemon is heard: after a gap or a reconnection that is from the next
 * snapshot on. `stale`: connected, but nothing was heard for two heartbeats, or the picture has a gap.
 */
export type ConnectionState = 'connecting' | 'live' | 'stale' | 'lost' | 'signed-out' | 'other-version';
export type Hello = Extract<ServerFrame, { type: 'hello' }>;
/** What became of something that was asked; `lost`: the connection went before it was said. */
export type Answer =
  | { readonly ok: true; readonly result: string }
  | { readonly ok: false; readonly code: string; readonly detail: string };
type Asked = Exclude<ClientFrame, { type: 'resync' }>;
type WithoutId<Frame> = Frame extends unknown ? Omit<Frame, 'id'> : never;

export interface Wire {
  send(text: string): void;
  close(): void;
}
export interface WireListener {
  opened(): void;
  said(text: string): void;
  closed(code: number): void;
}
export interface ConnectionPorts {
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly open: (listener: WireListener) => Wire;
  /** Whether somebody is signed in; asked where the daemon would not even open the socket. */
  readonly mayEnter: () => Promise<boolean>;
  readonly heard: (serverMs: number) => void;
  readonly whole: (board: Board) => void;
  readonly changed: (changes: Changes) => void;
}

const BACKOFF = { firstMs: 1000, capMs: 15_000 };
const FIRST_WORD_MS = 10_000;
/** Silent heartbeats after which the picture is no longer held for live, and after which the wire is held for dead. */
const STALE_HEARTBEATS = 2;
const DEAD_HEARTBEATS = 4;
const LOST: Answer = { ok: false, code: 'lost', detail: '' };

/** The page's end of `/live`: one wire at a time, tried again for ever unless the session has ended. */
export class Connection {
  readonly #ports: ConnectionPorts;
  readonly #state = signal<ConnectionState>('connecting');
  readonly #hello = signal<Hello>();
  readonly #asOfMs = signal<number>();
  readonly #retryAtMs = signal<number>();
  readonly #pending = new Map<string, (answer: Answer) => void>();
  #wire: Wire | undefined;
  #seq: number | undefined;
  #failures = 0;
  #asked = 0;
  #heartbeatMs = HEARTBEAT_MS;
  #cancelSilence: (() => void) | undefined;
  #cancelRetry: (() => void) | undefined;

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
  }

  get state(): ReadonlySignal<ConnectionState> {
    return this.#state;
  }

  /** Who is signed in and what is theirs to do; undefined before the first. */
  get hello(): ReadonlySignal<Hello | undefined> {
    return this.#hello;
  }

  /** The daemon's clock when the picture was last known to hold. */
  get asOfMs(): ReadonlySignal<number | undefined> {
    return this.#asOfMs;
  }

  /** On the clock of the ports: when it is tried again; undefined while it is not waited for. */
  get retryAtMs(): ReadonlySignal<number | undefined> {
    return this.#retryAtMs;
  }

  /** Begins, or tries at once where it waits for the next try. */
  open(): void {
    if (this.#wire !== undefined) return;
    this.#cancelRetry?.();
    this.#retryAtMs.value = undefined;
    // Frames of a wire that was given up must not be taken for those of the next.
    const ours = (act: () => void): void => {
      if (this.#wire === wire) act();
    };
    const wire: Wire = this.#ports.open({
      opened: () => undefined,
      said: (text) => ours(() => this.#said(text)),
      closed: (code) => ours(() => this.#closed(code)),
    });
    this.#wire = wire;
    this.#seq = undefined;
    this.#awaitWord(FIRST_WORD_MS, () => this.#giveUp());
  }

  /** The machine says that its network is gone: nothing is held for live until the daemon is heard again. */
  doubt(): void {
    if (this.#state.value === 'live') this.#state.value = 'stale';
  }

  /** Asks the daemon for something; the answer always comes, at the latest when the connection is lost. */
  ask(what: WithoutId<Asked>): Promise<Answer> {
    const wire = this.#wire;
    if (wire === undefined || this.#hello.value === undefined) return Promise.resolve(LOST);
    this.#asked += 1;
    const id = String(this.#asked);
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      wire.send(JSON.stringify({ ...what, id }));
    });
  }

  #said(text: string): void {
    const frame = readFrame(text);
    if (frame === undefined) {
      this.#notUnderstood();
      return;
    }
    this.#awaitWord(this.#heartbeatMs * STALE_HEARTBEATS, () => this.#silent());
    if (frame.type === 'answer') this.#answered(frame);
    else this.#heard(frame);
  }

  #heard(frame: Exclude<ServerFrame, { type: 'answer' }>): void {
    this.#ports.heard(frame.nowMs);
    if (frame.type === 'hello') {
      this.#hello.value = frame;
      this.#heartbeatMs = frame.heartbeatMs;
      return;
    }
    if (frame.type === 'snapshot') {
      this.#failures = 0;
      this.#ports.whole(frame.board);
    } else if (this.#seq === undefined) {
      return;
    } else if (frame.type === 'delta' && frame.after === this.#seq) {
      this.#ports.changed(frame.changes);
    } else if (frame.seq !== this.#seq) {
      this.#resync();
      return;
    }
    this.#seq = frame.seq;
    this.#asOfMs.value = frame.nowMs;
    this.#state.value = 'live';
  }

  #resync(): void {
    this.#seq = undefined;
    this.#state.value = 'stale';
    this.#wire?.send(JSON.stringify({ type: 'resync' } satisfies ClientFrame));
  }

  #answered(frame: Extract<ServerFrame, { type: 'answer' }>): void {
    this.#pending.get(frame.id)?.(frame);
    this.#pending.delete(frame.id);
  }

  #notUnderstood(): void {
    this.#giveUp();
    this.#state.value = 'other-version';
  }

  #silent(): void {
    this.doubt();
    const restMs = this.#heartbeatMs * (DEAD_HEARTBEATS - STALE_HEARTBEATS);
    this.#awaitWord(restMs, () => this.#giveUp());
  }

  #giveUp(): void {
    const wire = this.#wire;
    this.#closed(1006);
    wire?.close();
  }

  #closed(code: number): void {
    const hadWord = this.#seq !== undefined;
    this.#wire = undefined;
    this.#cancelSilence?.();
    for (const resolve of this.#pending.values()) resolve(LOST);
    this.#pending.clear();
    if (code === CLOSE.sessionEnded) {
      this.#state.value = 'signed-out';
      return;
    }
    this.#state.value = this.#asOfMs.value === undefined ? 'connecting' : 'lost';
    this.#failures += 1;
    // Browsers do not tell a refused upgrade from a daemon that is gone.
    if (!hadWord) void this.#askWhetherSignedIn();
    const waitMs = backoffMs(this.#failures, this.#ports.random(), BACKOFF);
    this.#retryAtMs.value = this.#ports.clock.nowMs() + waitMs;
    this.#cancelRetry = this.#ports.clock.after(waitMs, () => this.open());
  }

  async #askWhetherSignedIn(): Promise<void> {
    if (await this.#ports.mayEnter()) return;
    if (this.#wire !== undefined) return;
    this.#cancelRetry?.();
    this.#retryAtMs.value = undefined;
    this.#state.value = 'signed-out';
  }

  #awaitWord(withinMs: number, orElse: () => void): void {
    this.#cancelSilence?.();
    this.#cancelSilence = this.#ports.clock.after(withinMs, orElse);
  }
}

function readFrame(text: string): ServerFrame | undefined {
  try {
    return serverFrameSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
