import { Worker } from 'node:worker_threads';
import { JournalRefused } from './fault.ts';
import type { Batch, FromWriter, ToWriter, WriterSetup } from './wire.ts';
import { WriterAsks } from './writer-asks.ts';

/** What the writer says by itself, or of a batch; answers go to who asked. */
export type WriterNews = Exclude<FromWriter, { readonly type: 'refused' | 'answer' | 'closed' }>;

/** Who owns the thread. */
export interface WriterOwner {
  /** What each thread is started with. */
  setup(): WriterSetup;
  hear(news: WriterNews): void;
  /** It ended, and why; nothing goes to it until a new one is ready. */
  lose(words: string): void;
}

/** The thread that writes the journal, as the main thread sees it: started as often as it is needed, one at a time. */
export class WriterThread {
  readonly #owner: WriterOwner;
  readonly #asks = new WriterAsks();
  #worker: Worker | undefined;
  #isReady = false;
  #asked = 0;

  constructor(owner: WriterOwner) {
    this.#owner = owner;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  start(): void {
    const workerData = this.#owner.setup();
    const worker = new Worker(new URL('sqlite-writer.ts', import.meta.url), { workerData });
    this.#worker = worker;
    let words = 'its thread ended';
    worker.on('message', (message: FromWriter) => {
      if (message.type === 'refused') words = message.words;
      else if (worker === this.#worker) this.#hear(message);
    });
    worker.on('error', (cause) => {
      words = `its thread failed: ${cause.message}`;
    });
    worker.on('exit', () => {
      if (worker === this.#worker) this.#lose(words);
    });
  }

  /** Said to a thread that is ready, and to no other. */
  post(message: ToWriter): void {
    if (this.#isReady) this.#worker?.postMessage(message);
  }

  /** What becomes of it is news. */
  write(batch: Batch): void {
    this.post({ type: 'write', ask: ++this.#asked, batch });
  }

  /** Rejects with `JournalRefused` where it fails, or the thread ends; with `fault` where none is ready. */
  ask<T>(question: (ask: number) => ToWriter, fault = ''): Promise<T> {
    if (!this.#isReady) return Promise.reject(new JournalRefused(fault || 'the journal is not open'));
    const ask = ++this.#asked;
    return this.#asks.ask(ask, () => this.post(question(ask)));
  }

  /** Resolves when it has answered; at once where none is ready, for another is started then. Never rejects. */
  answers(): Promise<void> {
    return this.ask<void>((ask) => ({ type: 'answer', ask })).catch(() => undefined);
  }

  async terminate(): Promise<void> {
    await this.#worker?.terminate();
  }

  #hear(message: Exclude<FromWriter, { type: 'refused' }>): void {
    if (message.type === 'answer') this.#asks.answer(message.ask, message.answer);
    else if (message.type === 'closed') this.#asks.answer(message.ask, undefined);
    else if (message.type !== 'failed' || !this.#asks.fail(message.ask, message.words)) {
      if (message.type === 'ready') this.#isReady = true;
      this.#owner.hear(message);
    }
  }

  #lose(words: string): void {
    this.#isReady = false;
    this.#worker = undefined;
    this.#asks.failAll(words);
    this.#owner.lose(words);
  }
}
