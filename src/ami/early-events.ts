import { timestampMs } from './fields.ts';
import type { AmiMessage } from './message.ts';

const MAX_BYTES = 64 * 1_048_576;
const MAX_EVENTS = 500_000;

/** The events that came between login and the first picture, in the order they came, until it is known what they mean. */
export class EarlyEvents {
  #events: AmiMessage[] = [];
  #bytes = 0;

  get count(): number {
    return this.#events.length;
  }

  /** False where it is more than may be kept. */
  keep(message: AmiMessage): boolean {
    this.#events.push(message);
    this.#bytes += message.size;
    return this.#bytes <= MAX_BYTES && this.#events.length <= MAX_EVENTS;
  }

  /** Empties itself: the events from before the instant, and those from it on, each in order of arrival. */
  splitAt(pbxMs: number): { readonly before: AmiMessage[]; readonly after: AmiMessage[] } {
    const before: AmiMessage[] = [];
    const after: AmiMessage[] = [];
    for (const message of this.#events) (timestampMs(message) < pbxMs ? before : after).push(message);
    this.#events = [];
    this.#bytes = 0;
    return { before, after };
  }
}
