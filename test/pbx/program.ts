import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, get as getPlain } from 'node:http';
import { get as getOverTls } from 'node:https';
import { join } from 'node:path';
import { until } from './until.ts';

const ENTRY = join(import.meta.dirname, '../../src/ringside.js');

/** The program, as an operator starts it, until it is killed. */
export class Program {
  readonly #process: ChildProcess;
  readonly #ca: string | undefined;
  #out = '';

  /** `ca`: the authority of its certificate, where it answers over TLS. */
  constructor(file: string, ca?: string) {
    this.#ca = ca;
    this.#process = spawn(process.execPath, [ENTRY, '--config', file], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (text: Buffer) => (this.#out += text.toString()));
    }
  }

  get url(): string {
    return /https?:\/\/127\.0\.0\.1:\d+/.exec(this.#out)?.[0] ?? '';
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
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill(signal);
    await gone;
  }

  async #isReady(): Promise<boolean> {
    try {
      const address = `${this.url}/readyz`;
      const asked = this.#ca === undefined ? getPlain(address) : getOverTls(address, { ca: this.#ca });
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      answer.resume();
      return answer.statusCode === 200;
    } catch {
      return false;
    }
  }
}
