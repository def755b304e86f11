import { type ChildProcess, fork } from 'node:child_process';
import { NODE_WORDS } from '../support/node-words.ts';
import type { ReportMaking } from './journal-report.ts';
import { within } from './within.ts';
import type { Looks, Memory, OpenRequest, ReaderRequest, Reading } from './reader-protocol.ts';

/** A reader in a process of its own, so that what it costs is its own. */
export class ReaderProcess {
  readonly #child: ChildProcess;

  /** @param nodeWords words for node itself, such as `--cpu-prof` */
  constructor(nodeWords: readonly string[] = []) {
    this.#child = fork(new URL('./reader.ts', import.meta.url), {
      execArgv: ['--expose-gc', ...NODE_WORDS, ...nodeWords],
      serialization: 'advanced',
    });
  }

  /** The address at which it answers; '' for one that does not. */
  async open(request: OpenRequest): Promise<string> {
    return (await this.#ask(request)) as string;
  }
  /** For as long as the stream is: who pours it knows when it was to be read. */
  async read(beside?: ReportMaking): Promise<Reading> {
    return (await this.#answerTo({ type: 'read', ...(beside && { beside }) })) as Reading;
  }
  async resync(): Promise<number> {
    return (await this.#ask({ type: 'resync' })) as number;
  }
  async memory(): Promise<Memory> {
    return (await this.#ask({ type: 'memory' })) as Memory;
  }
  async look(times: number): Promise<Looks> {
    return (await this.#ask({ type: 'look', times })) as Looks;
  }
  async close(): Promise<void> {
    await this.#ask({ type: 'close' });
  }
  async end(): Promise<void> {
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await exited;
  }

  async #ask(request: ReaderRequest): Promise<unknown> {
    return await within(this.#answerTo(request), `the reader's answer to "${request.type}"`);
  }

  #answerTo(request: ReaderRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => reject(new Error(`the reader ended with ${code}`));
      this.#child.once('exit', onExit);
      this.#child.once('message', ({ told }: { told: unknown }) => {
        this.#child.off('exit', onExit);
        resolve(told);
      });
      this.#child.send(request);
    });
  }
}
