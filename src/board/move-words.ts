import type { Row } from '../push/protocol.ts';
import type { Answer } from './connection.ts';
import type { Change } from './move-offers.ts';
import type { BoardWords } from './words/board-words.ts';
import type { MessageKey } from './words/en.ts';

type MoveRow = Row<'moves'>;
export const MOVE_SIGNS: Readonly<Record<MoveRow['state'], string>> = {
  asked: '…',
  done: '✓',
  refused: '✕',
  'timed-out': '⌛',
  'half-done': '◐',
};
export const STEP_SIGNS: Readonly<Record<MoveRow['steps'][number]['state'], string>> = {
  waiting: '·',
  asked: '…',
  confirmed: '✓',
  refused: '✕',
  'timed-out': '⌛',
};

/** What a move is to do, in words. */
export function changeWords(say: BoardWords, change: Change): string {
  if (change.what === 'transfer') return say.say('change.transfer', change);
  const queue = change.queue === '' ? say.say('change.everywhere') : change.queue;
  const penalty = 'penalty' in change ? change.penalty : 0;
  const words = say.say(`change.${change.what}`, { queue, penalty });
  return change.what === 'pause' && change.reason !== '' ? `${words} (${change.reason})` : words;
}

/** A change, or what goes on from a move that was one: taking it back, doing the rest of it. */
export interface Asked {
  readonly change: Change;
  readonly way: 'undo' | 'finish' | undefined;
}

export function askedWords(say: BoardWords, { change, way }: Asked): string {
  const what = changeWords(say, change);
  return way === undefined ? what : say.say(way === 'undo' ? 'move.undoes' : 'move.finishes', { what });
}

/** Why something that was asked was not done. What a later daemon answers is said as a fault. */
export function answerWords(say: BoardWords, { code }: Extract<Answer, { ok: false }>): string {
  return say.say(ANSWERS.get(code) ?? 'answer.failed');
}

const ANSWERS: ReadonlyMap<string, MessageKey> = new Map(
  (
    [
      'answer.moves-off',
      'answer.not-allowed',
      'answer.not-found',
      'answer.seat-busy-moving',
      'answer.not-connected',
      'answer.would-unstaff',
      'answer.no-such-move',
      'answer.cannot-undo',
      'answer.bad-reason',
      'answer.bad-frame',
      'answer.too-many',
      'answer.already',
      'answer.not-kept',
      'answer.failed',
      'answer.lost',
    ] as const
  ).map((key) => [key.slice('answer.'.length), key]),
);

/**
 * Whether a move takes back the one it follows, or does the rest of it: the row says which one it follows and not how.
 * The rest are steps of it that were not confirmed; undefined where it is not on the board any more.
 */
export function wayOf(move: MoveRow, followed: MoveRow | undefined): Asked['way'] {
  if (followed === undefined) return undefined;
  if (followed.state !== 'half-done') return 'undo';
  const rest = followed.steps.filter(({ state }) => state !== 'confirmed');
  const isOfRest = move.steps.every(({ action, queue }) =>
    rest.some((step) => step.action === action && step.queue === queue),
  );
  return isOfRest ? 'finish' : 'undo';
}

/** A move that is over and was done is looked at for so long; what went wrong, for longer. */
const DONE_SHOWN_MS = 120_000;
const FAULT_SHOWN_MS = 900_000;

/** The newest first; `earlier` are those nobody needs to act on any more. */
export function movesToShow(
  moves: readonly MoveRow[],
  nowMs: number,
): { readonly now: readonly MoveRow[]; readonly earlier: readonly MoveRow[] } {
  const newestFirst = moves.toSorted((a, b) => b.askedAtMs - a.askedAtMs);
  const isNow = ({ state, endedAtMs }: MoveRow): boolean =>
    endedAtMs === null || nowMs - endedAtMs < (state === 'done' ? DONE_SHOWN_MS : FAULT_SHOWN_MS);
  return { now: newestFirst.filter(isNow), earlier: newestFirst.filter((move) => !isNow(move)) };
}
