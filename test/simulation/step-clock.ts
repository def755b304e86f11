import type { Clock } from '../../src/lib/clock.ts';
import { Deadlines } from '../../src/lib/deadlines.ts';

/** Time that goes from one instant at which something falls due to the next, when it is told to. */
export class StepClock implements Clock {
  #nowMs: number;
  readonly #due = new Deadlines<() => void>();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): () => void {
    const deadline = this.#due.set(this.#nowMs + Math.max(0, delayMs), task);
    return () => this.#due.cancel(deadline);
  }

  /** On to the next instant, but not beyond `untilMs`; runs what falls due there. */
  step(untilMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, Math.min(this.#due.nextDueMs() ?? Infinity, untilMs));
    for (let due = this.#due.takeDue(this.#nowMs); due; due = this.#due.takeDue(this.#nowMs)) due.item();
  }
}
