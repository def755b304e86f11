import { setImmediate } from 'node:timers/promises';

/** So long may one piece of a long work keep the event loop, ms. */
const LONGEST_MS = 4;

/** Lets others have the event loop in between, in a work of many small steps. */
export class Pause {
  private sinceMs = performance.now();

  async ifDue(): Promise<void> {
    if (performance.now() - this.sinceMs < LONGEST_MS) return;
    await setImmediate();
    this.sinceMs = performance.now();
  }
}
