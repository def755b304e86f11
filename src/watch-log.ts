import type { Fact } from './calls/facts.ts';
import type { Logger } from './lib/log.ts';

/** Strays on one trunk are said at once, then at most this often with how many more came. */
const STRAY_PAUSE_MS = 600_000;

/** Says in the log what an operator must know of the facts: one line an incident, never a caller's number. */
export class WatchLog {
  readonly #log: Logger;
  readonly #strays = new Map<string, { saidAtMs: number; unsaid: number }>();

  constructor(log: Logger) {
    this.#log = log;
  }

  tell(fact: Fact): void {
    switch (fact.type) {
      case 'blind': {
        const { pbx, openCalls, endedUnknown, takenUp, rebooted, missedCalls } = fact;
        const seconds = Math.round((fact.untilMs - fact.fromMs) / 1000);
        this.#log.warn(
          { pbx, seconds, openCalls, endedUnknown, takenUp, rebooted, missedCalls },
          missedCalls === 0 && endedUnknown === 0
            ? 'was blind and sees again; nothing was missed'
            : 'was blind and sees again; calls that ended meanwhile are unknown',
        );
        break;
      }
      case 'corrected': {
        const { pbx, channels, queues, seats } = fact;
        this.#log.warn(
          { pbx, channels, queues, seats },
          'the picture differed from the exchange and was put right',
        );
        break;
      }
      case 'breach': {
        const { pbx, hotline, uniqueid, breach } = fact;
        this.#log.info({ pbx, hotline, call: uniqueid, breach }, 'a promise of the hotline was broken');
        break;
      }
      case 'unattributed':
        this.#stray(fact.pbx, fact.trunk, fact.atMs);
        break;
      default:
        break;
    }
  }

  #stray(pbx: string, trunk: string, atMs: number): void {
    const key = `${pbx}/${trunk}`;
    const known = this.#strays.get(key);
    if (known && atMs - known.saidAtMs < STRAY_PAUSE_MS) {
      known.unsaid++;
      return;
    }
    const calls = 1 + (known?.unsaid ?? 0);
    this.#strays.set(key, { saidAtMs: atMs, unsaid: 0 });
    this.#log.warn(
      { pbx, trunk, calls },
      'inbound calls match no hotline: is a number missing from the configuration? "ringside doctor" shows which',
    );
  }
}
