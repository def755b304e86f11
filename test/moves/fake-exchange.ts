import type { MemberChanged, PbxEvent } from '../../src/ami/pbx-event.ts';
import type { ActionOutcome } from '../../src/moves/move-book.ts';
import type { PlannedStep } from '../../src/moves/planned-step.ts';
import { postKey, type Post } from '../../src/moves/post.ts';

export const PBX = 'north';
export const SEAT = 'PJSIP/101';

export const somePost = (queue: string, changes: Partial<Post> = {}): Post => ({
  queue,
  interface: SEAT,
  stateInterface: SEAT,
  memberName: 'Ann',
  penalty: 0,
  paused: false,
  pausedReason: '',
  ...changes,
});

export interface SentAction {
  readonly step: PlannedStep;
  /** Lets the exchange do it, and answers what it says: the answer has not arrived by that. */
  run(): ActionOutcome;
  /** The answer arrives; without a value the one that `run` gave. */
  answer(outcome?: ActionOutcome): void;
}

/**
 * One seat of an exchange: what is true there, what it has said of it, and what of that was heard. A test decides when
 * an action is done, when its answer arrives and when its events are heard.
 */
export class FakeExchange {
  readonly truth = new Map<string, Post>();
  readonly heard = new Map<string, Post>();
  readonly sent: SentAction[] = [];
  readonly staticIn = new Set<string>();
  readonly queues = new Set(['billing', 'repairs', 'sales']);
  /** Events that are on their way. */
  readonly #saying: (() => PbxEvent)[] = [];

  constructor(posts: readonly Post[]) {
    for (const post of posts) {
      this.truth.set(postKey(post), post);
      this.heard.set(postKey(post), post);
    }
  }

  posts = (): readonly Post[] => [...this.heard.values()];

  act = (_pbx: string, step: PlannedStep): Promise<ActionOutcome> => {
    const { promise, resolve } = Promise.withResolvers<ActionOutcome>();
    let said: ActionOutcome | undefined;
    this.sent.push({
      step,
      run: () => (said ??= this.#do(step)),
      answer: (outcome) => resolve(outcome ?? (said ??= this.#do(step))),
    });
    return promise;
  };

  /** Somebody else does it. */
  elsewhere(step: PlannedStep): ActionOutcome {
    return this.#do(step);
  }

  get onTheWay(): number {
    return this.#saying.length;
  }

  /** The next event is heard; undefined where nothing is on its way. */
  hear(): PbxEvent | undefined {
    return this.#saying.shift()?.();
  }

  #do(step: PlannedStep): ActionOutcome {
    switch (step.action) {
      case 'QueueAdd': {
        const { post } = step;
        if (!this.queues.has(post.queue)) return refused('Unable to add interface to queue: No such queue');
        if (this.truth.has(postKey(post))) return refused('Unable to add interface: Already there');
        this.#put('member-added', post);
        return ACCEPTED;
      }
      case 'QueueRemove': {
        const key = postKey(step.post);
        const post = this.truth.get(key);
        if (post === undefined) return refused('Unable to remove interface: Not there');
        if (this.staticIn.has(post.queue)) return refused('Member not dynamic');
        this.truth.delete(key);
        this.#saying.push(() => {
          this.heard.delete(key);
          return eventOf('member-removed', post);
        });
        return ACCEPTED;
      }
      case 'QueuePause': {
        const { paused, reason } = step;
        const posts = this.#named(step);
        for (const post of posts) this.#put('member-paused', { ...post, paused, pausedReason: reason });
        return posts.length > 0 ? ACCEPTED : refused('Interface not found');
      }
      case 'QueuePenalty': {
        const posts = this.#named(step);
        for (const post of posts) this.#put('member-penalty', { ...post, penalty: step.penalty });
        return posts.length > 0 ? ACCEPTED : refused('Invalid interface, queuename or penalty');
      }
    }
  }

  #named({ queue, interface: own }: { readonly queue: string; readonly interface: string }): readonly Post[] {
    return [...this.truth.values()].filter(
      (post) => post.interface === own && (queue === '' || post.queue === queue),
    );
  }

  #put(type: MemberChanged['type'], post: Post): void {
    this.truth.set(postKey(post), post);
    this.#saying.push(() => {
      this.heard.set(postKey(post), post);
      return eventOf(type, post);
    });
  }
}

export function eventOf(type: MemberChanged['type'], post: Post): PbxEvent {
  const member = {
    ...post,
    membership: 'dynamic',
    inCall: false,
    status: 1,
    ringinuse: false,
    wrapupS: 0,
    lastCallS: 0,
    callsTaken: 0,
  };
  return { type, pbxMs: 0, atMs: 0, member };
}

const ACCEPTED: ActionOutcome = { state: 'accepted' };
const refused = (said: string): ActionOutcome => ({ state: 'refused', said });
