import type { Move, MoveState, MoveStep, StepState } from './move.ts';
import { type PlannedStep, shownStep, touchedBy } from './planned-step.ts';
import { copyOf, isSamePost, postKey, type Post } from './post.ts';

export interface NewMove extends Pick<Move, 'id' | 'pbx' | 'seat' | 'agent' | 'by' | 'askedAtMs' | 'change'> {
  readonly steps: readonly PlannedStep[];
  /** The move that this one takes back. */
  readonly undoes?: MoveEntry;
  /** The move that this one goes on with: what that one did is taken back with it. */
  readonly finishes?: MoveEntry;
}

/** A move with what it takes to go on with it and to take it back. Mutated by `MoveBook` only. */
export class MoveEntry {
  readonly planned: readonly PlannedStep[];
  /** Posts that were asked to be others, as they were before. */
  readonly before: Map<string, Post | undefined>;
  /** The same as the exchange said them to be when it confirmed. */
  readonly left: Map<string, Post | undefined>;
  /** Of what runs: whether the exchange answered, and whether it said that it is so. */
  answer: 'none' | 'accepted' | 'unanswered' = 'none';
  isHeard = false;
  /** The step that runs, or at which it ended. */
  at = 0;
  /** What takes it back or goes on with it. */
  follower: MoveEntry | undefined;
  cancel = (): void => undefined;
  #move: Move;

  constructor({ steps, undoes, finishes, ...move }: NewMove) {
    this.planned = steps;
    this.before = new Map(finishes?.before);
    this.left = new Map(finishes?.left);
    this.#move = Object.freeze({
      ...move,
      endedAtMs: undefined,
      state: 'asked',
      steps: Object.freeze(steps.map(shownStep)),
      canUndo: false,
      follows: (undoes ?? finishes)?.move.id ?? '',
    });
  }

  /** As it is shown: another object only where it says something else. */
  get move(): Move {
    return this.#move;
  }
  get isRunning(): boolean {
    return this.#move.endedAtMs === undefined;
  }
  get running(): PlannedStep | undefined {
    return this.planned[this.at];
  }
  get hasConfirmed(): boolean {
    return this.#move.steps.some(({ state }) => state === 'confirmed');
  }
  /** What is left to be asked for again. */
  get rest(): readonly PlannedStep[] {
    return this.planned.filter((_step, index) => this.#move.steps[index]?.state !== 'confirmed');
  }
  /** Something took it back or went on with it, or is about to. */
  get isFollowed(): boolean {
    return this.follower !== undefined && (this.follower.isRunning || this.follower.hasConfirmed);
  }

  show(step: StepState, said = ''): void {
    const steps: readonly MoveStep[] = this.#move.steps.map((shown, index) =>
      index === this.at ? Object.freeze({ ...shown, state: step, said }) : shown,
    );
    this.#move = Object.freeze({ ...this.#move, steps: Object.freeze(steps) });
  }

  end(atMs: number): void {
    this.#move = Object.freeze({ ...this.#move, state: this.#endState(), endedAtMs: atMs });
  }

  #endState(): MoveState {
    const { steps } = this.#move;
    if (steps.every(({ state }) => state === 'confirmed')) return 'done';
    if (this.hasConfirmed) return 'half-done';
    return steps.some(({ state }) => state === 'refused') ? 'refused' : 'timed-out';
  }

  /** Remembers what the running step is about to change. */
  rememberBefore(posts: readonly Post[]): void {
    const step = this.running;
    if (step === undefined) return;
    const now = byKey(posts);
    for (const key of touchedBy(step, posts)) {
      if (!this.before.has(key)) this.before.set(key, now.get(key));
    }
  }

  /** Remembers what became of what this move touched. */
  rememberLeft(posts: readonly Post[]): void {
    const now = byKey(posts);
    for (const key of this.before.keys()) this.left.set(key, now.get(key));
  }

  /** Looks whether it can be taken back; true where that is another answer than before. */
  look(posts: readonly Post[]): boolean {
    const canUndo = this.#canUndo(posts);
    if (canUndo === this.#move.canUndo) return false;
    this.#move = Object.freeze({ ...this.#move, canUndo });
    return true;
  }

  /** Done or half done, nothing followed it, and what it touched is as it left it. */
  #canUndo(posts: readonly Post[]): boolean {
    const { state } = this.#move;
    if ((state !== 'done' && state !== 'half-done') || this.isFollowed) return false;
    const now = byKey(posts);
    return [...this.left].every(([key, post]) => isSamePost(now.get(key), post));
  }
}

const byKey = (posts: readonly Post[]): ReadonlyMap<string, Post> =>
  new Map(posts.map((post) => [postKey(post), copyOf(post)]));
