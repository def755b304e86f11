import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { Gate } from './access/gate.ts';
import type { Who } from './access/who.ts';
import type { WatchDefinition } from './hotlines/definition.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import { BoardBuilder } from './push/board-builder.ts';
import { NO_EXTRAS, type BoardExtras } from './push/board-extras.ts';
import { ClientFrames } from './push/client-frames.ts';
import { Desk } from './push/desk.ts';
import { NO_DESK, type DeskPorts } from './push/desk-ports.ts';
import { Hub, type HubLimits } from './push/hub.ts';
import { HEARTBEAT_MS, PROTOCOL, type Board, type ServerFrame } from './push/protocol.ts';
import type { PushFigures } from './push/push-figures.ts';
import { RowKeys } from './push/row-keys.ts';
import { PushSocket } from './push/socket.ts';
import type { Report } from './rates/report.ts';
import type { LiveSeat } from './seats/live.ts';

export interface LiveBoardOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
  /** As of now; `seats`, asked right after, are those it was made of. */
  readonly report: () => Report;
  readonly seats: () => readonly LiveSeat[];
  /** In force now. */
  readonly definition: () => WatchDefinition;
  readonly gate: Gate;
  readonly extras?: BoardExtras;
  readonly desk?: DeskPorts;
  readonly limits?: Partial<HubLimits>;
}

/** After a change the next is told so much later at the earliest. */
const PAUSE_MS = 100;
const SALT_BYTES = 16;

/** The board as it is pushed: built when something changed and somebody reads it. */
export class LiveBoard {
  readonly #options: LiveBoardOptions;
  readonly #keys = new RowKeys(randomBytes(SALT_BYTES).toString('hex'));
  readonly #builder: BoardBuilder;
  readonly #desk: Desk;
  readonly #hub: Hub;
  readonly #socket: PushSocket;
  #told: number | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: LiveBoardOptions) {
    const { clock, log, gate, extras = NO_EXTRAS, desk = NO_DESK, limits } = options;
    this.#options = options;
    const builder = new BoardBuilder(this.#keys, extras);
    this.#builder = builder;
    this.#desk = new Desk(desk, {
      seatOf: (key) => this.#keys.seatOf(key),
      breachOf: (key) => builder.breachOf(key),
      moveOf: (key) => builder.moveOf(key),
      move: (id) => this.#keys.move(id),
    });
    this.#hub = new Hub({
      clock,
      board: () => this.#build(),
      seatNames: (key) => this.#namesOf(key),
      hello: (who, nowMs) => this.#hello(who, nowMs),
      ...(limits && { limits }),
    });
    const frames = new ClientFrames({
      hub: this.#hub,
      desk: this.#desk,
      clock,
      onFault: (ask, cause) => log.error({ ask, fault: faultOf(cause) }, 'what a leader asked for failed'),
    });
    this.#socket = new PushSocket({ gate, hub: this.#hub, frames, clock });
  }

  get figures(): PushFigures {
    return this.#hub.figures;
  }

  /** Answers at `/live` from now on. */
  attach(server: Server): void {
    this.#socket.attach(server);
  }

  /** The configuration is another: what somebody may, and what is offered to them, goes by it. */
  redefine(): void {
    this.#hub.greetAnew();
    this.touch();
  }

  /** Something may have changed: told at once after a pause, so that what came in one read is one change. */
  touch(): void {
    if (this.#hub.isEmpty || this.#cancel !== undefined) return;
    const { clock } = this.#options;
    const sinceMs = this.#told === undefined ? PAUSE_MS : Math.abs(clock.nowMs() - this.#told);
    this.#cancel = clock.after(Math.max(0, PAUSE_MS - sinceMs), () => this.#publish());
  }

  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#socket.close();
  }

  #publish(): void {
    this.#cancel = undefined;
    if (!this.#hub.isEmpty) this.#hub.publish(this.#build());
    // From its end: however long it takes to tell everybody, the reader of the exchange has its turn in between.
    this.#told = this.#options.clock.nowMs();
  }

  #build(): Board {
    const { report, seats } = this.#options;
    return this.#builder.build(report(), seats());
  }

  #hello(who: Who, nowMs: number): Extract<ServerFrame, { type: 'hello' }> {
    const { name, title, role, kind } = who;
    return {
      type: 'hello',
      protocol: PROTOCOL,
      version: this.#options.version,
      nowMs,
      heartbeatMs: HEARTBEAT_MS,
      who: { name, title, role, kind },
      may: this.#desk.mayOf(who),
      pauseReasons: [...this.#desk.pauseReasons()],
    };
  }

  /** Interface and configured name. */
  #namesOf(key: string): readonly string[] {
    const id = this.#keys.seatOf(key);
    if (id === undefined) return [];
    const pbx = this.#options.definition().pbxs.find(({ name }) => name === id.pbx);
    const seat = pbx?.seats.find((one) => one.interface === id.interface);
    return seat === undefined ? [id.interface] : [id.interface, seat.name];
  }
}

/** The name of a fault alone: its words may hold what was asked. */
const faultOf = (cause: unknown): string => (cause instanceof Error ? cause.name : typeof cause);
