import type { Logger } from './log.ts';

/** A failure that goes on is said again after these, the last one over and over. */
const AGAIN_AFTER_MS = [60_000, 300_000, 1_800_000, 3_600_000];

interface Kind {
  times: number;
  saidMs: number;
  said: number;
}

/**
 * One line an incident: the first failure of a kind at once, its repetitions at growing intervals, and the recovery
 * once, with how long it took.
 */
export class IncidentLog {
  readonly #log: Logger;
  readonly #kinds = new Map<string, Kind>();
  #sinceMs: number | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  failed(atMs: number, kind: string, facts: object, line: string): void {
    this.#sinceMs ??= atMs;
    const before = this.#kinds.get(kind);
    if (before === undefined) {
      this.#kinds.set(kind, { times: 1, saidMs: atMs, said: 0 });
      this.#log.error(facts, line);
      return;
    }
    before.times += 1;
    const againMs = AGAIN_AFTER_MS[Math.min(before.said, AGAIN_AFTER_MS.length - 1)] ?? 0;
    if (atMs - before.saidMs < againMs) return;
    before.saidMs = atMs;
    before.said += 1;
    this.#log.error({ ...facts, times: before.times, forMs: atMs - this.#sinceMs }, line);
  }

  /** Says nothing where nothing had failed. */
  recovered(atMs: number, facts: object, line: string): void {
    if (this.#sinceMs === undefined) return;
    const times = [...this.#kinds.values()].reduce((sum, kind) => sum + kind.times, 0);
    this.#log.info({ ...facts, times, afterMs: atMs - this.#sinceMs }, line);
    this.#kinds.clear();
    this.#sinceMs = undefined;
  }
}
