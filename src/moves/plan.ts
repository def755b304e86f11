import type { MoveChange } from './move.ts';
import { isSo, type PlannedStep } from './planned-step.ts';
import { type Post, postKey } from './post.ts';
import { refusal, type RefusedMove } from './move-answer.ts';

/** What is known of the seat that is to be moved. */
export interface MovedSeat {
  readonly posts: readonly Post[];
  /** How it was a member last, or would be: what a new post is made like. */
  readonly like: Pick<Post, 'interface' | 'stateInterface' | 'memberName'>;
  /** Queues they may touch. */
  readonly within: 'all' | readonly string[];
  /** Queues that Asterisk is known not to let it go from. */
  readonly staticIn: readonly string[];
}

export type Planned = { readonly ok: true; readonly steps: readonly PlannedStep[] } | RefusedMove;

/** Of `pausedReason` Asterisk keeps 79 bytes (app_queue.c struct member, reason_paused[80]). */
const LONGEST_REASON_BYTES = 79;
const HIGHEST_PENALTY = 1_000_000;
/** What ends a line, and all else that nobody writes. */
const UNPRINTABLE = /\p{Cc}/u;

/** What has to be asked for a change, in order: adds first. Refused where nothing would change. */
export function planMove(change: MoveChange, seat: MovedSeat): Planned {
  switch (change.what) {
    case 'add':
      return planAdd(change.queue, change.penalty, seat, pauseOf(seat.posts));
    case 'remove':
      return planRemove(change.queue, seat);
    case 'transfer':
      return planTransfer(change, seat);
    case 'pause':
      return planPause(change.queue, true, change.reason, seat);
    case 'unpause':
      return planPause(change.queue, false, '', seat);
    case 'penalty':
      return planPenalty(change.queue, change.penalty, seat);
  }
}

/** What has to be asked so that these posts are again as they were; adds first, removals last. */
export function planRestore(
  before: ReadonlyMap<string, Post | undefined>,
  posts: readonly Post[],
): readonly PlannedStep[] {
  const now = new Map(posts.map((post) => [postKey(post), post]));
  const adds: PlannedStep[] = [];
  const changes: PlannedStep[] = [];
  const removals: PlannedStep[] = [];
  for (const [key, then] of before) {
    const post = now.get(key);
    if (then === undefined) {
      if (post !== undefined) removals.push({ action: 'QueueRemove', post });
    } else if (post === undefined) adds.push({ action: 'QueueAdd', post: then });
    else {
      const { queue, interface: own, penalty, paused, pausedReason: reason } = then;
      const steps: readonly PlannedStep[] = [
        { action: 'QueuePenalty', queue, interface: own, penalty },
        { action: 'QueuePause', queue, interface: own, paused, reason },
      ];
      changes.push(...steps.filter((step) => !isSo(step, posts)));
    }
  }
  return [...adds, ...changes, ...removals];
}

type Pause = Pick<Post, 'paused' | 'pausedReason'>;
const NOT_PAUSED: Pause = { paused: false, pausedReason: '' };

/** Who is away from all queues is away from the next one too. */
function pauseOf(posts: readonly Post[]): Pause {
  const [first] = posts;
  return first !== undefined && posts.every(({ paused }) => paused) ? first : NOT_PAUSED;
}

function planAdd(queue: string, penalty: number, { posts, like }: MovedSeat, pause: Pause): Planned {
  if (!isPenalty(penalty)) return BAD_PENALTY;
  if (queue === '') return NO_QUEUE;
  if (posts.some((post) => post.queue === queue)) return refusal('already', 'it is in that queue already');
  const { interface: own, stateInterface, memberName } = like;
  const { paused, pausedReason } = pause;
  const post = { queue, interface: own, stateInterface, memberName, penalty, paused, pausedReason };
  return { ok: true, steps: [{ action: 'QueueAdd', post }] };
}

function planRemove(queue: string, { posts }: MovedSeat): Planned {
  const steps = posts
    .filter((post) => post.queue === queue)
    .map((post): PlannedStep => ({ action: 'QueueRemove', post }));
  return steps.length > 0 ? { ok: true, steps } : NOT_THERE;
}

/** As it was in the one queue, so it is in the other: name, state interface and pause. */
function planTransfer(
  { from, to, penalty }: Extract<MoveChange, { what: 'transfer' }>,
  seat: MovedSeat,
): Planned {
  const removed = planRemove(from, seat);
  const post = seat.posts.find(({ queue }) => queue === from);
  if (!removed.ok || post === undefined) return NOT_THERE;
  const added = planAdd(to, penalty, { ...seat, like: post }, post);
  if (!added.ok) return added;
  // It will be refused: asked first, nothing is left half done by it.
  const isStatic = seat.staticIn.includes(from);
  const steps = isStatic ? [...removed.steps, ...added.steps] : [...added.steps, ...removed.steps];
  return { ok: true, steps };
}

function planPause(queue: string, paused: boolean, given: string, seat: MovedSeat): Planned {
  const reason = given.trim();
  if (paused && (reason === '' || UNPRINTABLE.test(reason)))
    return refusal('bad-reason', 'a reason on one line is needed');
  if (new TextEncoder().encode(reason).length > LONGEST_REASON_BYTES)
    return refusal('bad-reason', `Asterisk keeps no more than ${LONGEST_REASON_BYTES} bytes of a reason`);
  const { posts, within } = seat;
  const here = posts.filter(
    (post) => (queue === '' || post.queue === queue) && (within === 'all' || within.includes(post.queue)),
  );
  if (here.length === 0) return NOT_THERE;
  const places =
    queue === '' && within === 'all'
      ? [...new Set(here.map((post) => post.interface))].map((own) => ({ queue: '', interface: own }))
      : here;
  const steps = places
    .map((place): PlannedStep => ({
      action: 'QueuePause',
      queue: place.queue,
      interface: place.interface,
      paused,
      reason,
    }))
    .filter((step) => !isSo(step, posts));
  const already = paused ? 'it is paused for that reason already' : 'it is not paused';
  return steps.length > 0 ? { ok: true, steps } : refusal('already', already);
}

function planPenalty(queue: string, penalty: number, { posts }: MovedSeat): Planned {
  if (!isPenalty(penalty)) return BAD_PENALTY;
  const here = posts.filter((post) => post.queue === queue);
  if (here.length === 0) return NOT_THERE;
  const steps = here
    .filter((post) => post.penalty !== penalty)
    .map((post): PlannedStep => ({ action: 'QueuePenalty', queue, interface: post.interface, penalty }));
  return steps.length > 0 ? { ok: true, steps } : refusal('already', 'it has that penalty already');
}

const isPenalty = (penalty: number): boolean =>
  Number.isInteger(penalty) && penalty >= 0 && penalty <= HIGHEST_PENALTY;

const NO_QUEUE = refusal('not-found', 'no queue is named');
const NOT_THERE = refusal('already', 'it is not in that queue');
const BAD_PENALTY = refusal('bad-frame', `a penalty is a whole number up to ${HIGHEST_PENALTY}`);
