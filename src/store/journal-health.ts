import type { Logger } from '../lib/log.ts';
import type { JournalStatus } from './ports.ts';

/** Whether the journal can be written and read, and what the log says of it: once each time that it changes. */
export class JournalHealth {
  readonly #file: string;
  readonly #log: Logger;
  #state: JournalStatus['state'] = 'writing';
  #fault = '';
  /** What a look over all of the file found, while it was written on. */
  #damage = '';
  #saidUnsummed = false;

  constructor(file: string, log: Logger) {
    this.#file = file;
    this.#log = log;
  }

  /** Of the writing alone: a damaged file is written on. */
  get state(): JournalStatus['state'] {
    return this.#state;
  }

  /** Why the last write failed; '' where it did not. */
  get fault(): string {
    return this.#fault;
  }

  look(): Pick<JournalStatus, 'state' | 'fault'> {
    return {
      state: this.#state === 'writing' && this.#damage !== '' ? 'failing' : this.#state,
      fault: this.#fault || this.#damage,
    };
  }

  fail(words: string): void {
    if (this.#state === 'writing') {
      this.#log.error(
        { fault: words, file: this.#file },
        'the journal cannot be written; facts are kept in memory',
      );
    }
    this.#state = 'failing';
    this.#fault = words;
  }

  /** `waiting`: facts that are still in memory. */
  recover(waiting: number): void {
    if (this.#state !== 'failing') return;
    this.#state = 'writing';
    this.#fault = '';
    this.#log.info({ waiting }, 'the journal is written again');
  }

  /** For good. */
  close(): void {
    this.#state = 'closed';
  }

  findDamage(found: string): void {
    this.#damage = `the file is damaged (${found})`;
    this.#log.error({ fault: found, file: this.#file }, 'the journal is damaged: restore a backup');
  }

  /** So many facts of a batch are in no sum. */
  missSums(facts: number): void {
    if (this.#saidUnsummed) return;
    this.#saidUnsummed = true;
    this.#log.error({ facts }, 'facts are kept that no sum holds: make the sums anew');
  }
}
