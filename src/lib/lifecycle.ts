import type { Logger } from './log.ts';
import type { Clock } from './clock.ts';

interface Cleanup {
  readonly name: string;
  readonly run: () => Promise<void> | void;
}

/** A cleanup that takes longer is given up, so that Ctrl-C always ends the program. */
const CLEANUP_MS = 3000;

/** What was started, to be stopped in reverse; each cleanup has a name and a deadline. */
export class Lifecycle {
  readonly #cleanups: Cleanup[] = [];
  readonly #clock: Clock;
  readonly #log: Logger;
  #stopping: Promise<void> | undefined;

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
  }

  onStop(name: string, run: Cleanup['run']): void {
    this.#cleanups.push({ name, run });
  }

  /** Runs every cleanup, the last first; one that fails or hangs is said and does not keep the others. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    for (const cleanup of this.#cleanups.toReversed()) await this.#run(cleanup);
  }

  async #run({ name, run }: Cleanup): Promise<void> {
    let cancel = (): void => {};
    const late = new Promise<'late'>((resolve) => {
      cancel = this.#clock.after(CLEANUP_MS, () => resolve('late'));
    });
    try {
      const done = Promise.resolve(run()).then(() => 'done' as const);
      if ((await Promise.race([done, late])) === 'late') {
        this.#log.warn({ name, deadlineMs: CLEANUP_MS }, 'stopping took too long and was given up');
      }
    } catch (cause) {
      this.#log.error({ name, cause: String(cause) }, 'stopping failed');
    } finally {
      cancel();
    }
  }
}
