import type { AmiMessage } from './message.ts';

const MAX_BYTES = 64 * 1_048_576;
const MAX_EVENTS = 500_000;

/** An event and its instant on the exchange's time line. */
export interface EarlyEvent {
  readonly message: AmiMessage;
  readonly pbxMs: number;
}

/** The events that came between login and the first picture, in the order they came, until it is known what they mean. */
export class EarlyEvents {
  #events: EarlyEvent[] = [];
  #bytes = 0;

  get count(): number {
    return this.#events.length;
  }

  /** False where it is more than may be kept. */
  keep(message: AmiMessage, pbxMs: number): boolean {
    this.#events.push({ message: message.copy(), pbxMs });
    this.#bytes += message.size;
    return this.#bytes <= MAX_BYTES && this.#events.length <= MAX_EVENTS;
  }

  /** Empties itself: the events from before the instant, and those from it on, each in order of arrival. */
  splitAt(pbxMs: number): { readonly before: EarlyEvent[]; readonly after: EarlyEvent[] } {
    const before: EarlyEvent[] = [];
    const after: EarlyEvent[] = [];
    for (const event of this.#events) (event.pbxMs < pbxMs ? before : after).push(event);
    this.#events = [];
    this.#bytes = 0;
    return { before, after };
  }
}
