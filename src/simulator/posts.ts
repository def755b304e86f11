import { QUEUES, seatOf } from './company.ts';
import type { NewMember } from './queue-desk.ts';

/** The context in which a Local member's phone is dialled. */
export const LOCAL_CONTEXT = 'seat-ring';

interface Post {
  wish: NewMember;
  /** A leader paused it there: no call is led to it until that is over. */
  isHeld: boolean;
}

/**
 * Who belongs to which queue, logged in just now or not: the company's own seats, and what leaders made of that. Calls
 * are planned by it, so that a seat takes the calls of a queue it was put into; a call that has been decided stays as
 * it is.
 */
export class Posts {
  readonly #byQueue = new Map<string, Map<string, Post>>();

  constructor() {
    for (const queue of QUEUES) {
      const posts = new Map<string, Post>();
      for (const seat of queue.seats) {
        const { extension, agent } = seatOf(seat);
        const pair = `Local/${extension}@${LOCAL_CONTEXT}${queue.optimised.includes(seat) ? '' : '/n'}`;
        const wish = {
          interface: queue.viaLocal ? pair : seat,
          stateInterface: seat,
          name: agent,
          isStatic: queue.staticMembers,
        };
        posts.set(seat, { wish, isHeld: false });
      }
      this.#byQueue.set(queue.name, posts);
    }
  }

  /** Seats that a call of this queue can be led to, in order. */
  of(queue: string): readonly string[] {
    return [...(this.#byQueue.get(queue) ?? [])].filter(([, { isHeld }]) => !isHeld).map(([seat]) => seat);
  }

  /** Every queue of the seat, and what it is called there. */
  *ofSeat(seat: string): Generator<readonly [queue: string, wish: NewMember]> {
    for (const [queue, posts] of this.#byQueue) {
      const post = posts.get(seat);
      if (post !== undefined) yield [queue, post.wish];
    }
  }

  put(queue: string, wish: NewMember): void {
    this.#byQueue.get(queue)?.set(wish.stateInterface, { wish, isHeld: wish.paused ?? false });
  }

  take(queue: string, seat: string): void {
    this.#byQueue.get(queue)?.delete(seat);
  }

  /** It is paused there or not, with this penalty, also when it logs in again. */
  change(queue: string, seat: string, to: Pick<NewMember, 'paused' | 'reason' | 'penalty'>): void {
    const post = this.#byQueue.get(queue)?.get(seat);
    if (post === undefined) return;
    post.wish = { ...post.wish, ...to };
    post.isHeld = post.wish.paused ?? false;
  }
}
