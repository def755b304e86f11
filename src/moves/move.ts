/**
 * Moving seats between queues over the acting session. What is shown is what the exchange's own events confirmed, or the
 * error it gave, or that nothing came: asked is never shown as done.
 */
export type MoveChange =
  | { readonly what: 'add'; readonly queue: string; readonly penalty: number }
  | { readonly what: 'remove'; readonly queue: string }
  /** Adds first, then removes: a caller finds the seat in one of the two at every instant. */
  | { readonly what: 'transfer'; readonly from: string; readonly to: string; readonly penalty: number }
  /** `queue` '' pauses in every queue it is a member of. */
  | { readonly what: 'pause'; readonly queue: string; readonly reason: string }
  | { readonly what: 'unpause'; readonly queue: string }
  | { readonly what: 'penalty'; readonly queue: string; readonly penalty: number };

/** `half-done`: a step was confirmed and a later one was not; both ways on are offered. */
export const MOVE_STATES = ['asked', 'done', 'refused', 'timed-out', 'half-done'] as const;
export type MoveState = (typeof MOVE_STATES)[number];

/** How a move ends. */
export const MOVE_ENDS = [
  'done',
  'refused',
  'timed-out',
  'half-done',
] as const satisfies readonly MoveState[];
export type MoveEnd = (typeof MOVE_ENDS)[number];

export const STEP_STATES = ['waiting', 'asked', 'confirmed', 'refused', 'timed-out'] as const;
export type StepState = (typeof STEP_STATES)[number];

/** One action at the exchange. */
export interface MoveStep {
  readonly action: 'QueueAdd' | 'QueueRemove' | 'QueuePause' | 'QueuePenalty';
  readonly queue: string;
  readonly state: StepState;
  /** What Asterisk said against it, printable and short; ''. */
  readonly said: string;
}

export interface Move {
  /** Unique while the daemon runs. */
  readonly id: string;
  readonly pbx: string;
  /** The seat's state interface. */
  readonly seat: string;
  readonly agent: string;
  readonly by: string;
  readonly askedAtMs: number;
  readonly endedAtMs: number | undefined;
  readonly change: MoveChange;
  readonly state: MoveState;
  readonly steps: readonly MoveStep[];
  /** Done or half done, and nothing else has moved the seat since. */
  readonly canUndo: boolean;
  /** The move this one takes back, or goes on with; ''. */
  readonly follows: string;
}

/** Why a move was not begun at all: nothing was sent to the exchange. */
export const MOVE_REFUSALS = [
  'moves-off',
  'not-allowed',
  'not-found',
  'seat-busy-moving',
  'not-connected',
  'would-unstaff',
  'no-such-move',
  'cannot-undo',
  'bad-reason',
] as const;
export type MoveRefusal = (typeof MOVE_REFUSALS)[number];
