/** Where time comes from. The shell hands one in; the pure core only ever sees `atMs` values. */
export interface Clock {
  /** Unix time in milliseconds. */
  nowMs(): number;
  /** Runs `task` once, `delayMs` from now; the answer cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
