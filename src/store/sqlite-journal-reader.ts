import { Worker } from 'node:worker_threads';
import type { CallBackSummary } from '../attempts/call-back-summary.ts';
import type { Chain } from '../attempts/chain.ts';
import type { BlindTime, CallId, SeatInterval } from '../calls/facts.ts';
import type {
  AttemptsAsk,
  AttemptStanding,
  CallBackFilter,
  CallBackPage,
  CallBackReads,
  HotlineAttempts,
} from './call-back-reads.ts';
import type { LostFacts } from './lost-facts.ts';
import type {
  Audit,
  AuditEntry,
  CallFilter,
  CallPage,
  DefinitionInForce,
  JournalReader,
  StoredCall,
} from './ports.ts';
import type {
  Backfill,
  BreachedCall,
  HotlineLostCallers,
  ReportReads,
  SumsAsk,
  UsualDay,
  UsualDaysAsk,
} from './report-reads.ts';
import type { FromReader, ReaderSetup, ReadKind, Reads, ToReader } from './read-wire.ts';
import type { SumRow } from './sums.ts';

interface Waiting {
  readonly resolve: (answer: Reads[ReadKind]['answer']) => void;
  readonly reject: (cause: Error) => void;
}

/** Asks the thread that reads. A thread that ends takes its answers with it; the next question starts another. */
export class SqliteJournalReader
  implements JournalReader, ReportReads, CallBackReads, Pick<Audit, 'entries'>
{
  readonly #setup: ReaderSetup;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #number = 0;

  /** `vault`: as the writer's, for masks; without it numbers are shown as none. */
  constructor(file: string, vault?: ReaderSetup['vault']) {
    this.#setup = { file, ...(vault && { vault }) };
  }

  calls(filter: CallFilter): Promise<CallPage> {
    return this.#ask('calls', filter);
  }

  call(pbx: string, uniqueid: string): Promise<StoredCall | undefined> {
    return this.#ask('call', { pbx, uniqueid });
  }

  /** In clear: whoever asks for it writes down who looked. */
  numberOfCall({ pbx, uniqueid }: CallId): Promise<string | undefined> {
    return this.#ask('numberOfCall', { pbx, uniqueid });
  }

  /** Which attempt of its caller the call was is read out of these. */
  chainsOfCall(call: CallId, nowMs: number): Promise<readonly Chain[]> {
    return this.#ask('chainsOfCall', { ...call, nowMs });
  }

  sums(ask: SumsAsk): Promise<readonly SumRow[]> {
    return this.#ask('sums', ask);
  }

  definitions(): Promise<readonly DefinitionInForce[]> {
    return this.#ask('definitions', undefined);
  }

  /** Blind times that ended in (fromMs, untilMs], in their order. */
  blindTimes(fromMs: number, untilMs: number): Promise<readonly BlindTime[]> {
    return this.#ask('blindTimes', { fromMs, untilMs });
  }

  blindTimesIn(fromMs: number, untilMs: number): Promise<readonly BlindTime[]> {
    return this.#ask('blindTimesIn', { fromMs, untilMs });
  }

  breachedCalls(fromMs: number, untilMs: number): Promise<readonly BreachedCall[]> {
    return this.#ask('breachedCalls', { fromMs, untilMs });
  }

  backfills(fromMs: number, untilMs: number): Promise<readonly Backfill[]> {
    return this.#ask('backfills', { fromMs, untilMs });
  }

  lostCallers(fromMs: number, untilMs: number): Promise<readonly HotlineLostCallers[]> {
    return this.#ask('lostCallers', { fromMs, untilMs });
  }

  lostFacts(fromMs: number, untilMs: number): Promise<readonly LostFacts[]> {
    return this.#ask('lostFacts', { fromMs, untilMs });
  }

  openCallBacks(): Promise<readonly CallBackSummary[]> {
    return this.#ask('openCallBacks', undefined);
  }

  callBacks(filter: CallBackFilter, nowMs: number): Promise<CallBackPage> {
    return this.#ask('callBacks', { filter, nowMs });
  }

  attempts(ask: AttemptsAsk): Promise<readonly HotlineAttempts[]> {
    return this.#ask('attempts', ask);
  }

  standing(nowMs: number): Promise<AttemptStanding> {
    return this.#ask('standing', { nowMs });
  }

  seatIntervals(fromMs: number, untilMs: number): Promise<readonly SeatInterval[]> {
    return this.#ask('seatIntervals', { fromMs, untilMs });
  }

  usualDays(ask: UsualDaysAsk): Promise<readonly UsualDay[]> {
    return this.#ask('usualDays', ask);
  }

  seenUntil(): Promise<ReadonlyMap<string, number>> {
    return this.#ask('seenUntil', undefined);
  }

  knownSinceMs(): Promise<number | undefined> {
    return this.#ask('knownSinceMs', undefined);
  }

  /** What was done in [fromMs, untilMs), in its order. */
  entries(fromMs: number, untilMs: number): Promise<readonly AuditEntry[]> {
    return this.#ask('audit', { fromMs, untilMs });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #ask<Kind extends ReadKind>(kind: Kind, ask: Reads[Kind]['ask']): Promise<Reads[Kind]['answer']> {
    const worker = (this.#worker ??= this.#start());
    const number = ++this.#number;
    return new Promise((resolve, reject) => {
      // Questions and answers meet by their number: each answer is of its question's kind.
      this.#waiting.set(number, { resolve: resolve as Waiting['resolve'], reject });
      // Who waits for an answer must not end before it comes.
      worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage({ number, kind, ask } as ToReader);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('sqlite-reader.ts', import.meta.url), {
      workerData: this.#setup,
    });
    let words = 'the journal is closed';
    worker.on('message', (message: FromReader) => {
      const waiting = this.#waiting.get(message.number);
      this.#waiting.delete(message.number);
      if (this.#waiting.size === 0) worker.unref();
      if ('words' in message) waiting?.reject(new Error(`the journal cannot be read: ${message.words}`));
      else waiting?.resolve(message.answer);
    });
    worker.on('error', (cause) => {
      words = `the journal cannot be read: its thread failed: ${cause.message}`;
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const { reject } of this.#waiting.values()) reject(new Error(words));
      this.#waiting.clear();
    });
    return worker;
  }
}
