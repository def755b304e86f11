import { Worker } from 'node:worker_threads';
import type { AskedOrder, FromAskedThread } from './asked-thread.ts';

/** So many wait for their turn; one more is told to ask again. */
const MOST_WAITING = 20;

/** Makes reports that are asked for, each in a thread of its own, one after the other. */
export class AskedReports {
  #thread: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #isStopped = false;

  /** The text; undefined where there is no such period. Rejects where the journal cannot be read, or too many wait. */
  async make(order: AskedOrder): Promise<string | undefined> {
    if (this.#waiting >= MOST_WAITING) throw new Error('too many reports are asked for at once');
    this.#waiting += 1;
    const turn = this.#last.then(() => this.#inThread(order));
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#thread?.terminate();
  }

  #inThread(order: AskedOrder): Promise<string | undefined> {
    if (this.#isStopped) return Promise.reject(new Error('the daemon stops'));
    return new Promise((resolve, reject) => {
      const thread = new Worker(new URL('asked-thread.ts', import.meta.url), { workerData: order });
      this.#thread = thread;
      let said: FromAskedThread = { words: 'its thread ended' };
      thread.on('message', (message: FromAskedThread) => {
        said = message;
      });
      thread.on('error', (cause) => {
        said = { words: `its thread failed: ${cause.message}` };
      });
      thread.on('exit', () => {
        this.#thread = undefined;
        if ('words' in said) reject(new Error(said.words));
        else resolve(said.text);
      });
    });
  }
}
