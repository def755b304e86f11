import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../pbx/until.ts';

/** How both of them say where they listen; given port 0 they take a free one, so that two runs never meet. */
const LISTENING = /msg="Listening on".* address=(127\.0\.0\.1:\d+)/;

/** A server of the Prometheus family on a free port of the loopback, until it is stopped or the test is no more. */
export class ServerProcess {
  readonly #process: ChildProcess;
  #said = '';

  private constructor(program: string, args: readonly string[]) {
    const all = ['--pdeathsig', 'KILL', program, ...args, '--web.listen-address=127.0.0.1:0'];
    this.#process = spawn('setpriv', all, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process.stderr?.on('data', (text: Buffer) => (this.#said += text.toString()));
    this.#process.on('error', (error) => (this.#said += error.message));
  }

  /** Resolves when it is ready. Throws with the end of its log where it ends before. */
  static async start(program: string, args: readonly string[]): Promise<ServerProcess> {
    const started = new ServerProcess(program, args);
    await until(() => started.#hasEnded || LISTENING.test(started.#said));
    await until(async () => started.#hasEnded || (await started.#isReady()));
    if (started.#hasEnded) throw new Error(`${program} ended at its start: ${started.said.slice(-2000)}`);
    return started;
  }

  get url(): string {
    return `http://${LISTENING.exec(this.#said)?.[1] ?? ''}`;
  }

  get pid(): number {
    return this.#process.pid ?? NaN;
  }

  /** Its log. */
  get said(): string {
    return this.#said;
  }

  /** Resolves when it is gone. */
  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await gone;
  }

  get #hasEnded(): boolean {
    const { exitCode, signalCode, pid } = this.#process;
    return exitCode !== null || signalCode !== null || pid === undefined;
  }

  async #isReady(): Promise<boolean> {
    try {
      const answer = await fetch(`${this.url}/-/ready`);
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }
}
