import type { Clock } from '../../src/lib/clock.ts';

interface Appointment {
  dueMs: number;
  readonly order: number;
  readonly task: () => void;
}

/** Time that passes only when a test says so; what falls due at one instant runs in the order it was asked for. */
export class VirtualClock implements Clock {
  #nowMs: number;
  #order = 0;
  readonly #appointments = new Set<Appointment>();

  constructor(startMs = 1_700_000_000_000) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): () => void {
    const appointment = { dueMs: this.#nowMs + Math.max(0, delayMs), order: (this.#order += 1), task };
    this.#appointments.add(appointment);
    return () => this.#appointments.delete(appointment);
  }

  /** Lets time pass, and runs what falls due on the way at its own instant. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (let next = this.#next(untilMs); next !== undefined; next = this.#next(untilMs)) {
      this.#appointments.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.task();
    }
    this.#nowMs = untilMs;
  }

  /** Somebody sets the clock; what was to come keeps its distance, as timers do. */
  set(nowMs: number): void {
    const byMs = nowMs - this.#nowMs;
    this.#nowMs = nowMs;
    for (const one of this.#appointments) one.dueMs += byMs;
  }

  /** What is still to come. */
  get pending(): number {
    return this.#appointments.size;
  }

  #next(untilMs: number): Appointment | undefined {
    let first: Appointment | undefined;
    for (const one of this.#appointments) {
      if (one.dueMs > untilMs) continue;
      const isEarlier = first === undefined || one.dueMs < first.dueMs;
      if (isEarlier || (one.dueMs === first?.dueMs && one.order < first.order)) first = one;
    }
    return first;
  }
}
