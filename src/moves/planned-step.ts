import type { MoveStep } from './move.ts';
import { postKey, type Post } from './post.ts';

/** One action, and what the exchange says of the seat once it is done. */
export type PlannedStep =
  | { readonly action: 'QueueAdd'; readonly post: Post }
  | { readonly action: 'QueueRemove'; readonly post: Post }
  /** `queue` '' is every queue of this interface. */
  | {
      readonly action: 'QueuePause';
      readonly queue: string;
      readonly interface: string;
      readonly paused: boolean;
      readonly reason: string;
    }
  | {
      readonly action: 'QueuePenalty';
      readonly queue: string;
      readonly interface: string;
      readonly penalty: number;
    };

export const queueOfStep = (step: PlannedStep): string => ('post' in step ? step.post.queue : step.queue);

/** The posts of the seat that this step changes, or would make. */
export function touchedBy(step: PlannedStep, posts: readonly Post[]): readonly string[] {
  if ('post' in step) return [postKey(step.post)];
  return matching(step, posts).map(postKey);
}

/** Whether what the exchange says of the seat is what the step is for. */
export function isSo(step: PlannedStep, posts: readonly Post[]): boolean {
  switch (step.action) {
    case 'QueueAdd': {
      const { penalty, paused } = step.post;
      const post = posts.find((one) => postKey(one) === postKey(step.post));
      return post !== undefined && post.penalty === penalty && post.paused === paused;
    }
    case 'QueueRemove':
      return posts.every((post) => postKey(post) !== postKey(step.post));
    case 'QueuePause': {
      const { paused, reason } = step;
      const matched = matching(step, posts);
      return (
        matched.length > 0 &&
        matched.every((post) => post.paused === paused && (!paused || post.pausedReason === reason))
      );
    }
    case 'QueuePenalty': {
      const matched = matching(step, posts);
      return matched.length > 0 && matched.every(({ penalty }) => penalty === step.penalty);
    }
  }
}

/** Queues in which the seat stands ready now and will not afterwards. */
export function queuesLeftBy(steps: readonly PlannedStep[], posts: readonly Post[]): readonly string[] {
  const left = new Set<string>();
  for (const step of steps) {
    const takesAway = step.action === 'QueueRemove' || (step.action === 'QueuePause' && step.paused);
    if (!takesAway) continue;
    const touched = new Set(touchedBy(step, posts));
    for (const post of posts) if (!post.paused && touched.has(postKey(post))) left.add(post.queue);
  }
  return [...left];
}

/** The action's headers as app_queue.c reads them (manager_add_queue_member and its neighbours). */
export function headersOf(step: PlannedStep): readonly (readonly [string, string])[] {
  switch (step.action) {
    case 'QueueAdd': {
      const { queue, interface: own, penalty, paused, pausedReason, memberName, stateInterface } = step.post;
      return given([
        ['Queue', queue],
        ['Interface', own],
        ['Penalty', String(penalty)],
        ['Paused', paused ? 'true' : 'false'],
        ['Reason', paused ? pausedReason : ''],
        ['MemberName', memberName],
        ['StateInterface', stateInterface],
      ]);
    }
    case 'QueueRemove':
      return [
        ['Queue', step.post.queue],
        ['Interface', step.post.interface],
      ];
    case 'QueuePause':
      return given([
        ['Queue', step.queue],
        ['Interface', step.interface],
        ['Paused', step.paused ? 'true' : 'false'],
        ['Reason', step.paused ? step.reason : ''],
      ]);
    case 'QueuePenalty':
      return given([
        ['Queue', step.queue],
        ['Interface', step.interface],
        ['Penalty', String(step.penalty)],
      ]);
  }
}

/** As it is shown. */
export const shownStep = (step: PlannedStep): MoveStep =>
  Object.freeze({ action: step.action, queue: queueOfStep(step), state: 'waiting', said: '' });

const matching = (at: { readonly queue: string; readonly interface: string }, posts: readonly Post[]) =>
  posts.filter((post) => post.interface === at.interface && (at.queue === '' || post.queue === at.queue));

const given = (headers: readonly (readonly [string, string])[]) =>
  headers.filter(([, value]) => value !== '');
