import type { CallBackSettings } from '../attempts/call-back-settings.ts';
import type { Fact } from '../calls/facts.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { Backlog, batchOf, type Load } from './backlog.ts';
import type { CallBackAnswer, CallBackOrder } from './call-back-order.ts';
import { Commits } from './commits.ts';
import { JournalRefused } from './fault.ts';
import { JournalHealth } from './journal-health.ts';
import type { Audit, AuditEntry, FactLog, FactSource, JournalStatus, OpenCall, Restored } from './ports.ts';
import type { Cuts, Retention } from './retention.ts';
import { damageOf } from './sqlite-check.ts';
import { Upkeep } from './upkeep.ts';
import { Waiters } from './waiters.ts';
import type { FromWriter, WriterSetup, Written } from './wire.ts';
import { type WriterNews, WriterThread } from './writer-thread.ts';

export interface JournalOptions {
  readonly file: string;
  readonly definition: WatchDefinition;
  readonly clock: Clock;
  readonly log: Logger;
  /** A module that exports `openVault(options): Vault`; undefined: numbers are not kept. */
  readonly vault?: WriterSetup['vault'];
  /** Whom to call back; undefined: as where nothing is set. */
  readonly callBacks?: CallBackSettings;
  /** What is older is destroyed, daily; undefined: nothing ever is. */
  readonly retention?: Retention;
  /** Facts kept in memory while nothing can be written. */
  readonly mostFacts?: number;
  /** For tests of a full disk. */
  readonly maxPages?: number;
}

/** What was told waits at most so long, or until it is so many facts, before it goes to the writer (README, "The journal"). */
const BATCH_MS = 250;
const BATCH_FACTS = 2000;
/** What was read from the exchange in one go with them goes with them too; of more that waits, the rest comes after. */
const MOST_A_BATCH = 2 * BATCH_FACTS;
const MOST_FACTS = 200_000;
const RETRY_MS = 1000;
/** Below the deadline of a cleanup (`lib/lifecycle.ts`). */
const STOP_MS = 2500;

/**
 * Opens the journal in a thread of its own. Rejects with `JournalRefused`, in a sentence for the operator, for a file
 * that cannot be the journal: damaged, of a newer version, in use by another daemon, not to be written.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const journal = new Journal(options);
  await journal.opened;
  return journal;
}

/** The log of facts on the main thread: it only gathers and hands over. */
export class Journal implements FactLog, Pick<Audit, 'record'> {
  readonly opened: Promise<void>;
  readonly #options: JournalOptions;
  readonly #backlog: Backlog;
  #definition: WatchDefinition;
  #callBacks: CallBackSettings | undefined;
  readonly #thread: WriterThread;
  #opening: { readonly resolve: () => void; readonly reject: (cause: Error) => void } | undefined;
  /** On its way to the writer, or waiting to be sent again. */
  #load: Load | undefined;
  #sentAtMs = 0;
  #batchFacts = MOST_A_BATCH;
  #timer: (() => void) | undefined;
  /** A batch goes as soon as what is being read has been taken in. */
  #isSendingSoon = false;
  #statesOf: () => Iterable<OpenCall> = () => [];
  /** States of open calls changed that are not in the backlog. */
  #isTouched = false;
  /** Up to where all was told when states were asked for last, and up to where it was sent. */
  #askedPlace = 0;
  #sentPlace = 0;
  /** Time has to be told, whether or not there are facts. */
  #isTimeDue = false;
  readonly #flushes = new Waiters();
  readonly #records = new Waiters();
  readonly #health: JournalHealth;
  readonly #commits = new Commits();
  readonly #upkeep: Upkeep | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#health = new JournalHealth(options.file, options.log);
    this.#definition = options.definition;
    this.#callBacks = options.callBacks;
    this.#backlog = new Backlog(options.mostFacts ?? MOST_FACTS);
    this.#thread = new WriterThread({
      setup: () => this.#setup(),
      hear: (news) => this.#hear(news),
      lose: (words) => this.#lose(words),
    });
    this.opened = new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
    });
    const { retention, clock, log } = options;
    const ask = (cuts: Cuts): void => this.#thread.post({ type: 'upkeep', cuts });
    if (retention !== undefined) this.#upkeep = new Upkeep({ retention, clock, log, ask });
    this.#thread.start();
  }

  append(fact: Fact, source: FactSource = 'seen'): void {
    this.#backlog.append(fact, source);
    this.#gather();
  }

  /** Where states come from of calls that changed since the last time: asked for, between two events, when a batch goes. */
  askStates(statesOf: () => Iterable<OpenCall>): void {
    this.#statesOf = statesOf;
  }

  /** A call changed whose state is to be asked for. */
  touch(): void {
    if (this.#isTouched) return;
    this.#isTouched = true;
    this.#gather();
  }

  keepOpen(call: OpenCall): void {
    this.#backlog.keepOpen(call);
    this.#gather();
  }

  seen(pbx: string, atMs: number): void {
    this.#backlog.seen(pbx, atMs);
    this.#gather();
  }

  /** Resolves when it is committed, however long that takes. */
  record(entry: AuditEntry): Promise<void> {
    const place = this.#backlog.record(entry);
    this.#gather();
    return this.#records.until(place);
  }

  /** Another definition is in force from now on: what is told from here on is summed by it. */
  redefine(definition: WatchDefinition, callBacks = this.#callBacks): void {
    this.#definition = definition;
    this.#callBacks = callBacks;
    this.#define();
  }

  /** Lets callers give up who did not call again for 24 h, where no fact tells how late it is: to be called now and then. */
  settle(): void {
    this.#isTimeDue = true;
    this.#gather();
  }

  /** Resolves when it is committed, or with why it may not be closed; rejects where that cannot be written now. */
  closeCallBack(order: CallBackOrder): Promise<CallBackAnswer> {
    return this.#thread.ask((ask) => ({ type: 'close-call-back', ask, order }), this.#health.fault);
  }

  /** What the last run left; before anything is appended. Rejects where it cannot be read. */
  restore(nowMs: number): Promise<Restored> {
    return this.#thread.ask((ask) => ({ type: 'restore', ask, nowMs }), this.#health.fault);
  }

  status(): JournalStatus {
    return {
      ...this.#health.look(),
      pendingFacts: this.#backlog.facts + (this.#load?.facts.length ?? 0),
      droppedFacts: this.#backlog.dropped,
      ...this.#commits.look(),
    };
  }

  flush(): Promise<void> {
    this.#takeStates();
    const isDone = this.#backlog.isEmpty && this.#load === undefined;
    if (isDone || this.#health.state !== 'writing') return Promise.resolve();
    const flushed = this.#flushes.until(this.#backlog.place);
    this.#send();
    return flushed;
  }

  /** Resolves when the writer's thread has taken its turn; at once where there is none, as the status says. */
  answers(): Promise<void> {
    return this.#thread.answers();
  }

  /** Writes what is left and closes the file; after `deadlineMs` what could not be written is given up. */
  async stop(deadlineMs = STOP_MS): Promise<void> {
    if (this.#health.state === 'closed') return;
    let cancel = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      cancel = this.#options.clock.after(deadlineMs, resolve);
    });
    await Promise.race([this.flush().then(() => this.#close()), late]);
    cancel();
    this.#timer?.();
    this.#upkeep?.stop();
    const lost = this.#backlog.facts + (this.#load?.facts.length ?? 0);
    if (lost > 0)
      this.#options.log.error(
        { facts: lost, fault: this.#health.fault },
        'the journal was closed with facts that could not be written',
      );
    this.#health.close();
    await this.#thread.terminate();
  }

  #close(): Promise<void> {
    if (this.#load !== undefined || !this.#thread.isReady) return Promise.resolve();
    const closed = this.#thread.ask<void>((ask) => ({ type: 'close', ask }));
    // A thread that ended has nothing open.
    return closed.catch(() => undefined);
  }

  #setup(): WriterSetup {
    const { file, vault, maxPages, clock } = this.#options;
    return {
      file,
      definition: this.#definition,
      openedAtMs: clock.nowMs(),
      callBacks: this.#callBacks,
      ...(vault && { vault }),
      ...(maxPages !== undefined && { maxPages }),
    };
  }

  #hear(message: WriterNews): void {
    switch (message.type) {
      case 'ready':
        if (message.notice !== '') this.#options.log.warn({}, message.notice);
        if (this.#opening !== undefined) void this.#checkWhole();
        this.#opening?.resolve();
        this.#opening = undefined;
        this.#define();
        if (this.#load !== undefined) this.#resend(this.#load);
        else {
          this.#health.recover(this.#backlog.facts);
          this.#send();
        }
        this.#upkeep?.run();
        break;
      case 'upkept':
        this.#upkeep?.hear(message.upkept);
        break;
      case 'not-upkept':
        this.#upkeep?.fail(message.words);
        break;
      case 'written':
        this.#commit(message);
        break;
      case 'failed':
        this.#fail(message);
        break;
    }
  }

  /** The thread is gone: before the file was ever open that is a refusal, after it another one is started. */
  #lose(words: string): void {
    if (this.#opening !== undefined) {
      this.#health.close();
      this.#opening.reject(new JournalRefused(words));
      this.#opening = undefined;
      return;
    }
    if (this.#health.state === 'closed') return;
    this.#failing(words);
    this.#later(RETRY_MS, () => this.#thread.start());
  }

  /** Hands over at once what is enough for a batch; less than that within the bound. */
  #gather(): void {
    if (this.#health.state === 'closed' || this.#load !== undefined) return;
    if (this.#backlog.facts >= Math.min(BATCH_FACTS, this.#batchFacts)) this.#sendSoon();
    else if (this.#timer === undefined) this.#later(BATCH_MS, () => this.#send());
  }

  #sendSoon(): void {
    if (this.#isSendingSoon) return;
    this.#isSendingSoon = true;
    // What is read from a socket is taken in without a pause: no event is half told then.
    queueMicrotask(() => {
      this.#isSendingSoon = false;
      this.#send();
    });
  }

  #send(): void {
    if (this.#load !== undefined || !this.#thread.isReady) return;
    // Those that were asked for before wait for facts that were told before them: newer ones would wait longer.
    if (this.#askedPlace <= this.#sentPlace) this.#takeStates();
    if (this.#backlog.isEmpty && !this.#isTimeDue) return;
    this.#isTimeDue = false;
    this.#timer?.();
    this.#timer = undefined;
    this.#load = this.#backlog.take(this.#batchFacts);
    this.#sentPlace = this.#load.place;
    this.#resend(this.#load);
  }

  #takeStates(): void {
    if (!this.#isTouched) return;
    this.#isTouched = false;
    for (const call of this.#statesOf()) this.#backlog.keepOpen(call);
    this.#askedPlace = this.#backlog.place;
  }

  #resend(load: Load): void {
    this.#sentAtMs = this.#options.clock.nowMs();
    const batch = { ...batchOf(load), atMs: this.#sentAtMs };
    this.#thread.write(batch);
  }

  #define(): void {
    const atMs = this.#options.clock.nowMs();
    this.#thread.post({ type: 'define', definition: this.#definition, callBacks: this.#callBacks, atMs });
  }

  #commit({ bytes, unsummed }: Written): void {
    const load = this.#load;
    if (load === undefined) return;
    this.#load = undefined;
    this.#batchFacts = MOST_A_BATCH;
    this.#commits.add(load.facts.length, this.#sentAtMs, this.#options.clock.nowMs(), bytes);
    if (unsummed > 0) this.#health.missSums(unsummed);
    this.#health.recover(this.#backlog.facts);
    this.#flushes.reach(load.place);
    this.#records.reach(load.place);
    if (this.#backlog.isEmpty && !this.#isTouched) return;
    if (this.#flushes.size > 0) this.#send();
    else this.#gather();
  }

  #fail({ words, blame }: Extract<FromWriter, { type: 'failed' }>): void {
    const load = this.#load;
    if (load === undefined) return;
    if (blame === 'content') {
      this.#narrow(load, words);
      return;
    }
    this.#failing(words);
    this.#later(RETRY_MS, () => this.#resend(load));
  }

  /** One fact that cannot be written must not keep all others: it is found by halves, and given up. */
  #narrow(load: Load, words: string): void {
    this.#load = undefined;
    if (load.facts.length > 1) {
      this.#batchFacts = Math.ceil(load.facts.length / 2);
      this.#backlog.putBack(load);
    } else {
      const [culprit] = load.facts;
      this.#options.log.error({ type: culprit?.fact.type, fault: words }, 'the journal gave up a fact');
      this.#backlog.giveUp(load);
      this.#batchFacts = MOST_A_BATCH;
      this.#flushes.reach(load.place);
    }
    this.#send();
  }

  async #checkWhole(): Promise<void> {
    const found = await damageOf(this.#options.file);
    if (found !== undefined && this.#health.state !== 'closed') this.#health.findDamage(found);
  }

  /** Nobody waits for what cannot be written now. */
  #failing(words: string): void {
    this.#health.fail(words);
    this.#flushes.reach(Infinity);
  }

  #later(delayMs: number, task: () => void): void {
    this.#timer?.();
    this.#timer = this.#options.clock.after(delayMs, () => {
      this.#timer = undefined;
      task();
    });
  }
}
