import type { BlindTime } from '../calls/facts.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Audit } from '../store/ports.ts';
import { changeText } from './figure-changes.ts';
import { type Filled, fillBlindTime, type FillPorts } from './fill-blind-time.ts';
import { LogTerms } from './log-terms.ts';
import type { QueueLogFiles } from './queue-log-file.ts';

/** An exchange's log on this machine. */
export interface QueueLogPlace {
  readonly pbx: string;
  readonly path: string;
  readonly rotated: boolean;
}

export interface BackfillPorts extends FillPorts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly audit: Pick<Audit, 'record'>;
  /** Reads the log and what was rotated away from it since then; rejects where it cannot be read. */
  readLog(place: QueueLogPlace, sinceMs: number): Promise<QueueLogFiles>;
  /** The exchange's clock minus ours, ms. */
  aheadMs(pbx: string): number;
  /** Member names as they are known now, each with its seat. */
  seatNames(pbx: string): ReadonlyMap<string, string>;
  /** After each blind time for which something became known. */
  onFilled?(filled: Filled): void;
}
export interface BackfillSettings {
  readonly queueLogs: readonly QueueLogPlace[];
  readonly definition: WatchDefinition;
  readonly extensionLength: number;
}

/**
 * The first look comes when what was under way at the end of the gap is written; the others for calls that were still
 * going on then (their lines come when they end) and for a log that could not be read.
 */
const LOOKS_AFTER_MS = [5_000, 60_000, 600_000, 3_600_000, 4 * 3_600_000, 24 * 3_600_000];
/** From then on nothing more comes of a gap, though no later line says so: app_queue writes each line at once. */
const FINAL_AFTER_MS = 600_000;
/** A call in progress when the gap began may have begun so long before. */
const LONGEST_CALL_MS = 24 * 3_600_000;

interface Pending {
  readonly blind: BlindTime;
  readonly look: number;
}

/** Fills blind times from the exchanges' logs, one at a time, and says what that changed. */
export class BackfillRunner {
  readonly #ports: BackfillPorts;
  #settings: BackfillSettings;
  readonly #timers = new Set<() => void>();
  #work: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(settings: BackfillSettings, ports: BackfillPorts) {
    this.#settings = settings;
    this.#ports = ports;
  }

  /** Those of the journal that may not have been filled: at start, and told twice they change nothing. */
  begin(blindTimes: readonly BlindTime[]): void {
    for (const blind of blindTimes) this.ended(blind);
  }

  /** A blind time is over. One of an exchange whose log is not here stays as it is. */
  ended(blind: BlindTime): void {
    this.#plan({ blind, look: 0 });
  }

  /** After a reload. */
  redefine(settings: BackfillSettings): void {
    this.#settings = settings;
  }

  /** Resolves when what fell due until now is done. */
  whenIdle(): Promise<void> {
    return this.#work;
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const cancel of this.#timers) cancel();
    await this.#work;
  }

  #plan(pending: Pending): void {
    const afterMs = LOOKS_AFTER_MS[pending.look];
    if (afterMs === undefined || this.#isStopped || this.#placeOf(pending.blind) === undefined) return;
    const delayMs = Math.max(0, pending.blind.untilMs + afterMs - this.#ports.clock.nowMs());
    const cancel = this.#ports.clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      this.#work = this.#work.then(() => this.#look(pending));
    });
    this.#timers.add(cancel);
  }

  #placeOf({ pbx }: BlindTime): QueueLogPlace | undefined {
    return this.#settings.queueLogs.find((place) => place.pbx === pbx);
  }

  async #look(pending: Pending): Promise<void> {
    const { blind, look } = pending;
    const place = this.#placeOf(blind);
    if (this.#isStopped || place === undefined) return;
    let filled: Filled | undefined;
    try {
      filled = await this.#fill(blind, place);
      if (filled.told.length > 0) await this.#say(filled);
    } catch (cause) {
      const fault = cause instanceof Error ? cause.message : String(cause);
      this.#ports.log.warn(
        { pbx: blind.pbx, fault },
        'the queue_log cannot be read: blind time stays unknown',
      );
    }
    if (filled === undefined || filled.left.has('in-progress')) this.#plan({ blind, look: look + 1 });
  }

  async #fill(blind: BlindTime, place: QueueLogPlace): Promise<Filled> {
    const { pbx, fromMs, untilMs } = blind;
    const { definition, extensionLength } = this.#settings;
    const { reading } = await this.#ports.readLog(place, fromMs - LONGEST_CALL_MS);
    const aheadMs = this.#ports.aheadMs(pbx);
    const terms = new LogTerms(definition, pbx, { aheadMs, seats: this.#ports.seatNames(pbx) });
    const isPast = (reading.untilS ?? 0) * 1000 - aheadMs > untilMs + 1000;
    const isFinal = isPast || this.#ports.clock.nowMs() >= untilMs + FINAL_AFTER_MS;
    return fillBlindTime(blind, reading, terms, { definition, extensionLength, isFinal }, this.#ports);
  }

  async #say(filled: Filled): Promise<void> {
    const { blind, changed, broughtIn, changes, left } = filled;
    const texts = changes.map(changeText);
    const about = { pbx: blind.pbx, fromMs: blind.fromMs, untilMs: blind.untilMs, changed, broughtIn };
    this.#ports.log.info(
      { ...about, left: Object.fromEntries(left), changes: texts },
      'blind time was filled from the queue_log',
    );
    this.#ports.onFilled?.(filled);
    await this.#ports.audit.record({
      atMs: this.#ports.clock.nowMs(),
      who: 'ringside',
      what: 'blind time filled',
      about: blind.id,
      detail: [`${changed} calls changed`, `${broughtIn} brought in`, ...texts].join('; '),
    });
  }
}
