import type { LinkStatus } from './ami/connection.ts';
import type { PbxEvent } from './ami/pbx-event.ts';
import type { Fact } from './calls/facts.ts';
import type { CompiledConfig } from './config/compile.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import type { Pipeline } from './pipeline.ts';
import { type Journal, type JournalOptions, openJournal } from './store/journal.ts';
import type { JournalStatus, OpenCall, Restored } from './store/ports.ts';
import { SqliteJournalReader } from './store/sqlite-journal-reader.ts';

export interface KeepingOptions {
  readonly config: CompiledConfig;
  readonly file: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Loaded by the thread that writes: keys never leave it. */
const VAULT = new URL('store/number-vault.ts', import.meta.url).href;
/** So often an exchange that is in sight is marked as seen: a crash leaves at most that much more blind time. */
const SEEN_EVERY_MS = 1000;

/**
 * What ties the watch to its journal: facts and states of open calls go in as they come, and at the start what the
 * last run left comes out.
 */
export class Keeping {
  readonly restored: Restored;
  readonly reader: SqliteJournalReader;
  readonly journal: Journal;
  /** Of the database. */
  readonly file: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** Channels that something happened to, by exchange, since states were last asked for. */
  readonly #touched = new ByExchange();
  /** Callers of no hotline whose state is kept: no fact tells when they are over. */
  readonly #inside = new ByExchange();
  #pipeline: Pipeline | undefined;
  #seenAtMs = -Infinity;

  private constructor(journal: Journal, restored: Restored, options: KeepingOptions) {
    const { file, clock, log } = options;
    this.journal = journal;
    this.file = file;
    this.restored = restored;
    this.#clock = clock;
    this.#log = log;
    this.reader = new SqliteJournalReader(file, vaultOf(options.config));
  }

  /** Rejects with `JournalRefused`, in a sentence for the operator, for a file that cannot be the journal. */
  static async open(options: KeepingOptions): Promise<Keeping> {
    const { clock } = options;
    const journal = await openJournal(journalOptions(options));
    try {
      return new Keeping(journal, await journal.restore(clock.nowMs()), options);
    } catch (cause) {
      await journal.stop();
      throw cause;
    }
  }

  /** Goes on where the last run ended, before the first event; from now on every fact is kept. */
  begin(pipeline: Pipeline): void {
    this.#pipeline = pipeline;
    pipeline.onFact((fact) => this.#hear(fact));
    for (const call of this.restored.openCalls) this.#noteInside(call);
    const { resumed, refused, dropped } = pipeline.resume(this.restored);
    if (this.restored.sinceMs !== undefined) {
      const line = 'went on from the journal';
      this.#log.info({ openCalls: resumed, damaged: refused, ofNoHotline: dropped }, line);
    }
    this.journal.askStates(() => this.#states());
  }

  /**
   * After an event was taken in: whose it is is kept again, for much of what decides a call later is no fact when it
   * happens (a voicemail that took it, a hang-up asked for).
   */
  settle(pbx: string, event: PbxEvent): void {
    switch (event.type) {
      case 'snapshot':
        for (const { uniqueid } of event.channels) this.#touch(pbx, uniqueid);
        break;
      case 'dial-begun':
      case 'dial-ended':
        this.#touch(pbx, event.dialler.uniqueid);
        break;
      case 'blind-transfer':
      case 'attended-transfer':
        this.#touch(pbx, event.transferee.uniqueid);
        break;
      case 'parked':
        this.#touch(pbx, event.parkee.uniqueid);
        break;
      case 'spy-started':
        this.#touch(pbx, event.spy.uniqueid);
        break;
      default:
        if ('uniqueid' in event) this.#touch(pbx, event.uniqueid);
    }
  }

  /** An exchange that is in sight is marked as seen, from time to time. */
  look(links: readonly LinkStatus[]): void {
    if (this.#clock.nowMs() - this.#seenAtMs >= SEEN_EVERY_MS) this.mark(links);
  }

  /** Marks what is in sight now as seen. */
  mark(links: readonly LinkStatus[]): void {
    const nowMs = this.#clock.nowMs();
    this.#seenAtMs = nowMs;
    for (const { pbx, state } of links) if (state === 'ready') this.journal.seen(pbx, nowMs);
    this.#forgetInside();
  }

  status(): JournalStatus {
    return this.journal.status();
  }

  redefine({ definition, callBacks }: CompiledConfig): void {
    this.journal.redefine(definition, callBacks);
  }

  async stop(): Promise<void> {
    await this.journal.stop();
    await this.reader.close();
  }

  #hear(fact: Fact): void {
    this.journal.append(fact);
    if ('uniqueid' in fact) this.#touch(fact.pbx, fact.uniqueid);
  }

  /** Whether it is of any call is seen when its state is asked for. */
  #touch(pbx: string, uniqueid: string): void {
    this.#touched.add(pbx, uniqueid);
    this.journal.touch();
  }

  *#states(): Generator<OpenCall> {
    for (const [pbx, uniqueids] of this.#touched) {
      for (const call of this.#pipeline?.openCalls(pbx, uniqueids) ?? []) {
        this.#noteInside(call);
        yield call;
      }
    }
    this.#touched.clear();
  }

  #noteInside({ pbx, uniqueid, state }: OpenCall): void {
    // What is as in a new call is left out of a state (calls/call-state.ts).
    const isInside =
      typeof state === 'object' && state !== null && (!('hotline' in state) || state.hotline === '');
    if (isInside) this.#inside.add(pbx, uniqueid);
  }

  #forgetInside(): void {
    for (const [pbx, uniqueids] of this.#inside) {
      for (const uniqueid of uniqueids) {
        if (this.#pipeline?.isOpen(pbx, uniqueid)) continue;
        uniqueids.delete(uniqueid);
        this.journal.keepOpen({ pbx, uniqueid, state: undefined });
      }
    }
  }
}

/** Channels of several exchanges. */
class ByExchange {
  readonly #uniqueids = new Map<string, Set<string>>();

  add(pbx: string, uniqueid: string): void {
    const known = this.#uniqueids.get(pbx);
    if (known) known.add(uniqueid);
    else this.#uniqueids.set(pbx, new Set([uniqueid]));
  }

  clear(): void {
    for (const uniqueids of this.#uniqueids.values()) uniqueids.clear();
  }

  [Symbol.iterator](): MapIterator<[string, Set<string>]> {
    return this.#uniqueids.entries();
  }
}

/** Whoever opens the journal keeps numbers in it under the same keys. */
export function journalOptions({ config, file, clock, log }: KeepingOptions): JournalOptions {
  const { definition, callBacks, journal } = config;
  const vault = vaultOf(config);
  return {
    file,
    definition,
    clock,
    log,
    callBacks,
    retention: journal.retention,
    ...(vault && { vault }),
  };
}

function vaultOf({ journal, numbers }: CompiledConfig): JournalOptions['vault'] {
  const { keyFile } = journal;
  return keyFile === undefined ? undefined : { module: VAULT, options: { keyFile, numbers } };
}
