import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { cutsOf, type Cuts, type Retention } from './retention.ts';

/** What an upkeep did. */
export interface Upkept {
  readonly numbers: number;
  readonly calls: number;
  readonly others: number;
  readonly resealed: number;
  /** Numbers that stay under their key because they cannot be read. */
  readonly unreadable: ReadonlyMap<string, number>;
  /** Old keys under which no number is left. */
  readonly idleKeys: readonly string[];
  /** Nothing that was destroyed is left in the log. */
  readonly isLogCut: boolean;
}

export interface UpkeepOptions {
  readonly retention: Retention;
  readonly clock: Clock;
  readonly log: Logger;
  /** Has it done; what it did comes back by `hear` or `fail`. */
  readonly ask: (cuts: Cuts) => void;
}

const DAY_MS = 86_400_000;
/** Where a reader kept the log, or it could not be done. */
const AGAIN_MS = 60_000;

/** When the journal is tidied: at start and daily, again soon where it could not be done; and what is said of it. */
export class Upkeep {
  readonly #options: UpkeepOptions;
  #cancel = (): void => undefined;
  #fault = '';

  constructor(options: UpkeepOptions) {
    this.#options = options;
  }

  run(): void {
    const { clock, retention, ask } = this.#options;
    this.#later(DAY_MS);
    ask(cutsOf(retention, clock.nowMs()));
  }

  hear({ numbers, calls, others, resealed, unreadable, idleKeys, isLogCut }: Upkept): void {
    const { log } = this.#options;
    this.#fault = '';
    if (numbers + calls + others > 0) {
      log.info({ numbers, calls, others }, 'what was past its retention was destroyed');
    }
    if (resealed > 0) log.info({ numbers: resealed }, 'numbers were sealed anew under the newest key');
    for (const [key, kept] of unreadable) {
      log.error(
        { key, numbers: kept },
        'numbers are kept under a key that cannot read them: put its line back',
      );
    }
    for (const key of idleKeys) {
      log.info({ key }, 'no number is left under this key: its line is needed for older backups only');
    }
    if (!isLogCut) this.#later(AGAIN_MS);
  }

  fail(words: string): void {
    if (words !== this.#fault) {
      this.#options.log.error({ fault: words }, 'what is past its retention could not be destroyed');
    }
    this.#fault = words;
    this.#later(AGAIN_MS);
  }

  stop(): void {
    this.#cancel();
  }

  #later(delayMs: number): void {
    this.#cancel();
    this.#cancel = this.#options.clock.after(delayMs, () => this.run());
  }
}
