import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { until } from './until.ts';

const ENTRY = join(import.meta.dirname, '../../src/ringside.js');

/** The program, as an operator starts it, until it is killed. */
export class Program {
  readonly #process: ChildProcess;
  #out = '';

  constructor(file: string) {
    this.#process = spawn(process.execPath, [ENTRY, '--config', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (text: Buffer) => (this.#out += text.toString()));
    }
  }

  get url(): string {
    return /http:\/\/127\.0\.0\.1:\d+/.exec(this.#out)?.[0] ?? '';
  }

  async ready(): Promise<void> {
    await until(() => this.url !== '' || this.#process.exitCode !== null);
    while (!(await this.#isReady())) {
      if (this.#process.exitCode !== null) {
        throw new Error(`the program ended before it was ready: ${this.#out.slice(-2000)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill(signal);
    await gone;
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/readyz`)).status === 200;
    } catch {
      return false;
    }
  }
}
