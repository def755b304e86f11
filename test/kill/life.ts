import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { FromDaemon, Gone, ToDaemon, ToldCall } from './messages.ts';

/** One run of the daemon, from its start to its end, in a process of its own. */
export class Life {
  readonly #process: ChildProcess;
  readonly #exit: Promise<number | NodeJS.Signals | null>;
  readonly #heard: FromDaemon[] = [];
  #wake = (): void => undefined;
  #isOver = false;
  #url = '';
  openCalls = 0;
  /** Calls told, and committed. */
  readonly told: ToldCall[] = [];
  committed = 0;
  /** The last two instants at which something was committed: what was told before the first of them is. */
  commitsMs: readonly number[] = [];
  /** Since when it watches the exchange. */
  readyAtMs: number | undefined;

  /** `cache`: a folder for compiled code, so that the next life begins sooner. */
  constructor(cache: string) {
    this.#process = fork(join(import.meta.dirname, 'daemon.ts'), {
      execArgv: [],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#process.on('message', (message: FromDaemon) => {
      this.#heard.push(message);
      this.#wake();
    });
    this.#exit = new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        this.#isOver = true;
        this.#wake();
        resolve(signal ?? code);
      });
    });
  }

  get url(): string {
    return this.#url;
  }

  /** Its code is loaded: from here on a start is as fast as it goes. */
  async loaded(): Promise<void> {
    await this.#next('loaded');
  }

  /** Tells it to begin, without waiting for it. */
  begin(configText: string, nowMs: number): void {
    this.#tell({ type: 'start', configText, nowMs });
  }

  async started(): Promise<void> {
    const { url, openCalls } = await this.#next('started');
    this.#url = url;
    this.openCalls = openCalls;
  }

  /** Tells it to go on, without waiting for it. */
  push(nowMs: number, written: Record<string, number>): void {
    this.#tell({ type: 'go', nowMs, written });
  }

  /** Resolves when it has come to `nowMs` and read everything. */
  async go(nowMs: number, written: Record<string, number>): Promise<Gone> {
    this.push(nowMs, written);
    const gone = await this.#next('gone');
    this.told.push(...gone.told);
    this.committed = gone.committed;
    const { commitAtMs } = gone;
    if (commitAtMs !== undefined && commitAtMs !== this.commitsMs.at(-1))
      this.commitsMs = [...this.commitsMs.slice(-1), commitAtMs];
    if (gone.link === 'ready') this.readyAtMs ??= nowMs;
    return gone;
  }

  /** Ends it at once, wherever it is. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    const how = await this.#exit;
    if (how !== 'SIGKILL') throw new Error(`it ended before it was killed: ${String(how)}`);
  }

  /** Asks it to end. */
  async stop(): Promise<void> {
    this.#process.kill('SIGTERM');
    const how = await this.#exit;
    if (how !== 0) throw new Error(`it did not stop as it should: ${String(how)}`);
  }

  #tell(message: ToDaemon): void {
    this.#process.send(message);
  }

  async #next<T extends FromDaemon['type']>(type: T): Promise<FromDaemon & { type: T }> {
    while (this.#heard.length === 0) {
      if (this.#isOver) throw new Error('the daemon ended by itself');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const message = this.#heard.shift();
    if (message?.type === type) return message as FromDaemon & { type: T };
    throw new Error(`heard ${JSON.stringify(message)} instead of ${type}`);
  }
}
