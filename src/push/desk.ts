import { isAtLeast, type Who } from '../access/who.ts';
import type { MoveChange } from '../moves/move.ts';
import type { DeskAnswer, DeskPorts } from './desk-ports.ts';
import type { AnswerCode, Board, ClientFrame, Row } from './protocol.ts';
import type { SeatId } from './row-keys.ts';

/** What a client asks to be done. */
export type Ask = Exclude<ClientFrame, { type: 'resync' }>;
type AskOf<Type extends Ask['type']> = Extract<Ask, { type: Type }>;

/** What the keys of rows stand for. */
export interface KeyBook {
  seatOf(key: string): SeatId | undefined;
  breachOf(key: string): string | undefined;
  moveOf(key: string): string | undefined;
  /** The key of the row of this move. */
  move(id: string): string;
}

/**
 * Whether they may, and whether it is theirs, before anybody does anything. What is not theirs is answered exactly as
 * what does not exist: it is looked for on their own board.
 */
export class Desk {
  readonly #ports: DeskPorts;
  readonly #keys: KeyBook;

  constructor(ports: DeskPorts, keys: KeyBook) {
    this.#ports = ports;
    this.#keys = keys;
  }

  /** What `who` may ask for at all. */
  mayOf(who: Who): Record<'move' | 'acknowledge' | 'closeCallBacks' | 'unmask', boolean> {
    const leads = isAtLeast(who, 'leader');
    const unmask = who.mayUnmask && who.kind === 'person';
    return { move: leads && this.#ports.mayMove(), acknowledge: leads, closeCallBacks: leads, unmask };
  }

  pauseReasons(): readonly string[] {
    return this.#ports.pauseReasons();
  }

  /** @param board what they see now */
  async answer(who: Who, board: Board, ask: Ask): Promise<DeskAnswer> {
    const may = this.mayOf(who);
    switch (ask.type) {
      case 'move':
        return this.#refusedMove(who) ?? this.#move(who, board, ask);
      case 'undo':
      case 'finish':
        return this.#refusedMove(who) ?? this.#follow(who, board, ask);
      case 'acknowledge':
        return may.acknowledge ? this.#acknowledge(who, board, ask) : NOT_ALLOWED;
      case 'close-call-back': {
        const { callBack, reason } = ask;
        return may.closeCallBacks ? this.#ports.closeCallBack({ who, callBack, reason }) : NOT_ALLOWED;
      }
      case 'unmask': {
        const { pbx, uniqueid } = ask;
        const isOnBoard = isCallOn(board, pbx, uniqueid);
        return may.unmask ? this.#ports.unmask({ who, pbx, uniqueid, isOnBoard }) : NOT_ALLOWED;
      }
    }
  }

  #refusedMove(who: Who): DeskAnswer | undefined {
    if (!isAtLeast(who, 'leader')) return NOT_ALLOWED;
    return this.#ports.mayMove() ? undefined : MOVES_OFF;
  }

  async #move(who: Who, board: Board, { seat, change, evenUnstaffed }: AskOf<'move'>): Promise<DeskAnswer> {
    const row = board.seats.find(({ key }) => key === seat);
    const id = this.#keys.seatOf(seat);
    if (row === undefined || id === undefined) return NOT_FOUND;
    if (!queuesOf(change).every((queue) => isQueueOn(board, row, queue))) return NOT_FOUND;
    const answer = await this.#ports.move({
      who,
      pbx: id.pbx,
      seat: id.interface,
      change,
      within: who.sees.queues,
      evenUnstaffed: evenUnstaffed ?? false,
    });
    return this.#withKey(answer);
  }

  async #follow(
    who: Who,
    board: Board,
    { type, move, evenUnstaffed }: AskOf<'undo' | 'finish'>,
  ): Promise<DeskAnswer> {
    const id = board.moves.some(({ key }) => key === move) ? this.#keys.moveOf(move) : undefined;
    if (id === undefined) return { ok: false, code: 'no-such-move', detail: 'there is no such move' };
    const ask = { who, move: id, evenUnstaffed: evenUnstaffed ?? false };
    return this.#withKey(await (type === 'undo' ? this.#ports.undo(ask) : this.#ports.finish(ask)));
  }

  async #acknowledge(who: Who, board: Board, { breach }: AskOf<'acknowledge'>): Promise<DeskAnswer> {
    const row = board.breaches.find(({ key }) => key === breach);
    const id = this.#keys.breachOf(breach);
    if (row === undefined || id === undefined) return NOT_FOUND;
    if (row.acknowledged !== null) return refused('already', `acknowledged by ${row.acknowledged.by}`);
    const answer = await this.#ports.acknowledge({ who, breach: id });
    return answer.ok ? { ok: true, result: breach } : answer;
  }

  #withKey(answer: DeskAnswer): DeskAnswer {
    return answer.ok ? { ok: true, result: this.#keys.move(answer.result) } : answer;
  }
}

const refused = (code: AnswerCode, detail: string): DeskAnswer => ({ ok: false, code, detail });
const NOT_ALLOWED = refused('not-allowed', 'their role does not allow it');
const NOT_FOUND = refused('not-found', 'there is no such thing');
const MOVES_OFF = refused('moves-off', 'moving seats is switched off');

/** The queues a change names; '' is all of the seat's. */
function queuesOf(change: MoveChange): readonly string[] {
  if (change.what === 'transfer') return [change.from, change.to];
  const isForAll = change.queue === '' && (change.what === 'pause' || change.what === 'unpause');
  return isForAll ? [] : [change.queue];
}

/** One that is watched, or that the seat is in all the same. */
const isQueueOn = ({ queues }: Board, seat: Row<'seats'>, name: string): boolean =>
  seat.queues.includes(name) || queues.some(({ pbx, queue }) => pbx === seat.pbx && queue === name);

const isCallOn = ({ queues, seats, breaches }: Board, pbx: string, uniqueid: string): boolean =>
  queues.some((row) => row.pbx === pbx && row.callers.some((caller) => caller.uniqueid === uniqueid)) ||
  seats.some((row) => row.pbx === pbx && row.uniqueid === uniqueid) ||
  breaches.some((row) => row.pbx === pbx && row.uniqueid === uniqueid);
