import type { Who } from '../access/who.ts';
import type { MoveChange } from '../moves/move.ts';
import type { AnswerCode } from './protocol.ts';

/**
 * What became of what was asked. `ok` of a move means that it was begun: how it ends is told by its row. `detail` is for
 * people, names nothing that is not theirs, and holds no number.
 */
export type DeskAnswer =
  | { readonly ok: true; readonly result: string }
  | { readonly ok: false; readonly code: AnswerCode; readonly detail: string };

export interface MoveAsk {
  readonly who: Who;
  readonly pbx: string;
  /** State interface. */
  readonly seat: string;
  readonly change: MoveChange;
  /** Queues they may touch: where the change is for all queues of the seat, it is for those of them alone. */
  readonly within: 'all' | readonly string[];
  /** It was asked, and yes was said: the queue may stand unstaffed. */
  readonly evenUnstaffed: boolean;
}

export interface MoveFollowAsk {
  readonly who: Who;
  /** `Move.id`. */
  readonly move: string;
  readonly evenUnstaffed: boolean;
}

/**
 * Who does what a client asks, after the desk has seen to role and scope. Each of these writes its own line of the audit
 * before it answers. A rejection is a fault of ours: the client is told `failed`.
 */
export interface DeskPorts {
  /** Seats can be moved at all: switched on, and a journal to write it down in. */
  readonly mayMove: () => boolean;
  /** Offered when a seat is paused. */
  readonly pauseReasons: () => readonly string[];
  /** `result`: `Move.id`. */
  move(ask: MoveAsk): Promise<DeskAnswer>;
  undo(ask: MoveFollowAsk): Promise<DeskAnswer>;
  finish(ask: MoveFollowAsk): Promise<DeskAnswer>;
  /** `breach`: `StandingBreach.id`. */
  acknowledge(ask: { readonly who: Who; readonly breach: string }): Promise<DeskAnswer>;
  /**
   * `result`: the number. The desk knows the calls on the board; one that is over is theirs where its hotline or a queue
   * of it is in `who.sees` (`seesHotline`, `seesQueue`), and is `not-found` otherwise.
   */
  unmask(ask: {
    readonly who: Who;
    readonly pbx: string;
    readonly uniqueid: string;
    /** It stands on their board now. */
    readonly isOnBoard: boolean;
  }): Promise<DeskAnswer>;
  /** `not-found` where its hotline is not in `who.sees`. */
  closeCallBack(ask: {
    readonly who: Who;
    readonly callBack: string;
    readonly reason: string;
  }): Promise<DeskAnswer>;
}

const refused = (code: AnswerCode, detail: string) => (): Promise<DeskAnswer> =>
  Promise.resolve({ ok: false, code, detail });
const MOVES_OFF = refused('moves-off', 'moving seats is switched off');
const NOT_FOUND = refused('not-found', 'there is no such thing');

/** Nothing can be asked for. */
export const NO_DESK: DeskPorts = {
  mayMove: () => false,
  pauseReasons: () => [],
  move: MOVES_OFF,
  undo: MOVES_OFF,
  finish: MOVES_OFF,
  acknowledge: NOT_FOUND,
  unmask: NOT_FOUND,
  closeCallBack: NOT_FOUND,
};
