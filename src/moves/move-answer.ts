import type { MoveRefusal } from './move.ts';

/** Why nothing was asked of the exchange; `detail` is for people, and holds no number. */
export interface RefusedMove {
  readonly ok: false;
  readonly code: MoveRefusal | 'already' | 'not-kept' | 'bad-frame';
  readonly detail: string;
}

/** `result`: `Move.id` of a move that was begun. */
export type MoveAnswer = { readonly ok: true; readonly result: string } | RefusedMove;

export const refusal = (code: RefusedMove['code'], detail: string): RefusedMove =>
  Object.freeze({ ok: false, code, detail });
