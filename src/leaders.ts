import type { Server } from 'node:http';
import type { Gate } from './access/gate.ts';
import type { PbxEvent } from './ami/pbx-event.ts';
import type { Fact } from './calls/facts.ts';
import type { CompiledConfig } from './config/compile.ts';
import { FloorWatch } from './floor-watch.ts';
import type { JournalView } from './journal-view.ts';
import type { Keeping } from './keeping.ts';
import { leadersDesk } from './leaders-desk.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import { LiveBoard } from './live-board.ts';
import type { Pipeline } from './pipeline.ts';
import { NO_EXTRAS } from './push/board-extras.ts';
import { NO_DESK } from './push/desk-ports.ts';
import type { PushFigures } from './push/push-figures.ts';
import type { Report } from './rates/report.ts';
import { SeatCalls } from './seat-calls.ts';
import { SeatMoves } from './seat-moves.ts';

export interface LeadersOptions {
  /** In force now. */
  readonly config: () => CompiledConfig;
  readonly version: string;
  readonly pipeline: Pipeline;
  readonly report: () => Report;
  /** Both or neither: with a journal or without one. */
  readonly keeping: Keeping | undefined;
  readonly view: JournalView | undefined;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly log: Logger;
  /** 0 to 1, for the waits between tries to connect. */
  readonly jitter: () => number;
}

/** Everything that is there for shift leaders: the floor as it is watched, the board as it is pushed, what they ask for. */
export class Leaders {
  readonly #options: LeadersOptions;
  readonly #floor: FloorWatch;
  readonly #moves: SeatMoves;
  readonly #board: LiveBoard;

  /** To be made before the pipeline is told anything. */
  constructor(options: LeadersOptions) {
    const { config, version, pipeline, report, keeping, view, gate, clock, log, jitter } = options;
    this.#options = options;
    const seats = () => pipeline.seats();
    const journal = view?.floor();
    const onChange = (): void => this.#board.touch();
    const onClosed = (): void => void view?.lookAgain().then(onChange);
    this.#floor = new FloorWatch({ config, pipeline, report, seats, journal, clock, log, onChange });
    this.#moves = new SeatMoves({ config, pipeline, report, keeping, clock, log, jitter, onChange });
    this.#board = new LiveBoard({
      clock,
      log,
      version,
      report,
      seats,
      definition: () => config().definition,
      gate,
      extras: {
        ...NO_EXTRAS,
        ...this.#floor.extras(),
        ...this.#moves.extras(),
        ...new SeatCalls(pipeline).extras(),
      },
      desk: {
        ...NO_DESK,
        pauseReasons: () => config().floor.pauseReasons,
        ...this.#moves.desk(),
        ...leadersDesk({ floor: this.#floor, keeping, clock, onClosed }),
      },
    });
  }

  get figures(): PushFigures {
    return this.#board.figures;
  }

  /** Moves of seats by how they ended, of each exchange. */
  movesEnded(): ReturnType<SeatMoves['ended']> {
    return this.#moves.ended();
  }

  start(): Promise<void> {
    return this.#floor.start(this.#options.keeping?.restored.recentFacts ?? []);
  }

  /** Answers at `/live` from now on. */
  attach(server: Server): void {
    this.#board.attach(server);
  }

  /** Something may have changed. */
  touch(): void {
    this.#board.touch();
  }

  /** What an exchange said, after the pipeline took it in. */
  hear(pbx: string, event: PbxEvent): void {
    this.#moves.hear(pbx, event);
    this.#board.touch();
  }

  /** What became known of a fact afterwards. */
  learn(fact: Fact): void {
    this.#floor.learn(fact);
  }

  redefine(): void {
    this.#floor.redefine();
    this.#moves.redefine();
    this.#board.redefine();
  }

  async stop(): Promise<void> {
    this.#floor.stop();
    await this.#moves.stop();
    await this.#board.stop();
  }
}
