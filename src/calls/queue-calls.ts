import type { Call } from './call.ts';

const NO_CALLS: ReadonlySet<Call> = new Set();

/**
 * Which calls stand in which queue, and which talk out of it: an index kept by `stages` and `talk`, so that a look at
 * one queue costs what that queue holds, however many calls and queues there are.
 */
export class QueueCalls {
  readonly #unsettled = new Map<string, Set<Call>>();
  readonly #connected = new Map<string, Set<Call>>();

  /** Calls whose stay in the queue has no known end. */
  unsettled(queue: string): ReadonlySet<Call> {
    return this.#unsettled.get(queue) ?? NO_CALLS;
  }
  /** Calls that talk with a person of the queue. */
  connected(queue: string): ReadonlySet<Call> {
    return this.#connected.get(queue) ?? NO_CALLS;
  }
  /** Nothing is kept for queues nobody is in. */
  get size(): number {
    return this.#unsettled.size + this.#connected.size;
  }

  entered(queue: string, call: Call): void {
    add(this.#unsettled, queue, call);
  }
  ended(queue: string, call: Call): void {
    remove(this.#unsettled, queue, call);
  }
  talks(queue: string, call: Call): void {
    add(this.#connected, queue, call);
  }
  /** A person left: the call stays while another of the same queue is with it. */
  parted(queue: string, call: Call): void {
    for (const partner of call.partners) if (partner.queue === queue) return;
    remove(this.#connected, queue, call);
  }
}

function add(index: Map<string, Set<Call>>, queue: string, call: Call): void {
  if (queue === '') return;
  let calls = index.get(queue);
  if (!calls) {
    calls = new Set();
    index.set(queue, calls);
  }
  calls.add(call);
}

function remove(index: Map<string, Set<Call>>, queue: string, call: Call): void {
  const calls = index.get(queue);
  calls?.delete(call);
  if (calls?.size === 0) index.delete(queue);
}
