import type { Fact } from './calls/facts.ts';
import type { Logger } from './lib/log.ts';

/** Strays of one kind are said at once, then at most this often with how many more came. */
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
        this.#stray(
          fact,
          { trunk: fact.trunk },
          'inbound calls match no hotline: is a number missing from the configuration? "ringside doctor" shows which',
        );
        break;
      case 'unknown-origin':
        this.#stray(
          fact,
          { interface: fact.interface },
          'calls to the number of a hotline come from an interface that is no configured trunk and no known seat, and are in none of its figures: is a trunk missing from the configuration?',
        );
        break;
      default:
        break;
    }
  }

  #stray({ pbx, type, atMs }: Fact, from: { trunk: string } | { interface: string }, line: string): void {
    // Phones are many, and each would be a line of its own.
    const key = 'trunk' in from ? `${type}/${pbx}/${from.trunk}` : `${type}/${pbx}`;
    const known = this.#strays.get(key);
    if (known && atMs - known.saidAtMs < STRAY_PAUSE_MS) {
      known.unsaid++;
      return;
    }
    const calls = 1 + (known?.unsaid ?? 0);
    this.#strays.set(key, { saidAtMs: atMs, unsaid: 0 });
    this.#log.warn({ pbx, ...from, calls }, line);
  }
}
