import { deltaOf } from './delta.ts';
import type { Board, ServerFrame } from './protocol.ts';
import type { PushFigures } from './push-figures.ts';
import type { ScopedBoard } from './scoped-board.ts';

/** A text frame as bytes: made once, handed to every socket. */
export function frameOf(frame: ServerFrame): Buffer {
  return Buffer.from(JSON.stringify(frame));
}

/** A clock read out of a snapshot is at most so wrong by its age. */
const SNAPSHOT_AGE_MS = 100;

interface Cached {
  readonly seq: number;
  readonly nowMs: number;
  readonly frame: Buffer;
}

/**
 * What everybody of one scope is told: one board, one number, and each text of it made once. A number rises only when
 * something of this scope changed, so that it tells nothing of what happens elsewhere.
 */
export class Feed {
  readonly #scoped: ScopedBoard;
  readonly #figures: PushFigures;
  #board: Board;
  #before: Board;
  #seq = 1;
  #boardText = '';
  #boardTextSeq = 0;
  #snapshot: Cached | undefined;
  #heartbeat: Cached | undefined;
  /** By the number a client stands at: what brings it to this one. */
  readonly #catchUps = new Map<number, Buffer>();

  constructor(scoped: ScopedBoard, whole: Board, figures: PushFigures) {
    this.#scoped = scoped;
    this.#figures = figures;
    this.#board = scoped.of(whole);
    this.#before = this.#board;
  }

  get seq(): number {
    return this.#seq;
  }
  get board(): Board {
    return this.#board;
  }
  /** The board of the number before this one. */
  get before(): Board {
    return this.#before;
  }

  /** Goes on to the whole board as it is now: the delta, undefined where nothing of this scope changed. */
  advance(whole: Board, nowMs: number): Buffer | undefined {
    const board = this.#scoped.of(whole);
    if (board === this.#board) return undefined;
    const changes = deltaOf(this.#board, board);
    this.#before = this.#board;
    this.#board = board;
    if (changes === undefined) return undefined;
    this.#catchUps.clear();
    const after = this.#seq;
    this.#seq += 1;
    this.#figures.serialisations += 1;
    return frameOf({ type: 'delta', after, seq: this.#seq, nowMs, changes });
  }

  snapshot(nowMs: number): Buffer {
    const seq = this.#seq;
    const known = this.#snapshot;
    if (known?.seq === seq && nowMs - known.nowMs < SNAPSHOT_AGE_MS) return known.frame;
    if (this.#boardTextSeq !== seq) {
      this.#boardText = JSON.stringify(this.#board);
      this.#boardTextSeq = seq;
      this.#figures.serialisations += 1;
    }
    const head = `{"type":"snapshot","seq":${seq},"nowMs":${nowMs},"board":`;
    const frame = Buffer.from(`${head}${this.#boardText}}`);
    this.#snapshot = { seq, nowMs, frame };
    return frame;
  }

  /** For who stands at an earlier number with the board of it: one delta with the latest of each row. */
  catchUp(fromSeq: number, from: Board, nowMs: number): Buffer {
    const known = this.#catchUps.get(fromSeq);
    if (known !== undefined) return known;
    // What changed and changed back is told too: the number went on.
    const changes = deltaOf(from, this.#board) ?? {};
    this.#figures.serialisations += 1;
    const frame = frameOf({ type: 'delta', after: fromSeq, seq: this.#seq, nowMs, changes });
    this.#catchUps.set(fromSeq, frame);
    return frame;
  }

  heartbeat(nowMs: number): Buffer {
    const known = this.#heartbeat;
    if (known?.seq === this.#seq && known.nowMs === nowMs) return known.frame;
    const frame = frameOf({ type: 'heartbeat', seq: this.#seq, nowMs });
    this.#heartbeat = { seq: this.#seq, nowMs, frame };
    return frame;
  }
}
