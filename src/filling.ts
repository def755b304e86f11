import type { LinkStatus } from './ami/connection.ts';
import type { Fact } from './calls/facts.ts';
import type { CompiledConfig } from './config/compile.ts';
import type { Keeping } from './keeping.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import type { Pipeline } from './pipeline.ts';
import { BackfillRunner, type BackfillSettings } from './queue-log/backfill-runner.ts';
import { readQueueLogFiles } from './queue-log/queue-log-file.ts';

export interface FillingOptions {
  readonly config: CompiledConfig;
  readonly keeping: Keeping;
  readonly pipeline: Pipeline;
  readonly links: () => readonly LinkStatus[];
  readonly clock: Clock;
  readonly log: Logger;
  /** Counts a fact that became known afterwards. */
  readonly onKnown: (fact: Fact) => void;
}

/** Logs are rotated away and destroyed: what they held of a time so long ago is gone. */
const LONGEST_LOG_MS = 14 * 86_400_000;

/** Fills blind times, those of the journal and those to come, from the exchanges' own logs of their queues. */
export class Filling {
  readonly #options: FillingOptions;
  readonly #runner: BackfillRunner;

  constructor(options: FillingOptions) {
    const { config, keeping, pipeline, links, clock, log, onKnown } = options;
    this.#options = options;
    this.#runner = new BackfillRunner(settingsOf(config), {
      journal: keeping.journal,
      reader: keeping.reader,
      audit: keeping.journal,
      clock,
      log,
      readLog: ({ path, rotated }, sinceMs) => readQueueLogFiles(path, sinceMs, rotated),
      aheadMs: (pbx) => links().find((link) => link.pbx === pbx)?.clockOffsetMs ?? 0,
      seatNames: (pbx) =>
        new Map(
          pipeline
            .seats()
            .filter((seat) => seat.pbx === pbx)
            .map((seat) => [seat.agent, seat.interface]),
        ),
      onFilled: ({ told }) => {
        for (const { before, after } of told) {
          pipeline.amend(before, after);
          onKnown(after);
        }
      },
    });
    pipeline.onFact((fact) => {
      if (fact.type === 'blind') this.#runner.ended(fact);
    });
  }

  /** What earlier runs left unknown is looked up too. */
  async start(): Promise<void> {
    const { config, keeping, clock, log } = this.#options;
    if (config.queueLogs.length === 0) return;
    const nowMs = clock.nowMs();
    try {
      this.#runner.begin(await keeping.reader.blindTimes(nowMs - LONGEST_LOG_MS, nowMs));
    } catch (cause) {
      const fault = cause instanceof Error ? cause.message : String(cause);
      log.warn({ fault }, 'earlier blind times could not be read: they stay unknown');
    }
  }

  redefine(config: CompiledConfig): void {
    this.#runner.redefine(settingsOf(config));
  }

  stop(): Promise<void> {
    return this.#runner.stop();
  }
}

const settingsOf = ({ queueLogs, definition, numbers }: CompiledConfig): BackfillSettings => ({
  queueLogs,
  definition,
  extensionLength: numbers.extensionLength,
});
